//! What a client of HTTP/2 may not do: each has its one end, and whoever asks rightly on another connection is answered meanwhile.
//!
//! The frames are put together byte by byte, since no client library sends them.

use hyper::client::conn::http2::SendRequest;

use super::*;

/// How the server ends what is wrong. The codes are those of RFC 9113, section 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// A response of this status.
    Status(u16),
    /// The stream is reset, and the connection goes on.
    Reset(u32),
    /// The connection ends, with the reason or, where the rest of what was sent was not read, without.
    Gone(u32),
    /// The connection is closed without a word.
    Closed,
}

/// What is wrong, the bytes of it, and how it may end.
type Case = (&'static str, Vec<u8>, &'static [End]);

const ANSWERED: &[End] = &[End::Status(200)];
const LATE: &[End] = &[End::Status(408)];
const LATE_OR_TOO_MANY: &[End] = &[End::Status(408), End::Gone(ENHANCE_YOUR_CALM)];
const NO_HPACK: &[End] = &[End::Gone(COMPRESSION_ERROR), End::Gone(PROTOCOL_ERROR)];
const TOO_WIDE: &[End] = &[End::Gone(FLOW_CONTROL_ERROR)];
const MALFORMED: &[End] = &[End::Reset(PROTOCOL_ERROR)];
const NO_FIELD: &[End] = &[End::Reset(PROTOCOL_ERROR), End::Gone(PROTOCOL_ERROR), End::Gone(COMPRESSION_ERROR)];
const BROKEN: &[End] = &[End::Gone(PROTOCOL_ERROR)];
const WRONG_LENGTH: &[End] = &[End::Gone(FRAME_SIZE_ERROR), End::Gone(PROTOCOL_ERROR)];
const TOO_MUCH: &[End] = &[End::Status(431), End::Gone(COMPRESSION_ERROR), End::Gone(ENHANCE_YOUR_CALM)];
const AFTER_THE_END: &[End] =
    &[End::Status(400), End::Reset(STREAM_CLOSED), End::Gone(STREAM_CLOSED), End::Gone(PROTOCOL_ERROR)];
const NOT_WHOLE: &[End] = &[End::Reset(PROTOCOL_ERROR), End::Status(400), End::Status(408)];

