use std::time::{Duration, Instant};

use stepladder::serve::ServerLimits;

use super::client::DEADLINE;
use super::{Served, project};

#[test]
fn the_event_stream_sends_tokens_and_no_content() {
    let mut served = Served::new(&project());
    let mut events = served.events();
    assert!(events.head.starts_with("http/1.1 200"), "{}", events.head);
    assert!(
        events.head.contains("content-type: text/event-stream\n") && events.head.contains("cache-control: no-cache\n")
    );
    assert!(!events.head.contains("access-control"), "{}", events.head);
    let first = events.token();
    assert_eq!(first, served.preview.current().token());
    let state = served.write("content/about.md", "---\ntitle: Secret\n---\nSecret words.\n");
    let mut lines = Vec::new();
    while lines.last().is_none_or(|line: &String| !line.starts_with("data: ")) {
        lines.push(events.line());
    }
    assert_eq!(lines.last(), Some(&format!("data: {}", state.token())));
    assert!(lines.iter().any(|line| line == "event: state") && !lines.concat().contains("Secret"), "{lines:?}");
    let number = |token: &str| token.rsplit_once('-').map(|(_, number)| number.parse::<u64>().unwrap());
    assert_eq!(number(state.token()), number(&first).map(|number| number + 1));
}

#[test]
fn tokens_are_unique_across_servers() {
    let start = |served: &Served| served.preview.current().token().split('-').next().map(ToOwned::to_owned);
    assert_ne!(start(&Served::new(&project())), start(&Served::new(&project())));
}

#[test]
fn a_quiet_event_stream_sends_heartbeats() {
    let served = Served::with_limits(
        &project(),
        ServerLimits { heartbeat_interval: Duration::from_millis(20), ..ServerLimits::default() },
    );
    let mut events = served.events();
    events.token();
    while events.line() != ": still here" {}
}

#[test]
fn the_server_stops_although_an_event_stream_is_open() {
    let served = Served::new(&project());
    let mut events = served.events();
    events.token();
    drop(served);
    events.ends();
}

#[test]
fn event_streams_are_limited_and_pages_are_still_served() {
    let served = Served::with_limits(
        &project(),
        ServerLimits { max_event_streams: 3, max_connections: 8, ..ServerLimits::default() },
    );
    let mut listening: Vec<_> = (0..3).map(|_| served.events()).collect();
    for events in &mut listening {
        events.token();
    }
    assert_eq!(served.request("GET", "/_stepladder/events", &[]).status, 503);
    for _ in 0..20 {
        served.get("/about.html").is(200);
    }
    drop(listening.pop());
    let end = Instant::now() + DEADLINE;
    while !served.events().head.starts_with("http/1.1 200") {
        assert!(Instant::now() < end, "the place of one who has gone is not free again");
    }
}
