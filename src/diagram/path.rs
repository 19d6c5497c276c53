//! Lines as SVG paths.

/// The radius of a line's bends.
const RADIUS: i32 = 7;

/// The length of an arrow's head, and half its width.
const HEAD: (i32, i32) = (8, 4);

/// The path of a line, with round bends. Where an arrow's head follows, it ends a little earlier.
pub(crate) fn path(points: &[(i32, i32)], headed: bool) -> String {
    let [first, rest @ ..] = points else { return String::new() };
    let mut path = format!("M{} {}", first.0, first.1);
    let mut last = *first;
    for (at, point) in rest.iter().enumerate() {
        if let Some(next) = rest.get(at + 1) {
            let radius = RADIUS.min(length(last, *point) / 2).min(length(*point, *next) / 2);
            let (start, end) = (toward(*point, last, radius), toward(*point, *next, radius));
            path.push_str(&format!("L{} {}Q{} {} {} {}", start.0, start.1, point.0, point.1, end.0, end.1));
        } else {
            let end = if headed { toward(*point, last, HEAD.0 - 2) } else { *point };
            path.push_str(&format!("L{} {}", end.0, end.1));
        }
        last = *point;
    }
    path
}

/// The head of an arrow at the end of a line.
pub(crate) fn head(points: &[(i32, i32)]) -> String {
    let [.., before, tip] = points else { return String::new() };
    let base = toward(*tip, *before, HEAD.0);
    let (a, b) = if before.0 == tip.0 {
        ((base.0 - HEAD.1, base.1), (base.0 + HEAD.1, base.1))
    } else {
        ((base.0, base.1 - HEAD.1), (base.0, base.1 + HEAD.1))
    };
    format!("M{} {}L{} {}L{} {}Z", tip.0, tip.1, a.0, a.1, b.0, b.1)
}

fn length(a: (i32, i32), b: (i32, i32)) -> i32 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

/// The point at a distance from one corner on the way to the next.
fn toward(from: (i32, i32), to: (i32, i32), distance: i32) -> (i32, i32) {
    (from.0 + (to.0 - from.0).signum() * distance, from.1 + (to.1 - from.1).signum() * distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bends_are_round_and_heads_point_on() {
        let points = [(0, 0), (20, 0), (20, 40)];
        assert_eq!(path(&points, false), "M0 0L13 0Q20 0 20 7L20 40");
        assert_eq!(path(&points, true), "M0 0L13 0Q20 0 20 7L20 34");
        assert_eq!(head(&points), "M20 40L16 32L24 32Z");
        assert_eq!((path(&[], true), head(&[])), (String::new(), String::new()));
    }
}
