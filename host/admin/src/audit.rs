//! Questions about the audit log: each a path, with nothing of a person in it.

mod desk;
mod problem;
mod question;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::header;
use serde::Serialize;
use serde_json::value::RawValue;
use ssbtx_audit::{AuditQuestions, FoundLine, Months};
use tokio::runtime::Handle;

use crate::insight::Insight;
use crate::patience::Patience;
use crate::routes::Shown;
use problem::Problem;
use question::{CaseworkerQuestion, PersonQuestion, body, months};

pub(crate) use desk::Desk;

/// The routes, beside the others.
pub(crate) fn router() -> Router<Shown> {
    Router::new()
        .route("/admin/audit/usage", get(usage))
        .route("/admin/audit/misuse", get(misuse))
        .route("/admin/audit/caseworker", post(caseworker))
        .route("/admin/audit/person", post(person))
}

async fn usage(
    State(insight): State<Arc<dyn Insight>>,
    State(desk): State<Desk>,
    Extension(patience): Extension<Patience>,
    request: Request,
) -> Result<Response, Problem> {
    let (questions, months) = of_months(&*insight, &request)?;
    let usage = desk.answer(&patience, move |_| questions.usage(months)).await?;
    json(&usage)
}

async fn misuse(
    State(insight): State<Arc<dyn Insight>>,
    State(desk): State<Desk>,
    Extension(patience): Extension<Patience>,
    request: Request,
) -> Result<Response, Problem> {
    let (questions, months) = of_months(&*insight, &request)?;
    let misuse = desk.answer(&patience, move |_| questions.misuse(months)).await?;
    json(&misuse)
}

async fn caseworker(
    State(insight): State<Arc<dyn Insight>>,
    State(desk): State<Desk>,
    Extension(patience): Extension<Patience>,
    request: Request<Body>,
) -> Result<Response, Problem> {
    let questions = asked(&*insight)?;
    let question: CaseworkerQuestion = body(request).await?;
    let (organisation, name, time) = question.parsed()?;
    let found = desk.answer(&patience, move |_| questions.caseworker(&organisation, &name, &time)).await?;
    json(&Records::of(&found)?)
}

async fn person(
    State(insight): State<Arc<dyn Insight>>,
    State(desk): State<Desk>,
    Extension(patience): Extension<Patience>,
    request: Request<Body>,
) -> Result<Response, Problem> {
    let questions = asked(&*insight)?;
    let question: PersonQuestion = body(request).await?;
    let (request, person) = question.parsed()?;
    let runtime = Handle::current();
    let found = desk.answer(&patience, move |waits| questions.person(&request, person, waits, &runtime)).await?;
    json(&found)
}

fn of_months(insight: &dyn Insight, request: &Request) -> Result<(Arc<AuditQuestions>, Months), Problem> {
    let questions = asked(insight)?;
    let months = months(request.uri().query(), questions.now())?;
    Ok((questions, months))
}

fn asked(insight: &dyn Insight) -> Result<Arc<AuditQuestions>, Problem> {
    insight.audit_questions().ok_or(Problem::NotAsked)
}

/// Lines as they stand in the log: an answer to a question about a caseworker.
#[derive(Serialize)]
struct Records<'l> {
    records: Vec<&'l RawValue>,
}

impl<'l> Records<'l> {
    fn of(found: &'l [FoundLine]) -> Result<Self, Problem> {
        let records = found.iter().map(|found| serde_json::from_str(&found.line)).collect::<Result<_, _>>();
        Ok(Self { records: records.map_err(|_| Problem::BrokenOff)? })
    }
}

fn json(shown: &impl Serialize) -> Result<Response, Problem> {
    // Not made pretty: a record's bytes are what its hash is over.
    let mut text = serde_json::to_vec(shown).map_err(|_| Problem::BrokenOff)?;
    text.push(b'\n');
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}
