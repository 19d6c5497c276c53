use std::io::{ErrorKind, Read, Write};
use std::time::{Duration, Instant};

use stepladder::serve::ServerLimits;

use super::client::{DEADLINE, TestResponse, connect};
use super::{Served, project};

#[test]
fn requests_with_another_host_are_refused() {
    let served = Served::new(&project());
    let port = served.address.port();
    let asked = |host: &str| served.send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        asked(host).is(200);
        asked(&format!("{host}:{port}")).is(200);
        asked(&format!("{host}:1")).is(421);
    }
    for host in ["evil.example", &format!("evil.example:{port}"), "localhost.evil.example", "10.0.0.1", ""] {
        let response = asked(host).is(421);
        assert!(!response.text().contains("Home") && response.text().contains(&format!("http://localhost:{port}/")));
        for path in ["_stepladder/events", "_stepladder/problems", "_stepladder/", "about.html", "nowhere"] {
            let asked = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            served.send(&asked).is(421);
        }
    }
    served.send("GET / HTTP/1.0\r\n\r\n").is(421);
    served.send("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n").is(421);
    served.send("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").is(421);
}

#[test]
fn the_previews_own_resources_are_refused_to_other_origins() {
    let served = Served::new(&project());
    let own = format!("http://{}", served.address);
    for path in ["events", "problems", "", "preview.js", "preview.css"].map(|name| format!("/_stepladder/{name}")) {
        for (name, value) in [
            ("Origin", "https://evil.example"),
            ("Origin", "http://localhost:1"),
            ("Origin", "null"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ] {
            let response = served.request("GET", &path, &[(name, value)]).is(403);
            assert!(!response.text().contains("token") && !response.text().contains("data:"), "{path}");
            assert!(response.headers.iter().all(|(name, _)| !name.starts_with("access-control")), "{path}");
        }
        if path != "/_stepladder/events" {
            served.request("GET", &path, &[("Origin", &own), ("Sec-Fetch-Site", "same-origin")]).is(200);
            served.request("GET", &path, &[("Sec-Fetch-Site", "none")]).is(200);
        }
    }
    for path in ["/", "/about.html", "/nowhere", "/_stepladder/problems"] {
        let response = served.request("GET", path, &[("Sec-Fetch-Site", "same-origin")]);
        assert!(response.headers.iter().all(|(name, _)| !name.starts_with("access-control")), "{path}");
    }
}

#[test]
fn only_get_and_head_are_allowed() {
    let served = Served::new(&project());
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"] {
        let target = if method == "CONNECT" { served.address.to_string() } else { "/about.html".to_owned() };
        let response = served.request(method, &target, &[]).is(405);
        assert_eq!(response.header("allow"), Some("GET, HEAD"), "{method}");
    }
    served.request("POST", "/_stepladder/events", &[("Content-Length", "0")]).is(405);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let served = Served::new(&project());
    served.folder.write("secret.txt", "SECRET");
    served.folder.write("content/.hidden.txt", "SECRET");
    let outside = served.folder.path("secret.txt").display().to_string();
    let long = format!("/{}", "a/".repeat(5000));
    let dots = format!("/{}secret.txt", "%2e%2e%2f".repeat(400));
    for path in [
        "/../secret.txt",
        "/notes/../../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/notes/..%00/secret.txt",
        "/notes/data.txt%00",
        "/notes/data.txt%00.html",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/etc/passwd",
        "/file:///etc/passwd",
        "/.hidden.txt",
        "/stepladder.yaml",
        "/content/about.md",
        "/about.md",
        &format!("/{outside}"),
        &outside,
        &long,
        &dots,
    ] {
        let response = served.get(path).is(404);
        assert!(!response.text().contains("SECRET") && !response.text().contains("root:"), "{path}");
    }
    for path in ["/%", "/%zz", "/%ff%fe", "/a%"] {
        served.get(path).is(400);
    }
    assert!(matches!(served.get(&format!("/{}", "a".repeat(100_000))).status, 414 | 431));
}

