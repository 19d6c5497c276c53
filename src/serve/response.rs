//! Builders of HTTP responses: conditional and partial ones, and the headers that all of them share.

use std::ops::{Bound, Range};
use std::str::FromStr;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use headers::{ContentRange, ETag, HeaderMap, HeaderMapExt, IfNoneMatch, IfRange};

use super::payload::Payload;

/// The content security policy of most responses: nothing is loaded from other origins, and no inline code runs.
const STRICT_POLICY: &str = "default-src 'self'; frame-ancestors 'self'";

/// The content security policy of a site with code of its own: only framing by other origins is forbidden.
const FRAMING_POLICY: &str = "frame-ancestors 'self'";

/// The content security policy of files that aren't pages and in which a browser would run scripts: it runs none, and treats
/// the file as one of another origin.
const SANDBOX_POLICY: &str = "sandbox; default-src 'self'; frame-ancestors 'self'";

/// The metadata of something that can be sent in whole or in part.
pub(super) struct Representation<'a> {
    /// The length of the whole in bytes.
    pub(super) length: u64,
    pub(super) media_type: &'a str,
    pub(super) etag: &'a str,
}

/// A response of plain text.
pub(super) fn text(status: StatusCode, text: impl Into<String>) -> Response {
    let payload = Payload::new(text.into(), "text/plain; charset=utf-8");
    unconditional(status, &payload, &Method::GET)
}

/// The response with a header that closes the connection, for use when the rest of the request isn't read.
pub(super) fn closing_connection(mut response: Response) -> Response {
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// A redirect to a percent-encoded URL.
pub(super) fn redirect(status: StatusCode, location: &str) -> Response {
    let mut response = text(status, format!("See {location}\n"));
    match HeaderValue::from_str(location) {
        Ok(location) => {
            response.headers_mut().insert(LOCATION, location);
            response
        }
        // Unreachable as long as callers percent-encode the URL.
        Err(_) => text(StatusCode::NOT_FOUND, "There's nothing here.\n"),
    }
}

/// A response with the whole payload, whatever the request's conditions and ranges say; used for errors.
pub(super) fn unconditional(status: StatusCode, payload: &Payload, method: &Method) -> Response {
    let mut response = without_body(status, payload.bytes.len() as u64, &payload.media_type);
    if *method != Method::HEAD {
        *response.body_mut() = Body::from(payload.bytes.clone());
    }
    response
}

/// A response with a payload that respects the request's conditions and range.
pub(super) fn payload(request: &Parts, payload: &Payload) -> Response {
    let representation =
        Representation { length: payload.bytes.len() as u64, media_type: &payload.media_type, etag: &payload.etag };
    // A range never exceeds the bytes in memory, so that it fits into a `usize`.
    let index = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    conditional(request, &representation, |range| Body::from(payload.bytes.slice(index(range.start)..index(range.end))))
}

/// A response with all of a representation, with the requested range of it, or with "304 Not Modified". `body` makes
/// the body for a range of bytes.
pub(super) fn conditional(
    request: &Parts,
    representation: &Representation<'_>,
    body: impl FnOnce(Range<u64>) -> Body,
) -> Response {
    let etag = ETag::from_str(representation.etag).ok();
    let if_none_match = request.headers.typed_get::<IfNoneMatch>();
    let is_unmodified =
        if_none_match.zip(etag.as_ref()).is_some_and(|(condition, etag)| !condition.precondition_passes(etag));
    let allows_range =
        request.method == Method::GET && !is_unmodified && if_range_matches(&request.headers, etag.as_ref());
    let requested =
        if allows_range { requested_range(&request.headers, representation.length) } else { RequestedRange::All };
    let (status, range) = match &requested {
        RequestedRange::All => (StatusCode::OK, 0..representation.length),
        RequestedRange::Part(range) => (StatusCode::PARTIAL_CONTENT, range.clone()),
        RequestedRange::Unsatisfiable => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0),
    };
    let status = if is_unmodified { StatusCode::NOT_MODIFIED } else { status };
    let mut response = without_body(status, range.end - range.start, representation.media_type);
    let headers = response.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(etag) = etag {
        headers.typed_insert(etag);
    }
    let content_range = match requested {
        RequestedRange::All => None,
        RequestedRange::Part(range) => ContentRange::bytes(range, representation.length).ok(),
        RequestedRange::Unsatisfiable => Some(ContentRange::unsatisfied_bytes(representation.length)),
    };
    if let Some(content_range) = content_range {
        headers.typed_insert(content_range);
    }
    if is_unmodified {
        headers.remove(CONTENT_LENGTH);
        headers.remove(CONTENT_TYPE);
    } else if request.method != Method::HEAD && range.end > range.start {
        *response.body_mut() = body(range);
    }
    response
}

