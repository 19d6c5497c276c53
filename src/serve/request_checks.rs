//! Checks of a request before it is answered: its host, method, body and origin.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::Request;
use axum::http::header::{ALLOW, CONTENT_LENGTH, HOST, HeaderName, HeaderValue, ORIGIN, TRANSFER_ENCODING};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::response;

/// The largest body of a request that is tolerated. HTTP allows a body for GET; it is never read.
const MAX_REQUEST_BODY_BYTES: u64 = 16 << 10;

/// Refuses a request with a wrong host, another method than GET and HEAD, or a large body. `local_address` is the address
/// that it arrived at, and `listen_host` the one that the server was asked to listen on.
pub(super) async fn check_request(
    request: Request,
    next: Next,
    local_address: SocketAddr,
    listen_host: IpAddr,
) -> Response {
    if !is_host_accepted(&request, local_address, listen_host) {
        return response::text(StatusCode::MISDIRECTED_REQUEST, wrong_host_message(local_address, listen_host));
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut refusal = response::text(StatusCode::METHOD_NOT_ALLOWED, "The preview is read-only.\n");
        refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response::closing_connection(refusal);
    }
    if has_large_body(&request) {
        let refusal = response::text(StatusCode::PAYLOAD_TOO_LARGE, "The preview doesn't accept uploads.\n");
        return response::closing_connection(refusal);
    }
    next.run(request).await
}

/// Refuses a request for one of the preview's own resources that comes from a page of another origin.
pub(super) async fn check_origin(request: Request, next: Next) -> Response {
    if is_from_other_origin(&request) {
        return response::text(StatusCode::FORBIDDEN, "Only the preview's own pages can request this.\n");
    }
    next.run(request).await
}

fn is_from_other_origin(request: &Request) -> bool {
    let text = |name: &HeaderName| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    let fetch_site = HeaderName::from_static("sec-fetch-site");
    let own = text(&HOST).map(|host| format!("http://{host}"));
    text(&ORIGIN).is_some_and(|origin| own.is_none_or(|own| !own.eq_ignore_ascii_case(origin)))
        || text(&fetch_site).is_some_and(|site| !matches!(site, "same-origin" | "none"))
}

/// The message for a wrong host, with the addresses that the preview does answer at.
fn wrong_host_message(local_address: SocketAddr, listen_host: IpAddr) -> String {
    let here = SocketAddr::new(local_address.ip().to_canonical(), local_address.port());
    let local = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)].contains(&listen_host);
    let local = if local || listen_host.is_unspecified() {
        format!("http://localhost:{}/ and ", here.port())
    } else {
        String::new()
    };
    let others = if listen_host.is_unspecified() { ", and at this computer's other IP addresses" } else { "" };
    format!(
        "This is the preview of a Stepladder project. It answers at {local}http://{here}/{others}, not under the name \
         you used.\n"
    )
}

/// Returns whether the `Host` header names this server by `localhost` or by an IP address. This prevents DNS rebinding:
/// a page of another site whose domain was made to resolve to this machine sends that domain, and an IP address can't
/// be rebound.
fn is_host_accepted(request: &Request, local_address: SocketAddr, listen_host: IpAddr) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (hosts.next().and_then(|host| host.to_str().ok()), hosts.next()) else { return false };
    let target_matches =
        request.uri().authority().is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(host));
    let (name, port) = split_port(host);
    let port_matches = port.is_none_or(|port| port.parse() == Ok(local_address.port()));
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name).parse::<IpAddr>();
    let name_matches = match address {
        Ok(address) => address.is_loopback() || address == local_address.ip().to_canonical() || address == listen_host,
        Err(_) => name.eq_ignore_ascii_case("localhost"),
    };
    target_matches && port_matches && name_matches
}

fn split_port(host: &str) -> (&str, Option<&str>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    }
}

fn has_large_body(request: &Request) -> bool {
    let length = request.headers().get(CONTENT_LENGTH).map(|value| value.to_str().unwrap_or_default().parse::<u64>());
    request.headers().contains_key(TRANSFER_ENCODING)
        || length.is_some_and(|length| length.map_or(true, |length| length > MAX_REQUEST_BODY_BYTES))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn request(headers: &[(&str, &str)]) -> Request {
        let request = Request::builder().uri("/");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.body(Body::empty()).unwrap()
    }

    #[test]
    fn only_hosts_of_this_machine_are_accepted() {
        let here: SocketAddr = "127.0.0.1:4000".parse().unwrap();
        let network: SocketAddr = "192.168.1.5:4000".parse().unwrap();
        let any = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let accepted = |host: &str, here| is_host_accepted(&request(&[("host", host)]), here, any);
        for host in ["localhost", "LOCALHOST:4000", "127.0.0.1:4000", "127.0.0.1", "[::1]:4000", "[::1]"] {
            assert!(accepted(host, here), "{host}");
        }
        for host in [
            "example.org",
            "example.org:4000",
            "localhost:4001",
            "localhost:",
            "localhost.example.org:4000",
            "127.0.0.1.nip.io:4000",
            "192.168.1.5:4000",
            "[::1",
            "::1",
            "",
            "127.0.0.1:4000:4000",
            "user@localhost:4000",
        ] {
            assert!(!accepted(host, here), "{host}");
        }
        assert!(accepted("192.168.1.5:4000", network) && !accepted("192.168.1.6:4000", network));
        assert!(!is_host_accepted(&request(&[]), here, any), "no name");
        assert!(!is_host_accepted(&request(&[("host", "localhost"), ("host", "localhost")]), here, any), "two names");
    }

    #[test]
    fn the_message_for_a_wrong_host_lists_the_addresses_that_work() {
        let message = |here: &str, host: &str| wrong_host_message(here.parse().unwrap(), host.parse().unwrap());
        let local = message("127.0.0.1:4000", "127.0.0.1");
        assert!(local.contains("at http://localhost:4000/ and http://127.0.0.1:4000/, not"), "{local}");
        assert!(message("[::1]:4000", "::1").contains("http://localhost:4000/ and http://[::1]:4000/, not"));
        assert!(message("192.168.1.5:4000", "192.168.1.5").contains("answers at http://192.168.1.5:4000/, not"));
        let all = message("[::ffff:192.168.1.5]:4000", "::");
        assert!(all.contains("http://localhost:4000/ and http://192.168.1.5:4000/, and at"), "{all}");
    }
}
