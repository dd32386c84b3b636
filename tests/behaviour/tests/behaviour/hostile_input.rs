//! Whatever is sent to a front, it has one clear answer that repeats nothing of it, and those who ask rightly are served meanwhile.

use http::Method;
use http_body_util::Full;
use ssbtx_stage::client::{Client, Received};
use ssbtx_stage::lefi::AKTORSID;
use ssbtx_stage::pki::{ORGANISATION, OTHER_ORGANISATION};
use ssbtx_stage::questions::Asking;

use crate::contract::assert_valid_fault;
use crate::play::{ALVAR, Play, state};

/// Stands in every request, and must be in no answer and no log.
const MARKER: &str = "zqHostileqz";
const SOAP: &str = "/ssbtek/v10";

/// A request, and the answer that it should have.
struct Hostile {
    name: &'static str,
    method: Method,
    path: String,
    content_type: Option<&'static str>,
    body: Vec<u8>,
    status: u16,
    /// The type of the problem, or the code of the fault.
    told: &'static str,
}

fn soap(name: &'static str, body: impl Into<Vec<u8>>, told: &'static str) -> Hostile {
    let (path, content_type) = (SOAP.to_owned(), Some("text/xml; charset=utf-8"));
    Hostile { name, method: Method::POST, path, content_type, body: body.into(), status: 500, told }
}

fn json(name: &'static str, body: impl Into<Vec<u8>>, told: &'static str) -> Hostile {
    let (path, content_type) = ("/v1/questions".to_owned(), Some("application/json"));
    Hostile { name, method: Method::POST, path, content_type, body: body.into(), status: 400, told }
}

/// A question in SOAP with one part replaced.
fn soap_with(name: &'static str, part: &str, by: &str, told: &'static str) -> Hostile {
    let question = Asking::about(ALVAR).to_soap();
    assert!(question.contains(part), "{name}: `{part}` is not in the question");
    soap(name, question.replacen(part, by, 1), told)
}

/// A question in JSON with one part replaced.
fn json_with(name: &'static str, part: &str, by: &str, told: &'static str) -> Hostile {
    let question = Asking::about(ALVAR).to_json().to_string();
    assert!(question.contains(part), "{name}: `{part}` is not in the question");
    json(name, question.replacen(part, by, 1), told)
}

