//! The responses of an operation that refuses, from the table of problems.

use std::collections::BTreeMap;
use std::time::Duration;

use ssbtx_broker::Closed;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::path::OperationBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::{Ref, Response};

use super::super::problem::Problem;
use super::headers;
use crate::limits::{Limit, LimitReached, Measure, Whose};
use crate::reading::Fault;

/// Adds a response for each status that these problems have, with each problem as an example.
///
/// # Errors
///
/// A problem that cannot be written as JSON, which there is none of.
pub(super) fn add(mut operation: OperationBuilder, problems: &[Problem]) -> serde_json::Result<OperationBuilder> {
    let mut by_status: BTreeMap<u16, Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        by_status.entry(problem.status().as_u16()).or_default().push(problem);
    }
    for (status, problems) in by_status {
        operation = operation.response(status.to_string(), response(&problems)?);
    }
    Ok(operation)
}

fn response(problems: &[&Problem]) -> serde_json::Result<Response> {
    let mut examples = Vec::new();
    let mut titles = Vec::new();
    for problem in problems {
        let value = serde_json::to_value(problem.body())?;
        let title = value.get("title").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let name = problem.code().trim_start_matches("/problems/").to_owned();
        examples.push((name, ExampleBuilder::new().summary(title.clone()).value(Some(value)).build()));
        titles.push(format!("{title}."));
    }
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).examples_from_iter(examples);
    let response =
        ResponseBuilder::new().description(titles.join(" ")).content("application/problem+json", content.build());
    let is_about_a_limit = problems.iter().any(|problem| problem.limit().is_some());
    let response = if is_about_a_limit { response.header("retry-after", headers::retry_after()) } else { response };
    Ok(headers::on_every_response(response).build())
}

/// How anything that is read may be refused.
pub(super) fn of_reading() -> Vec<Problem> {
    vec![Problem::NotRegistered, Problem::NotAcceptable]
}

/// How a question may be refused.
pub(super) fn of_a_question() -> Vec<Problem> {
    let faults = vec![fault("/person", "identity number has a wrong check digit"), fault("/period/to", "missing")];
    let mut problems = of_reading();
    problems.extend(of_a_body());
    problems.extend([
        Problem::InvalidQuestion(faults),
        Problem::NotYourOrganisation,
        Problem::CaseNotOpen,
        reached(Whose::Caseworker, Measure::Rate),
        Problem::BrokenOff,
        Problem::NotRecorded,
        Problem::CasesUnavailable,
        Problem::Closed(Closed::TrustExpired),
    ]);
    problems.extend("arbetsmarknad".parse().map(Problem::RoleWithoutPolicy));
    problems
}

/// How the registration of a case may be refused.
pub(super) fn of_registering() -> Vec<Problem> {
    let mut problems = of_showing_a_case();
    problems.retain(|problem| *problem != Problem::UnknownCase);
    problems.extend(of_a_body());
    problems.extend([Problem::TooManyCases(10_000), Problem::NotRecorded]);
    problems
}

/// How it may be refused to tell of a case.
pub(super) fn of_showing_a_case() -> Vec<Problem> {
    let mut problems = of_reading();
    problems.extend([
        Problem::InvalidCase(vec![fault("/persons/0/relation", "missing")]),
        Problem::NotYourCase,
        Problem::NotFound,
        Problem::UnknownCase,
        reached(Whose::Consumer, Measure::Rate),
        Problem::CasesUnavailable,
    ]);
    problems
}

/// How the closing of a case may be refused.
pub(super) fn of_closing() -> Vec<Problem> {
    let mut problems = of_showing_a_case();
    problems.retain(|problem| *problem != Problem::NotAcceptable);
    problems.push(Problem::NotRecorded);
    problems
}

/// How a body may be refused before anybody looks at what it says.
fn of_a_body() -> [Problem; 4] {
    [
        Problem::MalformedJson { line: 2, column: 15 },
        Problem::NotWhole,
        Problem::TooLarge(262_144),
        Problem::ContentType,
    ]
}

fn reached(whose: Whose, measure: Measure) -> Problem {
    Problem::Limit(LimitReached { limit: Limit { whose, measure }, retry_after: Duration::from_secs(12), refusals: 1 })
}

fn fault(pointer: &str, detail: &str) -> Fault {
    Fault { pointer: pointer.to_owned(), detail: detail.to_owned() }
}
