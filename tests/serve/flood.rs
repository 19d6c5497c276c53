use std::io::Write;
use std::net::TcpStream;

use stepladder::serve::ServerLimits;

use super::{Served, project};

/// Opens up to `number` idle connections, as many as the system allows, and leaves some file descriptors free.
fn idle(served: &Served, number: usize) -> Vec<TcpStream> {
    let mut open = Vec::new();
    for _ in 0..number {
        match TcpStream::connect(served.address) {
            Ok(socket) => open.push(socket),
            Err(error) => {
                eprintln!("only {} of {number} connections could be opened: {error}", open.len());
                open.truncate(open.len().saturating_sub(20));
                break;
            }
        }
    }
    open
}

#[test]
fn a_thousand_idle_connections_do_not_block_requests() {
    let served = Served::new(&project());
    let mut held = idle(&served, 1000);
    served.get("/about.html").is(200);
    for socket in held.iter_mut().step_by(2) {
        // An incomplete request keeps a connection idle.
        let _ = socket.write_all(b"GET / HTTP/1.1\r\nHost: local");
    }
    let mut events = served.events();
    events.token();
    served.get("/about.html").is(200);
}

#[test]
fn the_longest_idle_connections_are_closed_beyond_the_limit() {
    let mut served = Served::with_limits(&project(), ServerLimits { max_connections: 20, ..ServerLimits::default() });
    let mut events = served.events();
    events.token();
    let mut held = Vec::new();
    for _ in 0..5 {
        held.extend(idle(&served, 40));
        served.get("/about.html").is(200);
    }
    let token = served.preview.current().token().to_owned();
    served.reload();
    assert_ne!(events.token(), token, "an event stream is not idle");
}