/// The response with the headers that every response has.
pub(super) async fn with_common_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let common = [
        (CACHE_CONTROL, "no-cache"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, STRICT_POLICY),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in common {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// The response with a content security policy that lets a page load and run what it would on the published site.
/// Framing by other origins stays forbidden.
pub(super) fn with_relaxed_policy(mut response: Response) -> Response {
    response.headers_mut().entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(FRAMING_POLICY));
    response
}

/// The response with a content security policy that lets nothing in it run.
pub(super) fn sandboxed(mut response: Response) -> Response {
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX_POLICY));
    response
}

/// A response with all headers of a body of that length, and an empty body.
fn without_body(status: StatusCode, length: u64, media_type: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    if let Ok(media_type) = HeaderValue::from_str(media_type) {
        headers.insert(CONTENT_TYPE, media_type);
    }
    response
}

/// Returns whether the `If-Range` header, if there is one, allows a partial response.
fn if_range_matches(headers: &HeaderMap, etag: Option<&ETag>) -> bool {
    match headers.typed_try_get::<IfRange>() {
        Ok(condition) => condition.is_none_or(|condition| !condition.is_modified(etag, None)),
        Err(_) => false,
    }
}

/// The part of a representation that a request asks for.
#[derive(Debug, PartialEq, Eq)]
enum RequestedRange {
    All,
    Part(Range<u64>),
    /// A range beyond the end.
    Unsatisfiable,
}

/// The range that a request asks for. Headers with several ranges are ignored like malformed ones, and like a range that
/// asks for more than all from the end, as RFC 9110 allows.
fn requested_range(headers: &HeaderMap, length: u64) -> RequestedRange {
    let Some(header) = headers.typed_get::<headers::Range>() else { return RequestedRange::All };
    let mut ranges = header.satisfiable_ranges(length);
    let (Some((Bound::Included(start), end)), None) = (ranges.next(), ranges.next()) else {
        return RequestedRange::All;
    };
    match end {
        Bound::Included(end) if end < start => RequestedRange::All,
        _ if start >= length => RequestedRange::Unsatisfiable,
        Bound::Included(end) => RequestedRange::Part(start..length.min(end.saturating_add(1))),
        Bound::Excluded(_) | Bound::Unbounded => RequestedRange::Part(start..length),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header::RANGE;

    use super::*;

    #[test]
    fn a_single_range_is_parsed_and_any_other_header_is_ignored() {
        let requested_range = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, HeaderValue::from_str(text).unwrap());
            super::requested_range(&headers, 10)
        };
        for (text, range) in [
            ("bytes=0-3", RequestedRange::Part(0..4)),
            ("bytes=3-", RequestedRange::Part(3..10)),
            ("bytes=-4", RequestedRange::Part(6..10)),
            ("bytes=-40", RequestedRange::All),
            ("bytes=9-99", RequestedRange::Part(9..10)),
            ("bytes=10-", RequestedRange::Unsatisfiable),
            ("bytes=-0", RequestedRange::Unsatisfiable),
            ("bytes=4-3", RequestedRange::All),
            ("bytes=0-1,3-4", RequestedRange::All),
            ("bytes=a-b", RequestedRange::All),
            ("bytes=-", RequestedRange::All),
            ("lines=0-3", RequestedRange::All),
            ("bytes=99999999999999999999-", RequestedRange::All),
        ] {
            assert_eq!(requested_range(text), range, "{text}");
        }
    }
}