fn repeated(times: usize, piece: impl Fn(usize) -> String) -> String {
    (0..times).map(piece).collect::<Vec<_>>().concat()
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Sends each of these beside a good question, and looks at both answers.
async fn each_is_told_and_nobody_else_notices(hostile: Vec<Hostile>) {
    let play = Play::begin();
    play.act_for_nobody().await;
    let (attacker, good) = (play.client(&play.pki.ekonomiskt_bistand), Asking::about(ALVAR).including(&["MIV"]));
    let questions = hostile.len();
    for one in hostile {
        let (name, status, told, is_soap) = (one.name, one.status, one.told, one.path == SOAP);
        let (received, answer) = tokio::join!(send(&attacker, one), play.ask_as(&play.pki.arbetsmarknad, &good));
        assert_eq!(state(&answer, "MIV"), "answered", "{name}");
        assert_eq!(received.status, status, "{name}: {}", received.body);
        assert!(received.body.contains(told), "{name}, not `{told}`: {}", received.body);
        assert!(!received.body.contains(MARKER) && !received.body.contains(ALVAR), "{name}: {}", received.body);
        if is_soap && received.body.contains("Fault") {
            assert_valid_fault(&received.body);
        }
        assert!(received.body.len() < 64 * 1024, "{name}: {} bytes", received.body.len());
    }
    assert_eq!(play.records().len(), questions, "only what could be asked is recorded");
    let logged = play.host.logged().unwrap();
    assert!(!logged.contains(MARKER) && !logged.contains("panicked"), "{logged}");
}

async fn send(client: &Client, hostile: Hostile) -> Received {
    let mut request = client.request(hostile.method, &hostile.path);
    if let Some(content_type) = hostile.content_type {
        request = request.header("content-type", content_type);
    }
    client.send(request.body(Full::from(hostile.body)).unwrap()).await.unwrap()
}

#[tokio::test]
async fn xml_that_is_none_or_too_much_is_refused() {
    let question = Asking::about(ALVAR).to_soap();
    let bomb =
        "<!DOCTYPE x [<!ENTITY a \"zqHostileqz\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><x>&c;</x>";
    let outside = format!("<!DOCTYPE x SYSTEM \"file:///etc/{MARKER}\">{question}");
    let attributes = repeated(9_000, |number| format!(" {MARKER}{number}=''"));
    let namespaces = repeated(5_000, |number| format!("<a xmlns:p{number}='{MARKER}'>"));
    let nested = format!("{}{}", "<a>".repeat(30_000), "</a>".repeat(30_000));
    let mut with_mark = vec![0xff, 0xfe];
    with_mark.extend(utf_16(&question));
    let latin_1: Vec<u8> = question.chars().map(|character| u8::try_from(character).unwrap()).collect();
    each_is_told_and_nobody_else_notices(vec![
        soap("nothing", "", "SSBT-201"),
        soap("a bomb of entities", bomb, "SSBT-201"),
        soap("a document type from elsewhere", outside, "SSBT-201"),
        soap("an entity of nobody's", question.replace("EB-2026", &format!("&{MARKER};")), "SSBT-201"),
        soap("an endless nest", nested, "SSBT-202"),
        soap("an unclosed nest", "<a>".repeat(80_000), "SSBT-202"),
        soap("attributes without end", format!("<x{attributes}/>"), "SSBT-202"),
        soap("namespaces without end", namespaces, "SSBT-202"),
        soap("elements without end", format!("<x>{}</x>", "<y/>".repeat(50_000)), "SSBT-201"),
        soap("one huge attribute", format!("<x y='{}'/>", MARKER.repeat(20_000)), "SSBT-202"),
        soap("an attribute twice", "<x zqHostileqz='1' zqHostileqz='2'/>", "SSBT-201"),
        soap("no character", format!("<x>{MARKER}&#0;</x>"), "SSBT-201"),
        soap("half a question", &question.as_bytes()[..question.len() / 2], "SSBT-201"),
        soap("two questions", format!("{question}{question}"), "SSBT-201"),
        soap("UTF-16 with its mark", with_mark, "SSBT-201"),
        soap("UTF-16 without", utf_16(&question), "SSBT-201"),
        soap("ISO 8859-1", latin_1, "SSBT-201"),
        soap("compressed", b"\x1f\x8b\x08\x00zqHostileqz".as_slice(), "SSBT-201"),
        soap("JSON", Asking::about(ALVAR).to_json().to_string(), "SSBT-201"),
        Hostile { status: 413, ..soap("too much", MARKER.repeat(30_000), "SSBT-209") },
    ])
    .await;
}

#[tokio::test]
async fn soap_that_is_no_question_is_refused() {
    let envelope = |body: &str| {
        format!("<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>{body}</e:Body></e:Envelope>")
    };
    let question = || Asking::about(ALVAR).to_soap();
    let typed = |content_type| Hostile { content_type, status: 415, ..soap("another type", question(), "SSBT-208") };
    each_is_told_and_nobody_else_notices(vec![
        soap("a page", format!("<html><body>{MARKER}</body></html>"), "SSBT-202"),
        soap("no operation", envelope(""), "SSBT-202"),
        soap("two operations", envelope("<a/><zqHostileqz/>"), "SSBT-202"),
        soap_with(
            "SOAP 1.2",
            "http://schemas.xmlsoap.org/soap/envelope/",
            "http://www.w3.org/2003/05/soap-envelope",
            "SSBT-203",
        ),
        soap_with(
            "a header to understand",
            "<soapenv:Header/>",
            "<soapenv:Header><zqHostileqz soapenv:mustUnderstand='1'/></soapenv:Header>",
            "SSBT-204",
        ),
        soap_with("another version", "integration/ssbt/10", "integration/ssbt/zqHostileqz", "SSBT-205"),
        soap("another operation", envelope("<zqHostileqz/>"), "SSBT-205"),
        soap_with("an element more", "<syfte>", "<zqHostileqz/><syfte>", "SSBT-206"),
        soap_with("an element less", "<lagtext>SoL 15 kap.</lagtext>", "", "SSBT-206"),
        soap_with("an attribute more", "<ingivare>", "<ingivare zqHostileqz='1'>", "SSBT-206"),
        soap_with("text between", "<ingivare>", "<ingivare>zqHostileqz", "SSBT-206"),
        soap_with(
            "a null",
            "<syfte>",
            "<syfte xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'>",
            "SSBT-206",
        ),
        soap_with(
            "two persons",
            "<arendeidentitet>",
            "<personidentitet>zqHostileqz</personidentitet><arendeidentitet>",
            "SSBT-206",
        ),
        soap_with("no person", ALVAR, MARKER, "SSBT-207"),
        soap_with("no date", "<fromDatum>2", "<fromDatum>zqHostileqz2", "SSBT-207"),
        soap_with("a period backwards", "<tomDatum>2", "<tomDatum>1", "SSBT-207"),
        soap_with("no organisation", ORGANISATION, MARKER, "SSBT-207"),
        soap_with("neither yes nor no", "inkludera=\"true\"", "inkludera=\"zqHostileqz\"", "SSBT-207"),
        soap_with("a case without end", "EB-2026-0001", &MARKER.repeat(1000), "SSBT-207"),
        soap_with("no base64", "<lefiJsonFraga>", "<lefiJsonFraga>zqHostileqz!", "SSBT-207"),
        soap_with("another organisation", ORGANISATION, OTHER_ORGANISATION, "SSBT-212"),
        soap_with("another's name at Försäkringskassan", AKTORSID[0].1, MARKER, "SSBT-212"),
        typed(None),
        typed(Some("application/json")),
        typed(Some("text/xml; charset=utf-16")),
        typed(Some("multipart/related; boundary=zqHostileqz")),
        Hostile { content_type: Some("application/soap+xml"), ..soap("SOAP 1.2 by its type", question(), "SSBT-203") },
    ])
    .await;
}

#[tokio::test]
async fn json_that_is_none_or_no_question_is_refused() {
    let (malformed, invalid) = ("/problems/malformed-json", "/problems/invalid-question");
    let question = || Asking::about(ALVAR).to_json().to_string();
    let typed = |content_type| Hostile {
        content_type,
        status: 415,
        ..json("another type", question(), "/problems/unsupported-media-type")
    };
    let keys = repeated(9_000, |number| format!(",\"{MARKER}{number}\":1"));
    each_is_told_and_nobody_else_notices(vec![
        json("nothing", "", malformed),
        json("half a question", &question().as_bytes()[..100], malformed),
        json("two questions", format!("{0}{0}", question()), malformed),
        json("an endless nest", "[".repeat(200_000), malformed),
        json("an endless nest of objects", "{\"a\":".repeat(40_000), malformed),
        json("no number", format!("{{\"person\":1e999,\"{MARKER}\":1}}"), malformed),
        json("half a character", format!("\"{MARKER}\\ud800\""), malformed),
        json("UTF-16", utf_16(&question()), malformed),
        json("ISO 8859-1", question().chars().map(|c| u8::try_from(c).unwrap()).collect::<Vec<_>>(), malformed),
        json("XML", Asking::about(ALVAR).to_soap(), malformed),
        json("a list", format!("[\"{MARKER}\"]"), invalid),
        json("a text", format!("\"{MARKER}\""), invalid),
        json("nothing in it", "{}", invalid),
        json_with("two persons", "{", "{\"person\":\"zqHostileqz\",", invalid),
        json_with("two first days", "\"from\"", "\"from\":\"zqHostileqz\",\"from\"", invalid),
        json("keys without end", format!("{{\"a\":1{keys}}}"), invalid),
        json("agencies without end", format!("{{\"include\":[{}1]}}", "\"zqHostileqz\",".repeat(15_000)), invalid),
        json_with("a number for a text", "\"EB-2026-0001\"", "17", invalid),
        json_with("a list for an object", "\"period\":{", "\"period\":[\"zqHostileqz\"],\"more\":{", invalid),
        json_with("no person", ALVAR, MARKER, invalid),
        json_with("a null", "\"EB-2026-0001\"", "null", invalid),
        json_with("a control character", "EB-2026-0001", "zqHostileqz\\u0000", invalid),
        json_with("an unknown agency", "\"AF\"", "\"zqHostileqz\"", invalid),
        json_with("an agency twice", "\"AF\"", "\"MIV\"", invalid),
        Hostile {
            status: 403,
            ..json_with("another organisation", ORGANISATION, OTHER_ORGANISATION, "/problems/not-your-organisation")
        },
        typed(None),
        typed(Some("text/json")),
        typed(Some("application/json; charset=utf-16")),
        Hostile { status: 413, ..json("too much", MARKER.repeat(30_000), "/problems/body-too-large") },
    ])
    .await;
}

#[tokio::test]
async fn paths_and_methods_that_are_none_are_refused() {
    let at = |method: Method, path: &str, status, told| Hostile {
        method,
        path: path.to_owned(),
        status,
        ..json("a path or method", MARKER, told)
    };
    let (not_found, not_allowed) = ("/problems/not-found", "/problems/method-not-allowed");
    each_is_told_and_nobody_else_notices(vec![
        at(Method::GET, "/", 404, not_found),
        at(Method::GET, "/zqHostileqz", 404, not_found),
        at(Method::POST, "/v1/questions/", 404, not_found),
        at(Method::POST, "/V1/QUESTIONS", 404, not_found),
        at(Method::POST, "/ssbtek/v11", 404, not_found),
        at(Method::GET, "/v1/catalogues/zqHostileqz", 404, not_found),
        at(Method::GET, "/v1/catalogues/%ff", 404, not_found),
        at(Method::GET, "/v1/catalogues/..%2f..%2fetc%2fpasswd", 404, not_found),
        at(Method::GET, "/v1/catalogues/AF%00", 404, not_found),
        at(Method::GET, "/v1/questions", 405, not_allowed),
        at(Method::PUT, "/v1/questions", 405, not_allowed),
        at(Method::DELETE, "/v1/policies", 405, not_allowed),
        at(Method::GET, "/ssbtek/v10", 405, not_allowed),
        at(Method::OPTIONS, "/ssbtek/v10", 405, not_allowed),
        at(Method::TRACE, "/v1/questions", 405, not_allowed),
        at("ZQHOSTILEQZ".parse().unwrap(), "/v1/questions", 405, not_allowed),
        at(Method::POST, "/v1/questions?person=zqHostileqz", 400, "/problems/malformed-json"),
    ])
    .await;
}
