//! Questions about the audit log, over the listener.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use serde_json::{Value, json};
use ssbtx_admin::{AdminLimits, BasisDates, Editions, Figures, Insight, Readiness};
use ssbtx_audit::{
    AuditLog, AuditQuestions, AuditSettings, ConsumerName, LookUpRequest, MisuseSettings, Officers, Refused,
    RefusedWhy, Searchable, SegmentIndex, SubjectKey,
};
use ssbtx_core::{CaseId, Caseworker, Front, IdentityCheck, PersonId, Purpose, QuestionId};
use ssbtx_signing::{FileKey, Passphrase, PublicKey, Signer as _};
use ssbtx_upstream::UpstreamHealth;
use tempfile::TempDir;

use crate::place::{Answer, Place};
use crate::sample::Sample;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_shown_to_two_officers_and_once() {
    let host = Host::new().await;
    let body = json!({ "request": host.request(&["anna", "bo"]), "person": PERSON }).to_string();
    let answer = host.post("/admin/audit/person", body.clone()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let found: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(found["records"][0]["record"]["why"], "caseNotOpen");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(problem(&host.post("/admin/audit/person", body).await), (403, "answered".to_owned()));
    assert_eq!(host.log_text().matches(r#""kind":"lookedUp""#).count(), 1);
    let alone = json!({ "request": host.request(&["anna"]), "person": PERSON }).to_string();
    assert_eq!(problem(&host.post("/admin/audit/person", alone).await), (403, "too-few-officers".to_owned()));
    let another = json!({ "request": host.request(&["anna", "bo"]), "person": ANOTHER }).to_string();
    assert_eq!(problem(&host.post("/admin/audit/person", another).await), (403, "another-person".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caseworkers_questions_and_the_reports_are_shown() {
    let host = Host::new().await;
    let question = |name: &str| json!({ "organisation": "162020000001", "caseworker": name, "from": "2026-01-01T00:00:00Z", "before": "2026-02-01T00:00:00Z" });
    for (name, records) in [("åsa exempel", 1), ("Bo Exempel", 0)] {
        let answer = host.post("/admin/audit/caseworker", question(name).to_string()).await;
        let found: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(found["records"].as_array().unwrap().len(), records, "{name}");
    }
    let usage: Value = serde_json::from_str(&host.place.get("/admin/audit/usage?from=2026-01").await.body).unwrap();
    // What was refused since its case is not open stands in the other report alone.
    assert_eq!(usage, json!({ "months": [{ "month": "2026-01", "running": false, "partial": false, "rows": [] }] }));
    let misuse = host.place.get("/admin/audit/misuse?from=2025-12&to=2026-01").await.body;
    let misuse: Value = serde_json::from_str(&misuse).unwrap();
    assert_eq!(misuse["months"][1]["consumers"][0]["outsideCaseRefused"], json!({ "caseworkers": [], "others": "<5" }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_question_is_told_so_and_not_quoted() {
    let host = Host::new().await;
    for (query, expected) in [
        ("", "query"),
        ("?from=2026-01&from=2026-01", "query"),
        ("?from=2026-01&person=197701172392", "query"),
        ("?from=197701172392", "month"),
        ("?from=2026-01&to=2025-01", "months"),
        ("?from=2999-01", "months"),
    ] {
        let answer = host.place.get(&format!("/admin/audit/usage{query}")).await;
        assert_eq!(problem(&answer), (400, expected.to_owned()), "{query}");
        assert!(!answer.body.contains(PERSON));
    }
    let request = host.request(&["anna", "bo"]);
    for (body, expected) in [
        (String::new(), "body"),
        (json!({ "request": request }).to_string(), "body"),
        (json!({ "request": request, "person": PERSON, "more": 1 }).to_string(), "body"),
        (json!({ "request": request, "person": "19770117" }).to_string(), "member"),
        (json!({ "request": {}, "person": PERSON }).to_string(), "member"),
    ] {
        let answer = host.post("/admin/audit/person", body).await;
        assert_eq!(problem(&answer), (400, expected.to_owned()));
        assert!(!answer.body.contains(PERSON));
    }
    assert_eq!(problem(&host.post("/admin/audit/person", " ".repeat(70_000)).await), (413, "too-large".to_owned()));
    let sent = host.place.send("POST", "/admin/audit/person", "{}").await;
    assert_eq!(problem(&sent), (415, "content-type".to_owned()));
    assert_eq!(host.place.get("/admin/audit/person").await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caseworkers_questions_of_more_than_a_month_are_not_asked_for_at_once() {
    let host = Host::new().await;
    let question = json!({ "organisation": "162020000001", "caseworker": "Åsa Exempel", "from": "2026-01-01T00:00:00Z", "before": "2026-02-02T00:00:00Z" });
    let answer = host.post("/admin/audit/caseworker", question.to_string()).await;
    assert_eq!(problem(&answer), (400, "too-long".to_owned()));
}

#[tokio::test]
async fn a_host_that_answers_no_such_questions_says_so() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    assert_eq!(problem(&place.get("/admin/audit/usage?from=2026-01").await), (404, "not-asked".to_owned()));
}

/// A host with one refused question in its log, and its officers.
pub struct Host {
    pub place: Place,
    folder: TempDir,
    officers: Vec<(&'static str, FileKey)>,
    _log: AuditLog,
}

impl Host {
    async fn new() -> Self {
        Self::with(AdminLimits::default(), |index| Box::new(index)).await
    }

    /// With other limits, and a log that is searched otherwise.
    pub async fn with(limits: AdminLimits, searched: impl FnOnce(SegmentIndex) -> Box<dyn Searchable>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = Passphrase::new("inget att dölja".to_owned());
        let officers =
            ["anna", "bo"].map(|name| (name, FileKey::create(&folder.path().join(name), &passphrase).unwrap()));
        let public = officers
            .iter()
            .map(|(name, key)| PublicKey::of_person(key.public_key(), &name.parse().unwrap()).unwrap().to_json());
        let list = Officers::parse(Value::from(public.collect::<Vec<_>>()).to_string().as_bytes()).unwrap();
        let directory = folder.path().join("audit");
        let log = AuditLog::open(&directory, AuditSettings::default(), Timestamp::UNIX_EPOCH).unwrap();
        log.append_refused(refused()).await.unwrap();
        let index = searched(SegmentIndex::open(&directory).unwrap());
        let misuse = MisuseSettings::default();
        let questions = AuditQuestions::new(index, vec![key()], Some(list), misuse, log.notes(), Timestamp::now);
        let insight = Questioned { sample: Sample::new(), questions: Arc::new(questions) };
        let place = Place::new(insight, limits).await;
        Self { place, folder, officers: officers.into(), _log: log }
    }

    pub fn request(&self, names: &[&str]) -> Value {
        let mut request = LookUpRequest::new(&person(PERSON), "Tillsyn".parse().unwrap(), Timestamp::now()).unwrap();
        for (_, key) in self.officers.iter().filter(|(name, _)| names.contains(name)) {
            request.sign(&person(PERSON), key).unwrap();
        }
        serde_json::from_str(&request.to_string()).unwrap()
    }

    pub async fn post(&self, path: &str, body: String) -> Answer {
        let stream = TokioIo::new(self.place.connect(self.place.operator()).await.unwrap());
        let (mut sender, connection) = http1::handshake::<_, Full<Bytes>>(stream).await.unwrap();
        tokio::spawn(connection);
        let request = Request::post(path).header("host", "localhost").header("content-type", "application/json");
        let response = sender.send_request(request.body(Full::from(Bytes::from(body))).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub fn log_text(&self) -> String {
        // A segment for each day: what is recorded and what is looked up today do not stand in one.
        let entries = std::fs::read_dir(self.folder.path().join("audit")).unwrap().map(|entry| entry.unwrap().path());
        let segments = entries.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        segments.map(|segment| std::fs::read_to_string(segment).unwrap()).collect()
    }
}

/// A host that answers questions about its log.
struct Questioned {
    sample: Sample,
    questions: Arc<AuditQuestions>,
}

impl Insight for Questioned {
    fn readiness(&self) -> Readiness {
        self.sample.readiness()
    }

    fn editions(&self) -> Editions {
        self.sample.editions()
    }

    fn bases(&self) -> Vec<BasisDates> {
        self.sample.bases()
    }

    fn agencies(&self) -> Vec<UpstreamHealth> {
        self.sample.agencies()
    }

    fn figures(&self) -> Figures {
        self.sample.figures()
    }

    fn audit_questions(&self) -> Option<Arc<AuditQuestions>> {
        Some(Arc::clone(&self.questions))
    }
}

fn refused() -> Refused {
    Refused {
        question: QuestionId([1; 16]),
        at: "2026-01-14T10:00:00Z".parse().unwrap(),
        front: Front::JsonV1,
        consumer: ConsumerName::new("Exempelkommun"),
        role: "ekonomiskt-bistand".parse().unwrap(),
        requester: "162020000001".parse().unwrap(),
        caseworker: Caseworker::parse("Åsa Exempel").unwrap(),
        case: CaseId::parse("2026-000123").unwrap(),
        household: None,
        purpose: Purpose::parse("Ansökan").unwrap(),
        subject: key().subject(&person(PERSON)),
        why: RefusedWhy::CaseNotOpen,
    }
}

fn key() -> SubjectKey {
    SubjectKey::from_bytes([7; 32])
}

fn person(number: &str) -> PersonId {
    PersonId::parse(number, IdentityCheck::DateAndCheckDigit).unwrap()
}

/// An answer's status, and the last part of its problem's type.
pub fn problem(answer: &Answer) -> (u16, String) {
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json", "{}", answer.body);
    let problem: Value = serde_json::from_str(&answer.body).unwrap();
    let name = problem["type"].as_str().unwrap().strip_prefix("urn:ssbtx:problem:audit:").unwrap();
    (answer.status.as_u16(), name.to_owned())
}

pub const PERSON: &str = "197701172392";
const ANOTHER: &str = "197701182383";
