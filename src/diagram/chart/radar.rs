//! A star of axes: where everything stands, in pixels.

use std::f64::consts::TAU;

use crate::diagram::text;
use crate::view::{Card, DiagramLine, RadarAxis, RadarMark, RadarPoint, RadarShape, RadarView};

/// The width of the picture; its sides are for titles.
const WIDTH: i32 = 560;

/// The length of an axis.
const RADIUS: i32 = 150;

/// From the end of an axis to its title.
const GAP: i32 = 12;

/// The size of titles, and from one line to the next.
const TYPE: (i32, i32) = (14, 17);

/// The lines of a title, at most.
const MOST_LINES: usize = 3;

/// How wide a title above or below the picture may be.
const ROOM: i32 = 200;

/// What is to be drawn: for each axis its title and the length of its scale.
#[derive(Debug, Clone, Default)]
pub(crate) struct Radar {
    /// The axes.
    pub(crate) axes: Vec<(String, usize)>,
    /// Levels with a step for each axis; 0 for none. What lies below comes first.
    pub(crate) shapes: Vec<(Card, Vec<usize>)>,
    /// Whether left and right are exchanged.
    pub(crate) mirrored: bool,
}

impl Radar {
    /// Draws it; nothing where the axes would enclose no area.
    pub(crate) fn draw(self) -> Option<RadarView> {
        if self.axes.len() < 3 {
            return None;
        }
        let mut axes: Vec<RadarAxis> = (0..self.axes.len()).map(|at| self.axis(at)).collect();
        // All of it was placed round a point of height 0.
        let heights = || axes.iter().flat_map(|axis| axis.lines.iter().map(|line| line.y).chain([axis.end.y]));
        let top = heights().min().unwrap_or(0) - TYPE.1;
        let bottom = heights().max().unwrap_or(0) + TYPE.1 / 2;
        for axis in &mut axes {
            axis.lines.iter_mut().for_each(|line| line.y -= top);
            let ticks = axis.ticks.iter_mut();
            ticks.chain([&mut axis.end, &mut axis.number]).for_each(|point| point.y -= top);
        }
        let center = RadarPoint { x: WIDTH / 2, y: -top };
        let steps = self.axes[0].1;
        let is_even = self.axes.iter().all(|(_, other)| *other == steps);
        let shares = if is_even { (1..=steps).map(|step| share(step, steps)).collect() } else { vec![1.0] };
        let ring = |share: &f64| points((0..axes.len()).map(|at| self.place(at, *share, center)));
        let rings = shares.iter().map(ring).collect();
        let shapes = self.shapes.iter().map(|(level, steps)| self.shape(level, steps, center)).collect();
        Some(RadarView { width: WIDTH, height: bottom - top, center, axes, rings, shapes })
    }

    /// A place on an axis, by its share of the axis' length.
    #[allow(clippy::cast_possible_truncation, reason = "a picture is a few hundred pixels wide")]
    #[allow(clippy::cast_precision_loss, reason = "there are few axes")]
    fn place(&self, at: usize, share: f64, center: RadarPoint) -> RadarPoint {
        let angle = TAU * at as f64 / self.axes.len() as f64;
        let length = f64::from(RADIUS) * share;
        let across = (angle.sin() * length).round() as i32;
        let up = (angle.cos() * length).round() as i32;
        RadarPoint { x: center.x + if self.mirrored { -across } else { across }, y: center.y - up }
    }

    /// An axis, round a point of height 0.
    fn axis(&self, at: usize) -> RadarAxis {
        let center = RadarPoint { x: WIDTH / 2, y: 0 };
        let (title, steps) = &self.axes[at];
        let beyond = |gap: i32| self.place(at, f64::from(RADIUS + gap) / f64::from(RADIUS), center);
        let label = beyond(GAP);
        let side = label.x - center.x;
        let is_beside = side.abs() > RADIUS / 4;
        let room = match side {
            _ if !is_beside => ROOM,
            1.. => WIDTH - label.x,
            _ => label.x,
        };
        let room = usize::try_from(room * 100 / TYPE.0).unwrap_or(0);
        let lines = text::wrap(title, 0, room, MOST_LINES).lines;
        let count = i32::try_from(lines.len()).unwrap_or(0);
        let first = match label.y {
            _ if is_beside => label.y - (count - 1) * TYPE.1 / 2 + TYPE.0 / 3,
            ..0 => label.y - (count - 1) * TYPE.1,
            _ => label.y + TYPE.0 * 3 / 4,
        };
        let line = |(text, nth): (String, i32)| DiagramLine { text, x: label.x, y: first + nth * TYPE.1 };
        RadarAxis {
            title: title.clone(),
            end: self.place(at, 1.0, center),
            lines: lines.into_iter().zip(0..).map(line).collect(),
            anchor: match (is_beside, (side > 0) == self.mirrored) {
                (false, _) => "middle",
                (true, false) => "start",
                (true, true) => "end",
            },
            number: beyond(GAP),
            ticks: (1..=*steps).map(|step| self.place(at, share(step, *steps), center)).collect(),
        }
    }

