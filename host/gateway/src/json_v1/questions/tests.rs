use std::sync::Arc;
use std::sync::atomic::Ordering;

use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use super::*;
use crate::answering::Answering;
use crate::case_gate::CaseRegister;
use crate::sample::{self, Clerk, Still};

/// What came of a call.
struct Came {
    status: StatusCode,
    content_type: String,
    body: String,
}

impl Came {
    /// The name, the id and the data of each event.
    fn events(&self) -> Vec<(String, String, Value)> {
        let value = |line: Option<&str>, key: &str| line.unwrap().strip_prefix(key).unwrap().to_owned();
        let event = |text: &str| {
            let mut lines = text.lines();
            let (name, id) = (value(lines.next(), "event: "), value(lines.next(), "id: "));
            (name, id, serde_json::from_str(&value(lines.next(), "data: ")).unwrap())
        };
        self.body.split_terminator("\n\n").map(event).collect()
    }
}

async fn post(clerk: &Arc<Clerk>, tables: &str, accept: Option<&str>, body: &Value) -> Came {
    let broker: Arc<dyn Answering> = Arc::<Clerk>::clone(clerk);
    let call = Call {
        broker: Limited::new(broker, Arc::new(Still), CaseRegister::NotKept),
        caller: sample::caller(tables),
        admission: sample::admission(),
        trace: sample::trace(),
        household_at_once: 2,
        in_flight: None,
    };
    let mut headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(JSON))]);
    if let Some(accept) = accept {
        headers.insert(header::ACCEPT, HeaderValue::from_str(accept).unwrap());
    }
    let response = match answer(call, &headers, body.to_string().as_bytes()).await {
        Ok(response) => response,
        Err(problem) => axum::response::IntoResponse::into_response(problem),
    };
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Came {
        status: parts.status,
        content_type: parts.headers[header::CONTENT_TYPE].to_str().unwrap().to_owned(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

fn one() -> Value {
    sample::question_body("162020000001")
}

fn household() -> Value {
    let mut question = one();
    question.as_object_mut().unwrap().remove("person");
    question["persons"] = json!([
        { "person": "197701172392", "relation": "subject" },
        { "person": "197701182383", "relation": "household-adult" },
        { "person": "201701122382", "relation": "household-child" },
    ]);
    question
}

const SSE: Option<&str> = Some("text/event-stream");

#[tokio::test]
async fn an_answer_comes_in_the_form_that_is_wanted_more_and_whole_in_doubt() {
    for (accept, content_type) in [
        (None, "application/json"),
        (Some("*/*"), "application/json"),
        (Some("application/json, text/event-stream"), "application/json"),
        (Some("application/json;q=0.9, text/event-stream"), "text/event-stream"),
        (Some("text/*"), "text/event-stream"),
        (Some("text/html"), "application/problem+json"),
        (Some("text/event-stream;q=0, application/json;q=0"), "application/problem+json"),
    ] {
        let came = post(&Arc::new(Clerk::new()), "", accept, &one()).await;
        assert_eq!(came.content_type, content_type, "{accept:?}");
    }
}

#[tokio::test]
async fn the_parts_of_an_answer_in_pieces_are_those_of_a_whole_one_and_the_rest_is_its_summary() {
    let clerk = Arc::new(Clerk::new());
    let mut whole: Value = serde_json::from_str(&post(&clerk, "", None, &one()).await.body).unwrap();
    let events = post(&clerk, "", SSE, &one()).await.events();
    let id = whole["questionId"].as_str().unwrap().to_owned();
    let parts = whole.as_object_mut().unwrap().remove("parts").unwrap();
    for (event, part) in events.iter().zip(parts.as_array().unwrap()) {
        let agency = part["agency"].as_str().unwrap();
        assert_eq!(event, &("part".to_owned(), format!("{id}/{agency}"), part.clone()));
    }
    let (name, last_id, mut summary) = events.last().unwrap().clone();
    let states = summary.as_object_mut().unwrap().remove("states").unwrap();
    assert_eq!((events.len(), name.as_str(), last_id, summary), (8, "summary", id, whole));
    assert_eq!(
        (states[0].clone(), states.as_array().unwrap().len()),
        (json!({ "agency": "AF", "state": "answered" }), 7)
    );
}

#[tokio::test]
async fn what_is_refused_before_anybody_is_asked_has_a_status_in_either_form() {
    let clerk = Arc::new(Clerk::closed(ssbtx_broker::Closed::TrustExpired));
    for accept in [None, SSE] {
        let came = post(&clerk, "", accept, &one()).await;
        assert_eq!((came.status.as_u16(), came.content_type.as_str()), (503, "application/problem+json"));
        assert_eq!(post(&clerk, "", accept, &json!({})).await.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn a_household_has_an_answer_for_each_person_in_its_own_order_and_no_number_is_told_back() {
    let came = post(&Arc::new(Clerk::new()), "", None, &household()).await;
    let body: Value = serde_json::from_str(&came.body).unwrap();
    let answers = body["answers"].as_array().unwrap();
    let shown: Vec<_> = answers.iter().map(|one| (one["index"].as_u64(), one["relation"].as_str())).collect();
    let expected = [(0, "subject"), (1, "household-adult"), (2, "household-child")];
    assert_eq!(shown, expected.map(|(index, relation)| (Some(index), Some(relation))));
    assert!(answers.iter().all(|one| one["answer"]["parts"].as_array().unwrap().len() == 7));
    assert!(body["household"].is_string());
    // The agency's own document is about the first person, whoever is asked about.
    assert!(["197701182383", "201701122382"].iter().all(|number| !came.body.contains(number)));
}

#[tokio::test]
async fn each_person_of_a_household_counts_and_one_that_is_refused_does_not_stop_the_others() {
    let limits = "[consumer.limits]\nquestions-per-day = 2\n";
    let clerk = Arc::new(Clerk::new());
    let body: Value = serde_json::from_str(&post(&clerk, limits, None, &household()).await.body).unwrap();
    assert_eq!(clerk.asked.load(Ordering::SeqCst), 2);
    let answers = body["answers"].as_array().unwrap();
    assert!(answers[..2].iter().all(|one| one.get("answer").is_some() && one.get("problem").is_none()), "{body}");
    assert_eq!(answers[2]["problem"]["type"], "/problems/limit-reached");
    assert_eq!((&answers[2]["problem"]["status"], answers[2].get("answer")), (&json!(429), None));
}

#[tokio::test]
async fn a_household_in_pieces_says_of_each_whose_it_is_and_at_last_that_it_is_whole() {
    let limits = "[consumer.limits]\nquestions-per-day = 2\n";
    let came = post(&Arc::new(Clerk::new()), limits, SSE, &household()).await;
    assert_eq!((came.status, came.content_type.as_str()), (StatusCode::OK, "text/event-stream"));
    let events = came.events();
    let of = |name: &str, index: u64| {
        events.iter().filter(|(event, _, data)| event == name && data["index"] == index).count()
    };
    assert_eq!(
        [0, 1, 2].map(|index| (of("part", index), of("summary", index), of("problem", index))),
        [(7, 1, 0), (7, 1, 0), (0, 0, 1)]
    );
    let (name, id, data) = events.last().unwrap();
    assert_eq!((name.as_str(), data), ("household", &json!({ "household": id, "answered": 2, "refused": 1 })));
}

#[tokio::test]
async fn whoever_asks_for_a_household_asks_for_each_person_in_its_relation() {
    let clerk = Arc::new(Clerk::new());
    let mut alone = household();
    alone["persons"].as_array_mut().unwrap().truncate(1);
    post(&clerk, "", None, &alone).await;
    let (asker, _) = clerk.last.lock().unwrap().clone().unwrap();
    assert!(asker.household.is_some());
    assert_eq!(asker.relation.label(), "subject");
    post(&clerk, "", None, &one()).await;
    assert_eq!(clerk.last.lock().unwrap().clone().unwrap().0.household, None);
}
