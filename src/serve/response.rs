//! Answers as HTTP has them: conditional, partial, and with the headers that all share.

use std::ops::Range;
use std::str::FromStr;

use headers::{ContentRange, ETag, HeaderMap, HeaderMapExt, IfNoneMatch, IfRange};
use hyper::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    HeaderValue, LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};

use super::body::Body;
use super::payload::Content;

/// Nothing is loaded from elsewhere, and nothing inline is run.
const STRICT: &str = "default-src 'self'; frame-ancestors 'self'";

/// Only the preview's own pages show it in a frame.
const UNFRAMED: &str = "frame-ancestors 'self'";

/// Something that can be sent in parts.
pub(super) struct Representation<'a> {
    pub(super) length: u64,
    pub(super) kind: &'a str,
    pub(super) tag: &'a str,
}

/// A plain text.
pub(super) fn text(status: StatusCode, text: impl Into<String>) -> Response<Body> {
    let content = Content::new(text.into(), "text/plain; charset=utf-8");
    plain(status, &content, &Method::GET)
}

/// Closes the connection after an answer, for what follows in it may be no request.
pub(super) fn last(mut answer: Response<Body>) -> Response<Body> {
    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    answer
}

/// Sends the reader elsewhere.
pub(super) fn redirect(status: StatusCode, to: &str) -> Response<Body> {
    let mut answer = text(status, format!("See {to}\n"));
    match HeaderValue::from_str(to) {
        Ok(to) => {
            answer.headers_mut().insert(LOCATION, to);
            answer
        }
        // An address is percent-encoded, so that this can't be.
        Err(_) => text(StatusCode::NOT_FOUND, "There's nothing here.\n"),
    }
}

/// Content that comes with another status than 200, whole and without conditions.
pub(super) fn plain(status: StatusCode, content: &Content, method: &Method) -> Response<Body> {
    let mut answer = started(status, content.bytes.len() as u64, &content.kind);
    if *method != Method::HEAD {
        *answer.body_mut() = Body::whole(content.bytes.clone());
    }
    answer
}

/// Content, or what the request wants of it.
pub(super) fn content(request: &Parts, content: &Content) -> Response<Body> {
    let whole = Representation { length: content.bytes.len() as u64, kind: &content.kind, tag: &content.tag };
    // A part is never longer than the bytes in memory.
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    some(request, &whole, |part| Body::whole(content.bytes.slice(place(part.start)..place(part.end))))
}

/// Answers with all of something, with a part of it, or with that the reader has it already.
pub(super) fn some(
    request: &Parts,
    whole: &Representation<'_>,
    part: impl FnOnce(Range<u64>) -> Body,
) -> Response<Body> {
    let tag = ETag::from_str(whole.tag).ok();
    let known = request.headers.typed_get::<IfNoneMatch>();
    let is_known = known.zip(tag.as_ref()).is_some_and(|(known, tag)| !known.precondition_passes(tag));
    let ranged = request.method == Method::GET && !is_known && still_the_same(&request.headers, tag.as_ref());
    let wanted = if ranged { wanted(&request.headers, whole.length) } else { RequestedRange::All };
    let (status, sent) = match &wanted {
        RequestedRange::All => (StatusCode::OK, 0..whole.length),
        RequestedRange::Part(part) => (StatusCode::PARTIAL_CONTENT, part.clone()),
        RequestedRange::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0),
    };
    let status = if is_known { StatusCode::NOT_MODIFIED } else { status };
    let mut answer = started(status, sent.end - sent.start, whole.kind);
    let headers = answer.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(tag) = tag {
        headers.typed_insert(tag);
    }
    let range = match wanted {
        RequestedRange::All => None,
        RequestedRange::Part(part) => ContentRange::bytes(part, whole.length).ok(),
        RequestedRange::Nothing => Some(ContentRange::unsatisfied_bytes(whole.length)),
    };
    if let Some(range) = range {
        headers.typed_insert(range);
    }
    if is_known {
        headers.remove(CONTENT_LENGTH);
        headers.remove(CONTENT_TYPE);
    } else if request.method != Method::HEAD && sent.end > sent.start {
        *answer.body_mut() = part(sent);
    }
    answer
}

/// An event stream.
pub(super) fn stream(body: Body) -> Response<Body> {
    let mut answer = started(StatusCode::OK, 0, "text/event-stream");
    answer.headers_mut().remove(CONTENT_LENGTH);
    *answer.body_mut() = body;
    answer
}

/// Lets an answer load and run what it wants, as the site may do where it is published; it still is nobody's frame.
pub(super) fn free(mut answer: Response<Body>) -> Response<Body> {
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(UNFRAMED));
    answer
}

/// An answer without a body yet.
fn started(status: StatusCode, length: u64, kind: &str) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    let fixed = [
        (CACHE_CONTROL, "no-cache"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, STRICT),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    headers.extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    if let Ok(kind) = HeaderValue::from_str(kind) {
        headers.insert(CONTENT_TYPE, kind);
    }
    answer
}

/// Whether a part of what the reader has still fits the rest (`If-Range`).
fn still_the_same(headers: &HeaderMap, tag: Option<&ETag>) -> bool {
    match headers.typed_try_get::<IfRange>() {
        Ok(known) => known.is_none_or(|known| !known.is_modified(tag, None)),
        Err(_) => false,
    }
}

/// What a reader wants of something.
#[derive(Debug, PartialEq, Eq)]
enum RequestedRange {
    All,
    Part(Range<u64>),
    /// A part that there is not.
    Nothing,
}

/// What a request wants. Several parts at once are answered with all, as anything is that is not understood.
fn wanted(headers: &HeaderMap, length: u64) -> RequestedRange {
    match range(headers, length) {
        None => RequestedRange::All,
        Some(part) if part.is_empty() => RequestedRange::Nothing,
        Some(part) => RequestedRange::Part(part),
    }
}

fn range(headers: &HeaderMap, length: u64) -> Option<Range<u64>> {
    let (start, end) = headers.get(RANGE)?.to_str().ok()?.strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok())?;
    match (start, end) {
        ("", last) => Some(length.saturating_sub(number(last)?)..length),
        (start, "") => Some(number(start)?..length),
        (start, end) => {
            let (start, end) = (number(start)?, number(end)?);
            (start <= end).then(|| start..length.min(end.saturating_add(1)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_understood_and_all_else_means_everything() {
        let wanted = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, HeaderValue::from_str(text).unwrap());
            super::wanted(&headers, 10)
        };
        for (text, part) in [
            ("bytes=0-3", RequestedRange::Part(0..4)),
            ("bytes=3-", RequestedRange::Part(3..10)),
            ("bytes=-4", RequestedRange::Part(6..10)),
            ("bytes=-40", RequestedRange::Part(0..10)),
            ("bytes=9-99", RequestedRange::Part(9..10)),
            ("bytes=10-", RequestedRange::Nothing),
            ("bytes=-0", RequestedRange::Nothing),
            ("bytes=4-3", RequestedRange::All),
            ("bytes=0-1,3-4", RequestedRange::All),
            ("bytes=a-b", RequestedRange::All),
            ("bytes=-", RequestedRange::All),
            ("bytes=+1-2", RequestedRange::All),
            ("lines=0-3", RequestedRange::All),
            ("bytes=99999999999999999999-", RequestedRange::All),
        ] {
            assert_eq!(wanted(text), part, "{text}");
        }
    }
}
