use std::time::Duration;

use super::*;
use crate::limits::{Limit, Measure, Whose};

fn reached() -> LimitReached {
    let limit = Limit { whose: Whose::Caseworker, measure: Measure::Rate };
    LimitReached { limit, retry_after: Duration::from_secs(12), refusals: 1 }
}

/// One problem of each kind.
pub(in crate::json_v1) fn every_problem() -> Vec<Problem> {
    vec![
        Problem::MalformedJson { line: 1, column: 2 },
        Problem::InvalidQuestion(vec![Fault { pointer: "/person".to_owned(), detail: "missing".to_owned() }]),
        Problem::NotRegistered,
        Problem::NotYourOrganisation,
        Problem::RoleWithoutPolicy("arbetsmarknad".parse().unwrap()),
        Problem::NotFound,
        Problem::MethodNotAllowed,
        Problem::NotWhole,
        Problem::TooLarge(262_144),
        Problem::ContentType,
        Problem::NotAcceptable,
        Problem::BrokenOff,
        Problem::NotRecorded,
        Problem::Closed(Closed::TrustExpired),
        Problem::Limit(reached()),
        Problem::CaseNotOpen,
        Problem::CasesUnavailable,
        Problem::InvalidCase(vec![Fault { pointer: "/until".to_owned(), detail: "missing".to_owned() }]),
        Problem::NotYourCase,
        Problem::UnknownCase,
        Problem::TooManyCases(50_000),
    ]
}

async fn written(problem: Problem) -> String {
    let response = problem.into_response();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let value: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(value["status"], status.as_u16());
    format!(
        "{status} {} | {} | {}",
        value["type"].as_str().unwrap(),
        value["title"].as_str().unwrap(),
        value["detail"].as_str().unwrap()
    )
}

#[tokio::test]
async fn every_problem_has_a_stable_type_and_text() {
    let mut table = Vec::new();
    for problem in every_problem() {
        table.push(written(problem).await);
    }
    insta::assert_snapshot!(table.join("\n"), @r"
    400 Bad Request /problems/malformed-json | The body is no JSON | body is no JSON, at line 1, column 2
    400 Bad Request /problems/invalid-question | The question is not as it should be | question is not as it should be, `errors` says where
    403 Forbidden /problems/not-registered | The certificate is not registered | certificate belongs to no registered consumer
    403 Forbidden /problems/not-your-organisation | The consumer does not act for this organisation | `requester/organisationNumber` is neither the certificate's nor one that it is registered to act for
    403 Forbidden /problems/role-without-policy | The role has no policy | no policy is loaded for role `arbetsmarknad`
    404 Not Found /problems/not-found | There is nothing here | there is nothing at this path
    405 Method Not Allowed /problems/method-not-allowed | The method is another | this path has another method
    408 Request Timeout /problems/body-not-whole | The body did not arrive | body did not arrive whole and in time
    413 Payload Too Large /problems/body-too-large | The body is too large | body is larger than 262144 bytes
    415 Unsupported Media Type /problems/unsupported-media-type | The content type is another | content type is another, expected `application/json`
    406 Not Acceptable /problems/not-acceptable | The accepted media types are others | what the path gives comes in no media type that `accept` names
    500 Internal Server Error /problems/broken-off | The question was broken off | question was broken off by a fault of the service
    503 Service Unavailable /problems/not-recorded | The question could not be recorded | question could not be recorded, so it has no answer
    503 Service Unavailable /problems/trust-expired | The rules of the service have expired | signed repository has expired, and so has the time to go on without a newer one
    429 Too Many Requests /problems/limit-reached | A limit is reached | limit `caseworker-rate` is reached, ask again in 12 s
    403 Forbidden /problems/case-not-open | The person is in no open case | person is not registered in an open case with this `caseId` and organisation: register it with `PUT /v1/cases/{id}`, or ask in another
    503 Service Unavailable /problems/cases-unavailable | The open cases cannot be read or written | open cases cannot be read or written at present
    400 Bad Request /problems/invalid-case | The case is not as it should be | case is not as it should be, `errors` says where
    403 Forbidden /problems/not-your-organisation | The consumer does not act for this organisation | `organisationNumber` is neither the certificate's nor one that it is registered to act for
    404 Not Found /problems/unknown-case | There is no such open case | no case of this id is open for the organisation
    409 Conflict /problems/too-many-cases | The consumer has too many open cases | consumer has `50000` open cases, which is as many as it may have: close those that have ended
    ");
}

#[test]
fn every_type_is_in_the_documentation() {
    let documentation = include_str!("../../../../../docs/json-v1.md");
    for problem in every_problem() {
        let (status, r#type, _) = problem.told();
        assert!(documentation.contains(&format!("| {} | `{type}` |", status.as_u16())), "{type}");
    }
}

#[tokio::test]
async fn everything_wrong_with_a_question_is_listed() {
    let fault = |pointer: &str| Fault { pointer: pointer.to_owned(), detail: "missing".to_owned() };
    let response = Problem::InvalidQuestion(vec![fault("/person"), fault("/period/to")]).into_response();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    insta::assert_snapshot!(String::from_utf8(body.to_vec()).unwrap(), @r#"{"type":"/problems/invalid-question","title":"The question is not as it should be","status":400,"detail":"question is not as it should be, `errors` says where","errors":[{"pointer":"/person","detail":"missing"},{"pointer":"/period/to","detail":"missing"}]}"#);
}

#[tokio::test]
async fn a_limit_says_which_it_is_and_when_to_ask_again() {
    let response = Problem::Limit(reached()).into_response();
    assert_eq!(response.headers()[header::RETRY_AFTER], "12");
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    insta::assert_snapshot!(String::from_utf8(body.to_vec()).unwrap(), @r#"{"type":"/problems/limit-reached","title":"A limit is reached","status":429,"detail":"limit `caseworker-rate` is reached, ask again in 12 s","limit":"caseworker-rate","retryAfterSeconds":12}"#);
}
