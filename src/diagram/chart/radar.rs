//! The layout of radar charts: one axis for each competency, and one polygon for each level, in pixels.

use std::f64::consts::TAU;

use crate::diagram::text;
use crate::view::{Card, DiagramLine, RadarAxis, RadarMark, RadarPoint, RadarShape, RadarView};

/// The width of a chart, with room for titles on both sides, in pixels.
const WIDTH: i32 = 560;

/// The length of an axis, in pixels.
const RADIUS: i32 = 150;

/// The distance from the end of an axis to its title, in pixels.
const TITLE_DISTANCE: i32 = 12;

/// The font size of titles, in pixels.
const FONT_SIZE: i32 = 14;

/// The distance between two baselines of a title, in pixels.
const LINE_HEIGHT: i32 = 17;

/// The most lines of a title; more are replaced by an ellipsis.
const MAX_TITLE_LINES: usize = 3;

/// The most width of a title above or below the axes, in pixels.
const MAX_CENTERED_TITLE_WIDTH: i32 = 200;

/// The data of a radar chart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Radar {
    /// For each axis its title and the number of steps on its scale.
    pub(crate) axes: Vec<(String, usize)>,
    /// Levels, each with its step on each axis, or 0. Later ones are drawn above earlier ones.
    pub(crate) shapes: Vec<(Card, Vec<usize>)>,
    /// Whether axes go counterclockwise, for languages that are written from right to left.
    pub(crate) right_to_left: bool,
}

impl Radar {
    /// Draws the chart; `None` if it has fewer than three axes, because no area would be between them.
    pub(crate) fn draw(self) -> Option<RadarView> {
        if self.axes.len() < 3 {
            return None;
        }
        let mut axes: Vec<RadarAxis> = (0..self.axes.len()).map(|index| self.axis(index)).collect();
        // So far the centre has height 0.
        let heights = || axes.iter().flat_map(|axis| axis.lines.iter().map(|line| line.y).chain([axis.end.y]));
        let top = heights().min().unwrap_or(0) - LINE_HEIGHT;
        let bottom = heights().max().unwrap_or(0) + LINE_HEIGHT / 2;
        for axis in &mut axes {
            axis.lines.iter_mut().for_each(|line| line.y -= top);
            let ticks = axis.ticks.iter_mut();
            ticks.chain([&mut axis.end, &mut axis.number]).for_each(|point| point.y -= top);
        }
        let center = RadarPoint { x: WIDTH / 2, y: -top };
        let steps = self.axes[0].1;
        // Between axes of different scales, only the outermost ring connects equal shares that are steps of all.
        let is_even = self.axes.iter().all(|(_, other)| *other == steps);
        let ring_shares = if is_even { (1..=steps).map(|step| share(step, steps)).collect() } else { vec![1.0] };
        let ring = |share: &f64| points((0..axes.len()).map(|index| self.point(index, *share, center)));
        let rings = ring_shares.iter().map(ring).collect();
        let shapes = self.shapes.iter().map(|(level, steps)| self.shape(level, steps, center)).collect();
        Some(RadarView { width: WIDTH, height: bottom - top, center, axes, rings, shapes })
    }

    /// A point on an axis, by its share of the axis' length.
    #[allow(clippy::cast_possible_truncation, reason = "a chart is a few hundred pixels wide")]
    #[allow(clippy::cast_precision_loss, reason = "there are few axes")]
    fn point(&self, axis: usize, share: f64, center: RadarPoint) -> RadarPoint {
        let angle = TAU * axis as f64 / self.axes.len() as f64;
        let distance = f64::from(RADIUS) * share;
        let x = (angle.sin() * distance).round() as i32;
        let y = (angle.cos() * distance).round() as i32;
        RadarPoint { x: center.x + if self.right_to_left { -x } else { x }, y: center.y - y }
    }

