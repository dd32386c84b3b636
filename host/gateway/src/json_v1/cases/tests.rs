use std::sync::Arc;

use http::{HeaderValue, header};
use serde_json::json;
use ssbtx_audit::CaseChange;
use ssbtx_open_cases::{CaseKey, OpenCases, SqliteStore};

use super::*;
use crate::answering::Answering;
use crate::case_gate::CaseRegister;
use crate::sample::{self, Clerk, Still};

/// Everything that a case system sees of the host.
struct Office {
    clerk: Arc<Clerk>,
    limited: Limited,
    caller: Caller,
    _folder: tempfile::TempDir,
}

impl Office {
    fn new(clerk: Clerk) -> Self {
        Self::with(clerk, CaseLimits::default(), "")
    }

    fn with(clerk: Clerk, limits: CaseLimits, tables: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = || CaseKey::from_bytes([7; 32]);
        let store = SqliteStore::open(&folder.path().join("cases"), &key()).unwrap();
        let register = CaseRegister::Kept(OpenCases::new(key(), Arc::new(store), limits));
        let clerk = Arc::new(clerk);
        let broker: Arc<dyn Answering> = Arc::<Clerk>::clone(&clerk);
        let limited = Limited::new(broker, Arc::new(Still), register);
        Self { clerk, limited, caller: sample::held_caller("enforce", tables), _folder: folder }
    }

    fn call(&self, id: &str) -> CaseCall {
        CaseCall {
            broker: self.limited.clone(),
            caller: self.caller.clone(),
            id: Some(id.to_owned()),
            identity_check: IdentityCheck::DateAndCheckDigit,
        }
    }

    async fn put(&self, id: &str, body: &str) -> Result<(u16, String), Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        read_out(register(&self.call(id), &headers, body.as_bytes()).await?).await
    }

    async fn get(&self, id: &str, query: Option<&str>) -> Result<(u16, String), Problem> {
        read_out(known(&self.call(id), query).await?).await
    }

    async fn delete(&self, id: &str) -> Result<(u16, String), Problem> {
        read_out(close(&self.call(id), None).await?).await
    }
}

async fn read_out(response: Response) -> Result<(u16, String), Problem> {
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Ok((status, String::from_utf8(body.to_vec()).unwrap()))
}

fn body() -> Value {
    json!({
        "organisationNumber": "162020000001",
        "persons": [
            { "person": "197701172392", "relation": "subject" },
            { "person": "197701182383", "relation": "household-adult" },
        ],
        "until": "2026-03-31T22:00:00Z",
    })
}

fn faults(refused: Result<(u16, String), Problem>) -> String {
    match refused {
        Err(Problem::InvalidCase(faults)) => faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        other => panic!("{other:?}"),
    }
}

const SHOWN: &str = r#"{"persons":2,"until":"2026-03-31T22:00:00Z"}"#;

#[tokio::test]
async fn a_case_is_registered_shown_and_closed() {
    let office = Office::new(Clerk::new());
    assert_eq!(office.put("2026-0017", &body().to_string()).await, Ok((201, SHOWN.to_owned())));
    assert_eq!(office.put("2026-0017", &body().to_string()).await, Ok((200, SHOWN.to_owned())));
    assert_eq!(office.get("2026-0017", None).await, Ok((200, SHOWN.to_owned())));
    assert_eq!(office.get("2026-0017", Some("organisationNumber=162020000001")).await, Ok((200, SHOWN.to_owned())));
    assert_eq!(office.delete("2026-0017").await, Ok((204, String::new())));
    assert_eq!(office.delete("2026-0017").await, Err(Problem::UnknownCase));
    assert_eq!(office.get("2026-0017", None).await, Err(Problem::UnknownCase));
    let registered = CaseChange::Registered { persons: 2, until: "2026-03-31T22:00:00Z".parse().unwrap() };
    assert_eq!(*office.clerk.cases.lock().unwrap(), [registered, registered, CaseChange::Closed]);
}

