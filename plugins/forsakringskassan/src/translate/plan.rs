//! The request that a question becomes.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Question, Step};
use ssbtx_adapter_kit::rest;

use super::asked::Asked;
use super::parameters::{ActorId, require_version};
use super::refusal::Refusal;

/// Asks LEFI, or says why it cannot be asked.
pub(crate) fn plan(question: &Question) -> Step {
    match request(question) {
        Ok((path, body)) => Step::Send(rest::post(path, body)),
        Err(refusal) => refusal.into(),
    }
}

fn request(question: &Question) -> Result<(String, String), Refusal> {
    require_version(&question.parameters)?;
    let actor = ActorId::of(&question.parameters)?;
    let path = format!("/lefi-extern-formansinformation/v9/aktorer/{actor}/formansinformation/fraga");
    Ok((path, Asked::of(question)?.to_json()))
}
