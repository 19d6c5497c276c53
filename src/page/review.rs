//! Due dates of reviews.

use jiff::ToSpan;
use jiff::civil::Date;

use super::model::Page;
use super::pages::Pages;
use crate::diagnostic::{Diagnostic, Spanned, catalog};
use crate::yaml::Fields;

/// Reports pages whose review is overdue, and pages with a date of review or change in the future.
#[must_use]
pub fn reviews(pages: &Pages, today: Date) -> Vec<Diagnostic> {
    let reviews = pages.shown().filter_map(|(_, page)| future_review(page, today).or_else(|| overdue(page, today)));
    reviews.chain(pages.shown().filter_map(|(_, page)| future_change(page, today))).collect()
}

/// The due date of a page's review, if it has passed.
#[must_use]
pub fn overdue_since(page: &Page, today: Date) -> Option<&Spanned<Date>> {
    page.review_due.as_ref().filter(|due| due.value < today)
}

fn overdue(page: &Page, today: Date) -> Option<Diagnostic> {
    let due = overdue_since(page, today)?;
    Some(catalog::review_overdue(page.span(&due.span), &page.title.value, due.value))
}

fn future_review(page: &Page, today: Date) -> Option<Diagnostic> {
    let help = "write the date of the last review; `review_every` determines the next one";
    future_date(page, page.reviewed.as_ref()?, today, help)
}

fn future_change(page: &Page, today: Date) -> Option<Diagnostic> {
    let help =
        "write the date of the last change; until a future date has passed, the page would be first in `feed.xml`";
    future_date(page, page.changed.as_ref()?, today, help)
}

fn future_date(page: &Page, day: &Spanned<Date>, today: Date, help: &str) -> Option<Diagnostic> {
    // In the author's time zone, the next day may already have begun.
    let latest = today.checked_add(1.day()).ok()?;
    (day.value > latest).then(|| catalog::date_in_the_future(page.span(&day.span), day.value, help))
}

/// Reads `review_every` and computes the due date of the next review, which has the span of the last one.
pub(super) fn due(reviewed: Option<&Spanned<Date>>, is_given: bool, fields: &mut Fields<'_>) -> Option<Spanned<Date>> {
    let name = fields.key_span("review_every");
    let every = fields.text("review_every")?;
    let parsed = every.value.trim().parse::<jiff::Span>();
    let Some(period) = parsed.ok().filter(|period| period.is_positive()) else {
        let message = format!("`review_every` must be a length of time, not `{}`", every.value);
        fields.invalid_value(&every.span, message, "for example, `6 months`, `1 year` or `90 days`");
        return None;
    };
    if !is_given {
        let span = crate::diagnostic::Span::new(fields.file(), name);
        fields.report(catalog::review_never_due(span));
    }
    let reviewed = reviewed?;
    let due = reviewed.value.checked_add(period).ok()?;
    Some(Spanned { value: due, span: reviewed.span.clone() })
}