#[tokio::test]
async fn without_an_end_a_case_is_open_for_as_long_as_it_may_be() {
    let office = Office::new(Clerk::new());
    let mut body = body();
    body.as_object_mut().unwrap().remove("until");
    let (_, shown) = office.put("2026-0017", &body.to_string()).await.unwrap();
    assert_eq!(shown, r#"{"persons":2,"until":"2027-04-05T08:30:00Z"}"#);
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_done() {
    let office = Office::new(Clerk::forgetful());
    assert_eq!(office.put("2026-0017", &body().to_string()).await, Err(Problem::NotRecorded));
    assert_eq!(office.get("2026-0017", None).await, Err(Problem::UnknownCase));
}

#[tokio::test]
async fn an_identity_number_in_the_path_is_refused_and_not_told_back() {
    let office = Office::new(Clerk::new());
    for id in ["197701172392", "19770117-2392", "arende 7701172392", "19770117 2392", "770117\u{2013}2392"] {
        let told = faults(office.put(id, &body().to_string()).await);
        assert!(told.contains("identity number") && !told.contains("2392"), "{told}");
        assert!(matches!(office.get(id, None).await, Err(Problem::InvalidCase(_))));
        assert!(matches!(office.delete(id).await, Err(Problem::InvalidCase(_))));
    }
}

#[tokio::test]
async fn err_registration() {
    let office = Office::new(Clerk::new());
    let with = |key: &str, value: Value| {
        let mut body = body();
        body.as_object_mut().unwrap().insert(key.to_owned(), value);
        body.to_string()
    };
    let person = |digits: &str, relation: &str| json!([{ "person": digits, "relation": relation }]);
    let mut told = Vec::new();
    for body in [
        "[]".to_owned(),
        r#"{"organisationNumber":"162020000001","organisationNumber":"162020000003"}"#.to_owned(),
        "{}".to_owned(),
        with("persons", json!([])),
        with("persons", json!(vec![json!({}); 21])),
        with("persons", person("197701172393", "subject")),
        with("persons", person("197701172392", "household-adult")),
        with("persons", person("197701172392", "neighbour")),
        with("until", json!("2026-03-01T08:30:00Z")),
        with("until", json!("2027-04-05T08:30:01Z")),
        with("until", json!("2026-03-31T22:00:00.5Z")),
        with("until", json!("soon")),
        with("197701172392", json!(1)),
    ] {
        let one = faults(office.put("2026-0017", &body).await);
        assert!(!one.contains("197701172392"), "{one}");
        told.push(one);
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    ``: expected an object
    ``: a key stands twice in one object, at line 1, column 57
    `/organisationNumber`: missing; `/persons`: missing
    `/persons`: expected a list of 1 to 20 persons
    `/persons`: expected a list of 1 to 20 persons
    `/persons/0/person`: identity number has a wrong check digit
    `/persons`: expected exactly one person whose relation is `subject`
    `/persons/0/relation`: expected one of `subject`, `household-adult`, `household-child`
    `/until`: expected a time after now and not after `2027-04-05T08:30:00Z`
    `/until`: expected a time after now and not after `2027-04-05T08:30:00Z`
    `/until`: expected a time such as `2026-12-31T23:00:00Z`
    `/until`: expected a time such as `2026-12-31T23:00:00Z`
    ``: unknown key, expected one of `organisationNumber`, `persons`, `until`
    ");
}

#[tokio::test]
async fn err_case_id() {
    let office = Office::new(Clerk::new());
    let long = "x".repeat(257);
    for id in ["", " ", "a\u{0}b", long.as_str()] {
        assert!(matches!(office.get(id, None).await, Err(Problem::InvalidCase(_))), "{id:?}");
    }
    let call = CaseCall { id: None, ..office.call("") };
    assert!(matches!(known(&call, None).await, Err(Problem::InvalidCase(_))));
}

#[tokio::test]
async fn a_case_of_an_organisation_that_the_consumer_does_not_act_for_is_refused() {
    let office = Office::new(Clerk::new());
    let other = body().to_string().replace("162020000001", "162020000003");
    assert_eq!(office.put("2026-0017", &other).await, Err(Problem::NotYourCase));
    for query in ["organisationNumber=162020000003"] {
        assert_eq!(office.get("2026-0017", Some(query)).await, Err(Problem::NotYourCase));
    }
    for query in ["organisationNumber=1", "person=197701172392", "organisationNumber=162020000001&x=1"] {
        assert!(!faults(office.get("2026-0017", Some(query)).await).contains("2392"));
    }
}

#[tokio::test]
async fn a_consumer_has_as_many_cases_as_it_may_and_no_more() {
    let office = Office::with(Clerk::new(), CaseLimits { most_cases: 1, ..CaseLimits::default() }, "");
    assert!(office.put("1", &body().to_string()).await.is_ok());
    assert_eq!(office.put("2", &body().to_string()).await, Err(Problem::TooManyCases(1)));
    assert!(office.put("1", &body().to_string()).await.is_ok());
    // What is refused for want of room is not recorded as registered.
    assert_eq!(office.clerk.cases.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn cases_count_towards_the_limits() {
    let office = Office::with(Clerk::new(), CaseLimits::default(), "[consumer.limits]\nquestions-per-day = 1\n");
    assert!(office.put("1", &body().to_string()).await.is_ok());
    assert!(matches!(office.put("2", &body().to_string()).await, Err(Problem::Limit(_))));
    assert!(matches!(office.get("1", None).await, Err(Problem::Limit(_))));
    assert!(matches!(office.delete("1").await, Err(Problem::Limit(_))));
}

#[tokio::test]
async fn a_host_that_keeps_no_cases_has_no_such_path() {
    let office = Office::new(Clerk::new());
    let broker: Arc<dyn Answering> = Arc::<Clerk>::clone(&office.clerk);
    let office = Office { limited: Limited::new(broker, Arc::new(Still), CaseRegister::NotKept), ..office };
    assert_eq!(office.put("2026-0017", &body().to_string()).await, Err(Problem::NotFound));
    assert_eq!(office.get("2026-0017", None).await, Err(Problem::NotFound));
}