#[cfg(unix)]
#[test]
fn a_link_that_replaces_a_file_is_not_followed_out_of_the_project() {
    use std::os::unix::fs::symlink;
    let served = Served::new(&project());
    let outside = crate::support::Folder::empty();
    outside.write("data.txt", "SECRET");
    served.get("/notes/data.txt").is(200);
    let place = served.folder.path("content/notes/data.txt");
    std::fs::remove_file(&place).unwrap();
    served.get("/notes/data.txt").is(404);
    symlink(outside.path("data.txt"), &place).unwrap();
    assert!(!served.get("/notes/data.txt").is(404).text().contains("SECRET"));
    std::fs::remove_file(&place).unwrap();
    std::fs::remove_dir(served.folder.path("content/notes")).unwrap();
    symlink(outside.path(""), served.folder.path("content/notes")).unwrap();
    assert!(!served.get("/notes/data.txt").is(404).text().contains("SECRET"));
    std::fs::remove_file(served.folder.path("content/notes")).unwrap();
    served.folder.write("content/inside.txt", "inside");
    served.folder.write("content/notes/x", "");
    symlink(served.folder.path("content/inside.txt"), &place).unwrap();
    assert_eq!(served.get("/notes/data.txt").is(200).text(), "inside", "inside the project, links are fine");
}

#[test]
fn huge_requests_are_refused() {
    let served = Served::new(&project());
    let long = "x".repeat(200_000);
    assert_eq!(served.request("GET", "/about.html", &[("X-Long", &long)]).status, 431);
    let many: Vec<(String, String)> = (0..500).map(|number| (format!("X-{number}"), "x".to_owned())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(served.request("GET", "/about.html", &many).status, 431);
    served.request("GET", "/about.html", &[("Content-Length", "99999999999")]).is(413);
    served.request("GET", "/about.html", &[("Content-Length", "-1")]).is(400);
    served.request("GET", "/about.html", &[("Transfer-Encoding", "chunked")]).is(413);
    let host = served.address;
    let small =
        format!("GET /about.html HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc");
    served.send(&small).is(200);
    for nonsense in ["\0\0\0\0", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\0\r\n\r\n"] {
        served.send(nonsense).is(400);
    }
    served.get("/about.html").is(200);
}

#[test]
fn a_slow_request_is_closed() {
    let served = Served::with_limits(
        &project(),
        ServerLimits { header_timeout: Duration::from_millis(200), ..ServerLimits::default() },
    );
    for start in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: "] {
        let mut socket = connect(served.address);
        socket.write_all(start.as_bytes()).unwrap();
        let mut response = Vec::new();
        let begun = Instant::now();
        socket.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        // Sends single bytes until the server closes the connection.
        while socket.write_all(if start.is_empty() { b"" } else { b"x" }).is_ok() {
            let read = socket.read_to_end(&mut response).map_err(|error| error.kind());
            if !matches!(read, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)) {
                break;
            }
            assert!(begun.elapsed() < DEADLINE, "it still listens");
        }
        assert!(!String::from_utf8_lossy(&response).contains("200 OK"));
    }
    served.get("/about.html").is(200);
}

#[test]
fn beyond_the_limit_of_connections_a_request_waits_until_an_idle_one_is_closed() {
    let limits =
        ServerLimits { max_connections: 2, header_timeout: Duration::from_millis(200), ..ServerLimits::default() };
    let served = Served::with_limits(&project(), limits);
    let idle = [connect(served.address), connect(served.address)];
    served.get("/about.html").is(200);
    let is_closed = |socket: &std::net::TcpStream| {
        socket.set_nonblocking(true).unwrap();
        (&*socket).read(&mut [0]).map_err(|error| error.kind()) != Err(ErrorKind::WouldBlock)
    };
    assert!(idle.iter().any(is_closed), "three connections were open");
}

#[test]
fn a_client_that_reads_nothing_is_closed_and_blocks_no_other() {
    let large = vec![b'x'; 40_000_000];
    let limits = ServerLimits { write_timeout: Duration::from_millis(200), ..ServerLimits::default() };
    let served = Served::with_limits(&project().bytes("content/notes/film.mp4", &large), limits);
    let mut socket = connect(served.address);
    let request = format!("GET /notes/film.mp4 HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
    socket.write_all(request.as_bytes()).unwrap();
    // After the first bytes, the client reads nothing until the server has closed the connection.
    let mut first = [0; 12];
    socket.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    served.get("/about.html").is(200);
    let given_up = Instant::now() + DEADLINE;
    while socket.write_all(b"x").is_ok() {
        assert!(Instant::now() < given_up, "it still waits");
        std::thread::yield_now();
    }
}

#[test]
fn clients_that_disconnect_early_do_not_stop_the_server() {
    let served = Served::new(&project());
    for _ in 0..50 {
        let mut socket = connect(served.address);
        let request = format!("GET /about.html HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
        socket.write_all(request.as_bytes()).unwrap();
    }
    let response: TestResponse = served.get("/about.html");
    response.is(200);
}
