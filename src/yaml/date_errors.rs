//! Explanations of invalid dates.

use jiff::civil::Date;

/// The message and help for a text that isn't a date.
pub(super) fn explain(name: &str, text: &str) -> (String, String) {
    let form = "write it as year-month-day: `2026-11-22`".to_owned();
    let unknown = format!("`{name}` must be a date, not `{text}`");
    let parts: Vec<&str> = text.trim().split(['-', '.', '/']).collect();
    let numbers: Option<Vec<i16>> = parts.iter().map(|part| part.parse().ok()).collect();
    let Some([first, second, third]) = numbers.as_deref().and_then(|numbers| <[i16; 3]>::try_from(numbers).ok()) else {
        return (unknown, form);
    };
    if parts[0].len() == 4 {
        return match day(first, second, third) {
            Some(date) => (unknown, format!("write `{date}`, with two digits for the month and the day")),
            None => (format!("there's no such date as `{text}`"), invalid_day_help(first, second, third)),
        };
    }
    if parts[2].len() != 4 {
        return (unknown, form);
    }
    // The order of day and month depends on the author's country; often only one of the two is a valid date.
    match (day(third, second, first), day(third, first, second)) {
        (Some(day_first), Some(month_first)) if day_first != month_first => {
            (unknown, format!("write it as year-month-day: `{day_first}` or `{month_first}`"))
        }
        (Some(date), _) | (None, Some(date)) => (unknown, format!("write it as year-month-day: `{date}`")),
        (None, None) => (format!("there's no such date as `{text}`"), form),
    }
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Explains why a date doesn't exist.
fn invalid_day_help(year: i16, month: i16, day_of_month: i16) -> String {
    match day(year, month, 1) {
        Some(first) if day_of_month > 0 => format!("this month has {} days", first.days_in_month()),
        Some(_) => "days start at 1".to_owned(),
        None => "months go from 1 to 12".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn other_date_formats_are_converted() {
        let help = |text| explain("reviewed", text).1;
        assert_eq!(help("2026-11-2"), "write `2026-11-02`, with two digits for the month and the day");
        assert_eq!(help("22.11.2026"), "write it as year-month-day: `2026-11-22`");
        assert_eq!(help("11/22/2026"), "write it as year-month-day: `2026-11-22`");
        assert_eq!(help("3/4/2026"), "write it as year-month-day: `2026-04-03` or `2026-03-04`");
        assert_eq!(help("22 November 2026"), "write it as year-month-day: `2026-11-22`");
    }

    #[test]
    fn dates_that_do_not_exist_are_explained() {
        assert_eq!(
            explain("reviewed", "2026-02-30"),
            ("there's no such date as `2026-02-30`".into(), "this month has 28 days".into())
        );
        assert_eq!(explain("reviewed", "2026-13-01").1, "months go from 1 to 12");
        assert_eq!(explain("reviewed", "2026-99999-01").1, "write it as year-month-day: `2026-11-22`");
    }
}
