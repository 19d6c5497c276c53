//! Polylines and arrowheads as SVG paths.

/// The radius of rounded bends, in pixels.
const BEND_RADIUS: i32 = 7;

/// The length of an arrowhead, in pixels.
const ARROWHEAD_LENGTH: i32 = 8;

/// Half the width of an arrowhead, in pixels.
const ARROWHEAD_HALF_WIDTH: i32 = 4;

/// The length by which a line reaches under its arrowhead, in pixels, so that there is no gap between them.
const ARROWHEAD_OVERLAP: i32 = 2;

/// The path of a polyline with rounded bends. A line with an arrowhead ends at the arrowhead's base.
pub(crate) fn line(points: &[(i32, i32)], has_arrowhead: bool) -> String {
    let [first, rest @ ..] = points else { return String::new() };
    let mut path = format!("M{} {}", first.0, first.1);
    let mut last = *first;
    for (index, point) in rest.iter().enumerate() {
        if let Some(next) = rest.get(index + 1) {
            let radius = BEND_RADIUS.min(distance(last, *point) / 2).min(distance(*point, *next) / 2);
            let (start, end) = (toward(*point, last, radius), toward(*point, *next, radius));
            path.push_str(&format!("L{} {}Q{} {} {} {}", start.0, start.1, point.0, point.1, end.0, end.1));
        } else {
            let shortened = toward(*point, last, ARROWHEAD_LENGTH - ARROWHEAD_OVERLAP);
            let end = if has_arrowhead { shortened } else { *point };
            path.push_str(&format!("L{} {}", end.0, end.1));
        }
        last = *point;
    }
    path
}

/// The path of an arrowhead at the end of a polyline.
pub(crate) fn arrowhead(points: &[(i32, i32)]) -> String {
    let [.., before, tip] = points else { return String::new() };
    let base = toward(*tip, *before, ARROWHEAD_LENGTH);
    let (a, b) = if before.0 == tip.0 {
        ((base.0 - ARROWHEAD_HALF_WIDTH, base.1), (base.0 + ARROWHEAD_HALF_WIDTH, base.1))
    } else {
        ((base.0, base.1 - ARROWHEAD_HALF_WIDTH), (base.0, base.1 + ARROWHEAD_HALF_WIDTH))
    };
    format!("M{} {}L{} {}L{} {}Z", tip.0, tip.1, a.0, a.1, b.0, b.1)
}

/// The distance between two points on a horizontal or vertical line.
fn distance(a: (i32, i32), b: (i32, i32)) -> i32 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

/// The point at a distance from one point in the direction of another.
fn toward(from: (i32, i32), to: (i32, i32), distance: i32) -> (i32, i32) {
    (from.0 + (to.0 - from.0).signum() * distance, from.1 + (to.1 - from.1).signum() * distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bends_are_rounded_and_arrowheads_point_forwards() {
        let points = [(0, 0), (20, 0), (20, 40)];
        assert_eq!(line(&points, false), "M0 0L13 0Q20 0 20 7L20 40");
        assert_eq!(line(&points, true), "M0 0L13 0Q20 0 20 7L20 34");
        assert_eq!(arrowhead(&points), "M20 40L16 32L24 32Z");
        assert_eq!((line(&[], true), arrowhead(&[])), (String::new(), String::new()));
    }
}
