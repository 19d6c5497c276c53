//! Which requests are answered at all.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use hyper::header::{ALLOW, CONTENT_LENGTH, HOST, HeaderName, HeaderValue, ORIGIN, TRANSFER_ENCODING};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};

use super::body::Body;
use super::response;

/// Requests may have a body, since nothing forbids it; it is never read, and never large.
const LARGEST_BODY: u64 = 16 << 10;

/// Checks what every request has to fulfil.
///
/// # Errors
/// The answer that refuses it. `Err` is large, and made once per refused request.
pub(super) fn check(request: &Parts, here: SocketAddr, host: IpAddr) -> Result<(), Box<Response<Body>>> {
    if !is_for_us(request, here, host) {
        return Err(Box::new(response::text(StatusCode::MISDIRECTED_REQUEST, refusal(here, host))));
    }
    if request.method != Method::GET && request.method != Method::HEAD {
        let mut refusal = response::text(StatusCode::METHOD_NOT_ALLOWED, "The preview is read-only.\n");
        refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Err(Box::new(response::last(refusal)));
    }
    if has_large_body(request) {
        let refusal = response::text(StatusCode::PAYLOAD_TOO_LARGE, "The preview doesn't accept uploads.\n");
        return Err(Box::new(response::last(refusal)));
    }
    Ok(())
}

/// Checks that what belongs to the preview itself, and not to the site, is not asked for by another origin.
///
/// # Errors
/// The answer that refuses it.
pub(super) fn check_origin(request: &Parts) -> Result<(), Box<Response<Body>>> {
    let text = |name: &HeaderName| request.headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let fetch_site = HeaderName::from_static("sec-fetch-site");
    let own = text(&HOST).map(|host| format!("http://{host}"));
    let foreign_origin = text(&ORIGIN).is_some_and(|origin| own.is_none_or(|own| !own.eq_ignore_ascii_case(origin)));
    let foreign_site = text(&fetch_site).is_some_and(|site| !matches!(site, "same-origin" | "none"));
    if foreign_origin || foreign_site {
        let refusal = response::text(StatusCode::FORBIDDEN, "Only the preview's own pages can request this.\n");
        return Err(Box::new(refusal));
    }
    Ok(())
}

/// Says under which addresses the preview answers.
fn refusal(here: SocketAddr, host: IpAddr) -> String {
    let here = SocketAddr::new(here.ip().to_canonical(), here.port());
    let local = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)].contains(&host);
    let local =
        if local || host.is_unspecified() { format!("http://localhost:{}/ and ", here.port()) } else { String::new() };
    let others = if host.is_unspecified() { ", and at this computer's other IP addresses" } else { "" };
    format!(
        "This is the preview of a Stepladder project. It answers at {local}http://{here}/{others}, not under the name \
         you used.\n"
    )
}

/// Whether a request names this server. A page of another site whose name is made to lead here (DNS rebinding) gives that
/// name, and is refused; addresses in figures can't be made to lead anywhere else.
fn is_for_us(request: &Parts, here: SocketAddr, host: IpAddr) -> bool {
    let mut given = request.headers.get_all(HOST).iter();
    let (Some(name), None) = (given.next().and_then(|name| name.to_str().ok()), given.next()) else { return false };
    let whole_target = request.uri.authority().is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(name));
    let (name, port) = split_port(name);
    let right_port = port.is_none_or(|port| port.parse() == Ok(here.port()));
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name).parse::<IpAddr>();
    let right_name = match address {
        Ok(address) => address.is_loopback() || address == here.ip().to_canonical() || address == host,
        Err(_) => name.eq_ignore_ascii_case("localhost"),
    };
    whole_target && right_port && right_name
}

fn split_port(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (name, None),
    }
}

fn has_large_body(request: &Parts) -> bool {
    let length = request.headers.get(CONTENT_LENGTH).map(|value| value.to_str().unwrap_or_default().parse::<u64>());
    request.headers.contains_key(TRANSFER_ENCODING)
        || length.is_some_and(|length| length.map_or(true, |length| length > LARGEST_BODY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(headers: &[(&str, &str)]) -> Parts {
        let request = hyper::Request::builder().uri("/");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let here: SocketAddr = "127.0.0.1:4000".parse().unwrap();
        let network: SocketAddr = "192.168.1.5:4000".parse().unwrap();
        let any = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let asked = |host: &str, here| is_for_us(&parts(&[("host", host)]), here, any);
        for host in ["localhost", "LOCALHOST:4000", "127.0.0.1:4000", "127.0.0.1", "[::1]:4000", "[::1]"] {
            assert!(asked(host, here), "{host}");
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
            assert!(!asked(host, here), "{host}");
        }
        assert!(asked("192.168.1.5:4000", network) && !asked("192.168.1.6:4000", network));
        assert!(!is_for_us(&parts(&[]), here, any), "no name");
        assert!(!is_for_us(&parts(&[("host", "localhost"), ("host", "localhost")]), here, any), "two names");
    }

    #[test]
    fn a_refusal_names_the_addresses_that_are_listened_on() {
        let told = |here: &str, host: &str| refusal(here.parse().unwrap(), host.parse().unwrap());
        let home = told("127.0.0.1:4000", "127.0.0.1");
        assert!(home.contains("at http://localhost:4000/ and http://127.0.0.1:4000/, not"), "{home}");
        assert!(told("[::1]:4000", "::1").contains("http://localhost:4000/ and http://[::1]:4000/, not"));
        assert!(told("192.168.1.5:4000", "192.168.1.5").contains("answers at http://192.168.1.5:4000/, not"));
        let all = told("[::ffff:192.168.1.5]:4000", "::");
        assert!(all.contains("http://localhost:4000/ and http://192.168.1.5:4000/, and at"), "{all}");
    }
}