    fn shape(&self, level: &Card, steps: &[usize], center: RadarPoint) -> RadarShape {
        let place = |(at, step): (usize, &usize)| self.place(at, share(*step, self.axes[at].1), center);
        let marked = steps.iter().enumerate().filter(|(_, step)| **step > 0);
        RadarShape {
            level: level.clone(),
            points: points(steps.iter().enumerate().map(place)),
            marks: marked.map(|(at, step)| RadarMark { at: place((at, step)), number: *step }).collect(),
        }
    }
}

/// A step's share of its scale.
#[allow(clippy::cast_precision_loss, reason = "scales have few steps")]
fn share(step: usize, of: usize) -> f64 {
    step as f64 / of.max(1) as f64
}

/// Routes as SVG has them.
fn points(places: impl Iterator<Item = RadarPoint>) -> String {
    places.map(|point| format!("{},{}", point.x, point.y)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn radar(titles: &[&str], scales: &[usize], steps: &[usize]) -> Radar {
        let axes = titles.iter().zip(scales).map(|(title, of)| ((*title).to_owned(), *of)).collect();
        Radar { axes, shapes: vec![(Card::default(), steps.to_vec())], mirrored: false }
    }

    #[test]
    fn two_axes_enclose_nothing() {
        assert!(radar(&["A", "B"], &[4, 4], &[1, 2]).draw().is_none());
    }

    #[test]
    fn every_axis_has_its_own_scale() {
        let drawn = radar(&["A", "B", "C", "D"], &[4, 2, 5, 3], &[2, 1, 5, 0]).draw().expect("four axes");
        let RadarPoint { x, y } = drawn.center;
        let at = |point: RadarPoint| (point.x - x, point.y - y);
        let marks: Vec<_> = drawn.shapes[0].marks.iter().map(|mark| at(mark.at)).collect();
        assert_eq!(marks, [(0, -75), (75, 0), (0, 150)], "half, half, whole, and none for what is not needed");
        assert_eq!(drawn.shapes[0].points.split(' ').count(), 4, "what is not needed is drawn at the centre");
        assert_eq!(drawn.rings.len(), 1, "no ring stands for the same step on all axes");
        assert_eq!(drawn.axes.iter().map(|axis| axis.ticks.len()).collect::<Vec<_>>(), [4, 2, 5, 3]);
        assert_eq!(radar(&["A", "B", "C"], &[4, 4, 4], &[1, 2, 3]).draw().expect("three axes").rings.len(), 4);
    }

    #[test]
    fn titles_stay_inside_and_left_is_right_where_the_language_runs_so() {
        let long = "A competency with a title that nobody could put on one line";
        let titles = ["Top", long, "Communication", long, "B", "Problem solving", long, "C"];
        let mut radar = radar(&titles, &[4; 8], &[1; 8]);
        for mirrored in [false, true] {
            radar.mirrored = mirrored;
            let drawn = radar.clone().draw().expect("eight axes");
            for axis in &drawn.axes {
                for line in &axis.lines {
                    let width = i32::try_from(text::width(&line.text)).expect("a width") * TYPE.0 / 100;
                    let leftward = (axis.anchor == "end") != mirrored;
                    let (left, right) = match axis.anchor {
                        "middle" => (line.x - width / 2, line.x + width / 2),
                        _ if leftward => (line.x - width, line.x),
                        _ => (line.x, line.x + width),
                    };
                    assert!(left >= 0 && right <= drawn.width, "{line:?}");
                    assert!(line.y >= TYPE.0 && line.y < drawn.height, "{line:?} of {}", drawn.height);
                }
            }
            let second = drawn.axes[2].end.x - drawn.center.x;
            assert_eq!(second, if mirrored { -RADIUS } else { RADIUS });
        }
    }
}
