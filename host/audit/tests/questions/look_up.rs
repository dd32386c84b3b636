//! A person is looked up when two officers want it, and that is recorded.

use std::sync::Arc;

use jiff::SignedDuration;
use serde_json::Value;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::officers::{officer, officers, request_for, signed};
use crate::place::{ANOTHER, Asked, clock, key, log_of, person, questions};
use crate::records::{Folder, PERSON};
use ssbtx_audit::{
    AuditLog, AuditQuestions, LookUpRefused, LookUpRequest, LookedUpPerson, NotAnswered, NotSigned, Officers,
    SubjectKey, verify,
};
use ssbtx_signing::{PublicKey, Signer as _};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_officers_are_shown_everything_about_a_person_and_that_is_recorded() {
    let place = Place::new().await;
    let request = signed(&["anna", "bo"]);
    let found = place.ask(&request, PERSON).await.unwrap();
    assert_eq!((found.look_up, found.records.len()), (request.id(), 1));
    let record: Value = serde_json::from_str(&place.folder.lines()[2]).unwrap();
    let record = &record["record"];
    assert_eq!((&record["kind"], &record["records"]), (&"lookedUp".into(), &1.into()));
    assert_eq!(record["officers"], serde_json::json!(["Anna Exempel", "Bo Exempel"]));
    assert_eq!(record["reason"], "Begäran enligt artikel 15, [identity number]");
    assert_eq!(record["subject"]["hmacSha256"], key(7).subject(&person(PERSON)).hmac_sha256());
    assert!(!place.folder.lines().concat().contains(PERSON));
    // What was looked up is part of everything about the person.
    assert_eq!(place.ask(&signed(&["bo", "cia"]), PERSON).await.unwrap().records.len(), 2);
    assert_eq!(verify(&place.folder.path()).unwrap().records, 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_answered_once_also_by_another_process() {
    let place = Place::new().await;
    let request = signed(&["anna", "bo"]);
    let once = [place.ask(&request, PERSON).await, place.ask(&request, PERSON).await];
    assert_eq!(once.iter().filter(|answer| answer.is_ok()).count(), 1);
    let Place { folder, log, .. } = place;
    drop(log);
    let again = Place::open(folder).await;
    assert_eq!(again.refused(&request, PERSON).await, LookUpRefused::Answered);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn officers_are_counted_by_person() {
    let place = Place::new().await;
    assert_eq!(place.refused(&signed(&[]), PERSON).await, LookUpRefused::TooFew { found: 0 });
    assert_eq!(place.refused(&signed(&["anna"]), PERSON).await, LookUpRefused::TooFew { found: 1 });
    // Two keys of one person are one person, however the name is written.
    assert_eq!(place.refused(&signed(&["anna", "anna-2"]), PERSON).await, LookUpRefused::TooFew { found: 1 });
    // One signature that is there twice is one person.
    let mut twice: Value = serde_json::from_str(&signed(&["anna"]).to_string()).unwrap();
    let signature = twice["signatures"][0].clone();
    twice["signatures"].as_array_mut().unwrap().push(signature);
    assert_eq!(place.refused(&parsed(&twice), PERSON).await, LookUpRefused::TooFew { found: 1 });
    assert_eq!(place.refused(&signed(&["anna", "stranger"]), PERSON).await, LookUpRefused::NoOfficer);
    assert_eq!(place.folder.lines().len(), 2, "nothing was looked up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_was_altered_is_refused() {
    let place = Place::new().await;
    let whole: Value = serde_json::from_str(&signed(&["anna", "bo"]).to_string()).unwrap();
    let later = (clock() - SignedDuration::from_hours(1)).to_string();
    for (member, value) in
        [("reason", "Nyfikenhet"), ("id", "01890000-0000-7000-8000-000000000000"), ("at", later.as_str())]
    {
        let mut altered = whole.clone();
        altered[member] = value.into();
        let refused = place.refused(&parsed(&altered), PERSON).await;
        assert!(matches!(refused, LookUpRefused::DoesNotFit { .. }), "{member}: {refused}");
    }
    // Salt and digest of another person's request, under the same signatures.
    let another: Value = serde_json::from_str(&request_for(ANOTHER, clock()).to_string()).unwrap();
    let mut altered = whole.clone();
    altered["salt"] = another["salt"].clone();
    altered["digest"] = another["digest"].clone();
    let refused = place.refused(&parsed(&altered), ANOTHER).await;
    assert!(matches!(refused, LookUpRefused::DoesNotFit { .. }), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_good_for_a_day_and_for_its_person() {
    let place = Place::new().await;
    let of = |hours| {
        let mut request = request_for(PERSON, clock() - SignedDuration::from_hours(hours));
        for name in ["anna", "bo"] {
            request.sign(&person(PERSON), officer(name)).unwrap();
        }
        request
    };
    assert_eq!(place.refused(&of(25), PERSON).await, LookUpRefused::Stale { hours: 25 });
    assert_eq!(place.refused(&of(-1), PERSON).await, LookUpRefused::FromTheFuture);
    assert_eq!(place.refused(&of(23), ANOTHER).await, LookUpRefused::AnotherPerson);
    assert!(place.ask(&of(23), PERSON).await.is_ok());
}

#[test]
fn an_officer_signs_for_the_person_whose_number_was_typed_and_once() {
    let mut request = request_for(PERSON, clock());
    assert!(matches!(request.sign(&person(ANOTHER), officer("anna")), Err(NotSigned::AnotherPerson)));
    request.sign(&person(PERSON), officer("anna")).unwrap();
    assert!(matches!(request.sign(&person(PERSON), officer("anna")), Err(NotSigned::Already)));
    assert_eq!(request.signatures(), 1);
    assert!(!request.to_string().contains(PERSON) && !format!("{request:?}").contains(PERSON));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_officers_nobody_is_looked_up() {
    let folder = Folder::new();
    let log = log_of(&folder.path(), 1, [Asked::default().record()]).await;
    let place = Place { questions: questions(&folder.path(), &log, vec![key(7)], None), folder, log };
    let answer = place.ask(&signed(&["anna", "bo"]), PERSON).await;
    assert!(matches!(answer, Err(NotAnswered::NoOfficers)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_up_that_cannot_be_recorded_shows_nothing() {
    let Place { folder, log, questions } = Place::new().await;
    drop(log);
    let answer = ask(&questions, &signed(&["anna", "bo"]), PERSON).await;
    assert!(matches!(answer, Err(NotAnswered::NotRecorded(_))));
    assert_eq!(folder.lines().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_up_that_nobody_waits_for_is_not_recorded_and_can_be_asked_again() {
    let place = Place::new().await;
    let request = signed(&["anna", "bo"]);
    let (questions, asked, runtime) = (Arc::clone(&place.questions), request.clone(), Handle::current());
    let gone = spawn_blocking(move || questions.person(&asked, person(PERSON), &|| false, &runtime)).await.unwrap();
    assert!(matches!(gone, Err(NotAnswered::Gone)));
    assert_eq!(place.folder.lines().len(), 2);
    assert_eq!(place.ask(&request, PERSON).await.unwrap().records.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_found_under_every_key_that_there_was() {
    let folder = Folder::new();
    let under =
        |key: SubjectKey| ssbtx_audit::Record { subject: key.subject(&person(PERSON)), ..Asked::default().record() };
    // The old key, the overlap, and the new one alone.
    let records = [under(key(7)), under(key(8).overlapping(key(7))), under(key(8))];
    let log = log_of(&folder.path(), 1, records).await;
    for (keys, found) in [(vec![key(8), key(7)], 3), (vec![key(8)], 2), (vec![key(7)], 2), (vec![key(9)], 0)] {
        let questions = questions(&folder.path(), &log, keys, Some(officers()));
        let lines = ask(&questions, &signed(&["anna", "bo"]), PERSON).await.unwrap().records;
        assert_eq!(lines.iter().filter(|it| it.row.kind == "question").count(), found);
    }
}

struct Place {
    folder: Folder,
    log: AuditLog,
    questions: Arc<AuditQuestions>,
}

impl Place {
    /// A question about each of two persons.
    async fn new() -> Self {
        let folder = Folder::new();
        drop(
            log_of(&folder.path(), 1, [PERSON, ANOTHER].map(|person| Asked { person, ..Asked::default() }.record()))
                .await,
        );
        Self::open(folder).await
    }

    async fn open(folder: Folder) -> Self {
        let log = log_of(&folder.path(), 1, []).await;
        Self { questions: questions(&folder.path(), &log, vec![key(7)], Some(officers())), folder, log }
    }

    async fn ask(&self, request: &LookUpRequest, number: &str) -> Result<LookedUpPerson, NotAnswered> {
        ask(&self.questions, request, number).await
    }

    async fn refused(&self, request: &LookUpRequest, number: &str) -> LookUpRefused {
        match self.ask(request, number).await {
            Err(NotAnswered::Refused(refused)) => refused,
            other => panic!("{other:?}"),
        }
    }
}

async fn ask(
    questions: &Arc<AuditQuestions>,
    request: &LookUpRequest,
    number: &str,
) -> Result<LookedUpPerson, NotAnswered> {
    let (questions, request, person, runtime) =
        (Arc::clone(questions), request.clone(), person(number), Handle::current());
    spawn_blocking(move || questions.person(&request, person, &|| true, &runtime)).await.unwrap()
}

fn parsed(json: &Value) -> LookUpRequest {
    json.to_string().parse().unwrap()
}

#[test]
fn err_officers() {
    let public = |name: &str, holder: &str| {
        PublicKey::of_person(officer(name).public_key(), &holder.parse().unwrap()).unwrap().to_json()
    };
    let machine = PublicKey::of_machine(officer("bo").public_key()).unwrap().to_json();
    let anna = || public("anna", "Anna Exempel");
    let refused = |list: Vec<Value>| Officers::parse(Value::from(list).to_string().as_bytes()).unwrap_err().to_string();
    assert_eq!(Officers::parse(b"{}").unwrap_err().to_string(), "it is no JSON list of public keys");
    assert_eq!(refused(vec![anna()]), "it has the keys of `1` persons, expected at least two");
    assert_eq!(
        refused(vec![anna(), public("anna-2", "ANNA exempel")]),
        "it has the keys of `1` persons, expected at least two"
    );
    assert_eq!(
        refused(vec![anna(), public("anna", "Bo Exempel")]),
        "key `2` stands in the list before, expected every key once"
    );
    assert_eq!(refused(vec![anna(), machine]), "key `2` names no person");
    assert_eq!(refused(vec![anna(), "key".into()]), "key `2` cannot be used");
}