    /// An axis around a centre of height 0.
    fn axis(&self, index: usize) -> RadarAxis {
        let center = RadarPoint { x: WIDTH / 2, y: 0 };
        let (title, steps) = &self.axes[index];
        let title_point = self.point(index, f64::from(RADIUS + TITLE_DISTANCE) / f64::from(RADIUS), center);
        let side = title_point.x - center.x;
        let is_beside = side.abs() > RADIUS / 4;
        let room = match side {
            _ if !is_beside => MAX_CENTERED_TITLE_WIDTH,
            1.. => WIDTH - title_point.x,
            _ => title_point.x,
        };
        let room = usize::try_from(room * 100 / FONT_SIZE).unwrap_or(0);
        let lines = text::wrap(title, 0, room, MAX_TITLE_LINES).lines;
        let count = i32::try_from(lines.len()).unwrap_or(0);
        let first = match title_point.y {
            _ if is_beside => title_point.y - (count - 1) * LINE_HEIGHT / 2 + FONT_SIZE / 3,
            ..0 => title_point.y - (count - 1) * LINE_HEIGHT,
            _ => title_point.y + FONT_SIZE * 3 / 4,
        };
        let line = |(text, nth): (String, i32)| DiagramLine { text, x: title_point.x, y: first + nth * LINE_HEIGHT };
        RadarAxis {
            title: title.clone(),
            end: self.point(index, 1.0, center),
            lines: lines.into_iter().zip(0..).map(line).collect(),
            anchor: match (is_beside, (side > 0) == self.right_to_left) {
                (false, _) => "middle",
                (true, false) => "start",
                (true, true) => "end",
            },
            number: title_point,
            ticks: (1..=*steps).map(|step| self.point(index, share(step, *steps), center)).collect(),
        }
    }

    fn shape(&self, level: &Card, steps: &[usize], center: RadarPoint) -> RadarShape {
        let point = |(axis, step): (usize, &usize)| self.point(axis, share(*step, self.axes[axis].1), center);
        let needed = steps.iter().enumerate().filter(|(_, step)| **step > 0);
        RadarShape {
            level: level.clone(),
            points: points(steps.iter().enumerate().map(point)),
            marks: needed.map(|(axis, step)| RadarMark { at: point((axis, step)), number: *step }).collect(),
        }
    }
}

/// The share of a scale that a step is.
#[allow(clippy::cast_precision_loss, reason = "scales have few steps")]
fn share(step: usize, of: usize) -> f64 {
    step as f64 / of.max(1) as f64
}

/// Points as the `points` attribute of an SVG polygon.
fn points(points: impl Iterator<Item = RadarPoint>) -> String {
    points.map(|point| format!("{},{}", point.x, point.y)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn radar(titles: &[&str], scales: &[usize], steps: &[usize]) -> Radar {
        let axes = titles.iter().zip(scales).map(|(title, of)| ((*title).to_owned(), *of)).collect();
        Radar { axes, shapes: vec![(Card::default(), steps.to_vec())], right_to_left: false }
    }

    #[test]
    fn two_axes_are_no_chart() {
        assert!(radar(&["A", "B"], &[4, 4], &[1, 2]).draw().is_none());
    }

    #[test]
    fn every_axis_has_its_own_scale() {
        let drawn = radar(&["A", "B", "C", "D"], &[4, 2, 5, 3], &[2, 1, 5, 0]).draw().expect("four axes");
        let RadarPoint { x, y } = drawn.center;
        let at = |point: RadarPoint| (point.x - x, point.y - y);
        let marks: Vec<_> = drawn.shapes[0].marks.iter().map(|mark| at(mark.at)).collect();
        assert_eq!(marks, [(0, -75), (75, 0), (0, 150)], "half, half, whole, and none for the last");
        assert_eq!(drawn.shapes[0].points.split(' ').count(), 4, "a step that isn't needed is drawn at the centre");
        assert_eq!(drawn.rings.len(), 1, "no inner ring is the same step on all axes");
        assert_eq!(drawn.axes.iter().map(|axis| axis.ticks.len()).collect::<Vec<_>>(), [4, 2, 5, 3]);
        assert_eq!(radar(&["A", "B", "C"], &[4, 4, 4], &[1, 2, 3]).draw().expect("three axes").rings.len(), 4);
    }

    #[test]
    fn titles_are_inside_the_chart_in_both_writing_directions() {
        let long = "A competency with a title that nobody could put on one line";
        let titles = ["Top", long, "Communication", long, "B", "Problem solving", long, "C"];
        let mut radar = radar(&titles, &[4; 8], &[1; 8]);
        for right_to_left in [false, true] {
            radar.right_to_left = right_to_left;
            let drawn = radar.clone().draw().expect("eight axes");
            for axis in &drawn.axes {
                for line in &axis.lines {
                    let width = i32::try_from(text::width(&line.text)).expect("a width") * FONT_SIZE / 100;
                    let leftward = (axis.anchor == "end") != right_to_left;
                    let (left, right) = match axis.anchor {
                        "middle" => (line.x - width / 2, line.x + width / 2),
                        _ if leftward => (line.x - width, line.x),
                        _ => (line.x, line.x + width),
                    };
                    assert!(left >= 0 && right <= drawn.width, "{line:?}");
                    assert!(line.y >= FONT_SIZE && line.y < drawn.height, "{line:?} of {}", drawn.height);
                }
            }
            let second = drawn.axes[2].end.x - drawn.center.x;
            assert_eq!(second, if right_to_left { -RADIUS } else { RADIUS });
        }
    }
}