#[tokio::test]
async fn what_http_2_forbids_has_its_end_and_others_are_answered_meanwhile() {
    // A body that never ends is waited for in some of the cases.
    let limits = GatewayLimits { body_timeout: Duration::from_millis(500), ..GatewayLimits::default() };
    let stage = Stage::new(limits, Clerk::new()).await;
    let mut good = Good::connect(&stage).await;
    let mut wrong = Vec::new();
    for (name, bytes, ends) in [fields(), sizes(), bodies(), frames()].concat() {
        let mut wire = Wire::connect(&stage).await;
        wire.send(&bytes).await;
        good.is_answered().await;
        let end = wire.end().await;
        let is_gone = end == End::Closed && ends.iter().any(|end| matches!(end, End::Gone(_)));
        if !ends.contains(&end) && !is_gone {
            wrong.push(format!("{name}: expected one of {ends:?}, found {end:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(stage.clerk.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_over_http_2_too() {
    let limits = GatewayLimits { body_bytes: 1024, ..GatewayLimits::default() };
    let stage = Stage::new(limits, Clerk::new()).await;
    let mut good = Good::connect(&stage).await;
    for bytes in [1025, 200_000] {
        let request = Request::post("https://localhost/v1/questions").header("content-type", "application/json");
        let request = request.body(Full::from(vec![b' '; bytes])).unwrap();
        assert_eq!(good.0.send_request(request).await.unwrap().status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    good.is_answered().await;
    assert_eq!(stage.clerk.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn streams_over_the_limit_are_refused_one_by_one_and_the_others_go_on() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let mut good = Good::connect(&stage).await;
    let mut wire = Wire::connect(&stage).await;
    let streams = (0..80).map(|number| 2 * number + 1);
    let begun: Vec<u8> = streams.flat_map(|stream| frame(HEADERS, END_HEADERS, stream, &post(&[]))).collect();
    wire.send(&in_order(&begun)).await;
    good.is_answered().await;
    for number in 64..80 {
        assert_eq!(wire.next().await, Some((2 * number + 1, End::Reset(REFUSED_STREAM))));
    }
    wire.send(&frame(DATA, END_STREAM, 1, b"{}")).await;
    assert_eq!(wire.next().await, Some((1, End::Status(400))));
    good.is_answered().await;
}

#[tokio::test]
async fn thousands_of_streams_that_are_opened_and_reset_ask_nothing_and_hold_nobody_up() {
    let stage = Stage::new(GatewayLimits::default(), Clerk::new()).await;
    let mut good = Good::connect(&stage).await;
    let streams = (0..5_000).map(|number| 2 * number + 1);
    let reset = streams.flat_map(|stream| {
        let head = frame(HEADERS, END_HEADERS, stream, &post(&[]));
        [head, frame(RST_STREAM, 0, stream, &CANCEL.to_be_bytes())].concat()
    });
    let mut wire = Wire::connect(&stage).await;
    wire.send(&in_order(&reset.collect::<Vec<u8>>())).await;
    good.is_answered().await;
    let end = wire.end().await;
    assert!([End::Gone(ENHANCE_YOUR_CALM), End::Closed].contains(&end), "{end:?}");
    good.is_answered().await;
    assert_eq!(stage.clerk.asked.load(Ordering::SeqCst), 0);
}

/// Heads that are none.
fn fields() -> Vec<Case> {
    let asks = |fields: &[(&str, &str)]| in_order(&frame(HEADERS, END_HEADERS | END_STREAM, 1, &block(fields)));
    let with = |name: &str, value: &str| asks(&[&GET[..], &[(name, value)]].concat());
    let without = |name: &str| {
        let rest: Vec<_> = GET.into_iter().filter(|(other, _)| *other != name).collect();
        asks(&rest)
    };
    let mut after_others = GET.to_vec();
    after_others.swap(0, 3);
    after_others.insert(1, ("a", "b"));
    vec![
        ("a request in order", asks(&GET), ANSWERED),
        ("no path", without(":path"), MALFORMED),
        ("no method", without(":method"), MALFORMED),
        ("no scheme", without(":scheme"), MALFORMED),
        ("two paths", with(":path", "/v1/catalogues"), MALFORMED),
        ("two methods", with(":method", "POST"), MALFORMED),
        ("a path that is empty", asks(&[&GET[..3], &[(":path", "")]].concat()), MALFORMED),
        ("a path after other fields", asks(&after_others), MALFORMED),
        ("a status in a request", with(":status", "200"), MALFORMED),
        ("an unknown field with a colon", with(":role", "ekonomiskt-bistand"), NO_FIELD),
        ("transfer-encoding", with("transfer-encoding", "chunked"), MALFORMED),
        ("connection", with("connection", "close"), MALFORMED),
        ("keep-alive", with("keep-alive", "timeout=5"), MALFORMED),
        ("proxy-connection", with("proxy-connection", "close"), MALFORMED),
        ("upgrade", with("upgrade", "websocket"), MALFORMED),
        ("te of more than trailers", with("te", "gzip"), MALFORMED),
        ("a name in capitals", with("Accept", "*/*"), NO_FIELD),
        ("a name with a space", with("a b", "c"), NO_FIELD),
        ("a value with a line", with("a", "b\r\nc: d"), NO_FIELD),
        ("a value with NUL", with("a", "b\0c"), NO_FIELD),
        ("a block that is no HPACK", in_order(&frame(HEADERS, END_HEADERS | END_STREAM, 1, &[0xff; 64])), NO_HPACK),
    ]
}

/// Heads that are too large, or never end.
fn sizes() -> Vec<Case> {
    let one = block(&[&GET[..], &[("a", &"x".repeat(20_000))]].concat());
    let (first, rest) = one.split_at(16_000);
    let long = [frame(HEADERS, END_STREAM, 1, first), frame(CONTINUATION, END_HEADERS, 1, rest)].concat();
    let names: Vec<String> = (0..1_500).map(|number| format!("a{number}")).collect();
    let many: Vec<(&str, &str)> = GET.into_iter().chain(names.iter().map(|name| (name.as_str(), "b"))).collect();
    // Into the table of HPACK once, and from there a thousand times.
    let entry = [&[0x40][..], &text("a"), &text(&"x".repeat(3_000))].concat();
    let grown = [block(&GET), entry, vec![0xbe; 1_000]].concat();
    let endless = |part: &[u8]| {
        let parts = frame(CONTINUATION, 0, 1, part).repeat(5_000);
        in_order(&[frame(HEADERS, END_STREAM, 1, &block(&GET)), parts].concat())
    };
    vec![
        ("one field over the limit", in_order(&long), TOO_MUCH),
        (
            "many small fields over the limit",
            in_order(&frame(HEADERS, END_HEADERS | END_STREAM, 1, &block(&many))),
            TOO_MUCH,
        ),
        ("few bytes that grow", in_order(&frame(HEADERS, END_HEADERS | END_STREAM, 1, &grown)), TOO_MUCH),
        ("fields without end", endless(&block(&[("a", "b")])), TOO_MUCH),
        ("nothing without end", endless(&[]), TOO_MUCH),
    ]
}

/// Bodies that are not what their head says, or never come.
fn bodies() -> Vec<Case> {
    let begun = |length: &str| frame(HEADERS, END_HEADERS, 1, &post(&[("content-length", length)]));
    let with = |length: &str, data: &[u8]| in_order(&[begun(length), frame(DATA, END_STREAM, 1, data)].concat());
    let unbound = frame(HEADERS, END_HEADERS, 1, &post(&[]));
    let large = [unbound.clone(), frame(DATA, 0, 1, &[b' '; 16_000]).repeat(20)].concat();
    let nothing = [unbound.clone(), frame(DATA, 0, 1, b"").repeat(5_000)].concat();
    let no_body = in_order(&frame(HEADERS, END_HEADERS | END_STREAM, 1, &post(&[("content-length", "5")])));
    vec![
        ("less than its length", with("5", b"{}"), NOT_WHOLE),
        ("more than its length", with("1", b"{}"), NOT_WHOLE),
        ("nothing of its length", no_body, NOT_WHOLE),
        ("a length that is no number", with("two", b"{}"), MALFORMED),
        ("a length below nothing", with("-2", b"{}"), MALFORMED),
        ("a body over the window", in_order(&large), TOO_WIDE),
        ("a body that never ends", in_order(&[unbound.clone(), frame(DATA, 0, 1, b"{")].concat()), LATE),
        ("a body that never begins", in_order(&unbound), LATE),
        ("a body of nothing without end", in_order(&nothing), LATE_OR_TOO_MANY),
        ("data after the end", [with("2", b"{}"), frame(DATA, END_STREAM, 1, b"{}")].concat(), AFTER_THE_END),
    ]
}

/// Frames where, or as, there may be none.
fn frames() -> Vec<Case> {
    let alone = |kind, stream, payload: &[u8]| in_order(&frame(kind, 0, stream, payload));
    let head = |stream| frame(HEADERS, END_HEADERS | END_STREAM, stream, &block(&GET));
    let between = [frame(HEADERS, END_STREAM, 1, &block(&GET)), frame(PING, 0, 0, &[0; 8])].concat();
    let of_another = [frame(HEADERS, END_STREAM, 1, &block(&GET)), frame(CONTINUATION, END_HEADERS, 3, &[])].concat();
    let no_preface = b"GET /v1/api-info HTTP/1.1\r\nhost: localhost\r\n\r\n".to_vec();
    let push = [&2_u32.to_be_bytes()[..], &block(&GET)].concat();
    vec![
        ("data before the head", alone(DATA, 1, b"{}"), BROKEN),
        ("data of no stream", alone(DATA, 0, b"{}"), BROKEN),
        ("a head on the server's stream", in_order(&head(2)), BROKEN),
        ("a head of no stream", in_order(&head(0)), BROKEN),
        ("the rest of a head before it", alone(CONTINUATION, 1, &block(&GET)), BROKEN),
        ("another frame within a head", in_order(&between), BROKEN),
        ("the rest of another head", in_order(&of_another), BROKEN),
        ("a promise of a client", in_order(&frame(PUSH_PROMISE, END_HEADERS, 1, &push)), BROKEN),
        ("the reset of a stream that is none", alone(RST_STREAM, 1, &CANCEL.to_be_bytes()), BROKEN),
        ("a window that grows by nothing", alone(WINDOW_UPDATE, 0, &[0; 4]), BROKEN),
        ("a window without end", alone(WINDOW_UPDATE, 0, &[0x7f, 0xff, 0xff, 0xff]), TOO_WIDE),
        ("settings of five bytes", alone(SETTINGS, 0, &[0; 5]), WRONG_LENGTH),
        ("a ping of seven bytes", alone(PING, 0, &[0; 7]), WRONG_LENGTH),
        ("a frame longer than any may be", alone(DATA, 1, &[0; 16_385]), WRONG_LENGTH),
        ("HTTP/1.1", no_preface, BROKEN),
        ("settings before the preface", frame(SETTINGS, 0, 0, &[]).repeat(4), BROKEN),
    ]
}

/// A connection whose every byte the test says.
struct Wire(TlsStream<TcpStream>);

impl Wire {
    async fn connect(stage: &Stage) -> Self {
        Self(stage.connect(stage.config(b"h2")).await.unwrap())
    }

    /// Sends as much as the server takes.
    async fn send(&mut self, bytes: &[u8]) {
        if self.0.write_all(bytes).await.is_ok() {
            drop(self.0.flush().await);
        }
    }

    /// How the first thing ends.
    async fn end(&mut self) -> End {
        self.next().await.map_or(End::Closed, |(_, end)| end)
    }

    /// What ends next, and on which stream.
    async fn next(&mut self) -> Option<(u32, End)> {
        timeout(Duration::from_secs(30), async {
            loop {
                let (kind, stream, payload) = self.frame().await.ok()?;
                let code = |at: usize| u32::from_be_bytes(payload[at..at + 4].try_into().unwrap());
                match kind {
                    HEADERS => return Some((stream, End::Status(status(&payload)))),
                    RST_STREAM => return Some((stream, End::Reset(code(0)))),
                    GOAWAY if code(4) != 0 => return Some((stream, End::Gone(code(4)))),
                    _ => {}
                }
            }
        })
        .await
        .expect("neither an answer nor an end")
    }

    async fn frame(&mut self) -> io::Result<(u8, u32, Vec<u8>)> {
        let mut head = [0; 9];
        self.0.read_exact(&mut head).await?;
        let [a, b, c, kind, _, stream @ ..] = head;
        let mut payload = vec![0; usize::try_from(u32::from_be_bytes([0, a, b, c])).unwrap()];
        self.0.read_exact(&mut payload).await?;
        Ok((kind, u32::from_be_bytes(stream), payload))
    }
}

/// Somebody who asks rightly.
struct Good(SendRequest<Full<Bytes>>);

impl Good {
    async fn connect(stage: &Stage) -> Self {
        let stream = TokioIo::new(stage.connect(stage.config(b"h2")).await.unwrap());
        let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await.unwrap();
        tokio::spawn(connection);
        Self(sender)
    }

    async fn is_answered(&mut self) {
        let request = Request::get("https://localhost/v1/api-info").body(Full::default()).unwrap();
        let response = self.0.send_request(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert!(!response.into_body().collect().await.unwrap().to_bytes().is_empty());
    }
}

/// What a connection begins with, and then these frames.
fn in_order(frames: &[u8]) -> Vec<u8> {
    [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &frame(SETTINGS, 0, 0, &[])[..], frames].concat()
}

/// RFC 9113, section 4.1.
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

const GET: [(&str, &str); 4] =
    [(":method", "GET"), (":scheme", "https"), (":authority", "localhost"), (":path", "/v1/api-info")];

/// The head of a question.
fn post(more: &[(&str, &str)]) -> Vec<u8> {
    let head = [(":method", "POST"), (":scheme", "https"), (":authority", "localhost"), (":path", "/v1/questions")];
    block(&[&head[..], &[("content-type", "application/json")], more].concat())
}

/// Fields as HPACK writes them without its table: RFC 7541, section 6.2.2.
fn block(fields: &[(&str, &str)]) -> Vec<u8> {
    fields.iter().flat_map(|(name, value)| [&[0][..], &text(name), &text(value)].concat()).collect()
}

/// A text with its length before it: RFC 7541, sections 5.1 and 5.2.
fn text(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    match u8::try_from(text.len()) {
        Ok(length) if length < 127 => bytes.push(length),
        _ => {
            bytes.push(127);
            let mut rest = text.len() - 127;
            while rest >= 128 {
                bytes.push(u8::try_from(rest % 128).unwrap() | 0x80);
                rest /= 128;
            }
            bytes.push(u8::try_from(rest).unwrap());
        }
    }
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// The status that a block begins with: one of HPACK's own, or three digits in its code: RFC 7541, appendices A and B.
fn status(block: &[u8]) -> u16 {
    match block {
        [0x88, ..] => 200,
        [0x8c, ..] => 400,
        [0x8d, ..] => 404,
        [0x8e, ..] => 500,
        [0x08 | 0x48, length, rest @ ..] if length & 0x80 != 0 => {
            let bits: Vec<u16> =
                rest.iter().flat_map(|byte| (0..8).rev().map(move |bit| u16::from(byte >> bit & 1))).collect();
            let mut bits = bits.into_iter();
            let mut take = |count: usize, begun: u16| bits.by_ref().take(count).fold(begun, |code, bit| code * 2 + bit);
            (0..3).fold(0, |status, _| {
                let five = take(5, 0);
                // `0`, `1` and `2` have five bits, the other digits six, from 25 on.
                let digit = if five < 3 { five } else { take(1, five) - 22 };
                status * 10 + digit
            })
        }
        [0x08 | 0x48, 3, digits @ ..] => str::from_utf8(&digits[..3]).unwrap().parse().unwrap(),
        _ => panic!("no status in {block:02x?}"),
    }
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PUSH_PROMISE: u8 = 5;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

const PROTOCOL_ERROR: u32 = 1;
const FLOW_CONTROL_ERROR: u32 = 3;
const STREAM_CLOSED: u32 = 5;
const FRAME_SIZE_ERROR: u32 = 6;
const REFUSED_STREAM: u32 = 7;
const CANCEL: u32 = 8;
const COMPRESSION_ERROR: u32 = 9;
const ENHANCE_YOUR_CALM: u32 = 11;
