//! The ping: LEFI tells which information the actor may have, without a person.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Parameter, PingStep, Reply};
use ssbtx_adapter_kit::rest;

use super::parameters::ActorId;
use super::reply::types_of_information;

/// Asks LEFI for the types of information that are available to the actor.
pub(crate) fn ping_plan(parameters: &[Parameter]) -> PingStep {
    match ActorId::of(parameters) {
        Ok(actor) => PingStep::Send(rest::get(format!(
            "/lefi-extern-formansinformation/v9/aktorer/{actor}/tillgangligaInformationstyper"
        ))),
        Err(refusal) => refusal.into(),
    }
}

/// LEFI is alive if it tells them. Which they are does not matter: an actor with none has still been answered.
pub(crate) fn ping_absorb(replies: &[Reply]) -> PingStep {
    match types_of_information(replies) {
        Ok(()) => PingStep::Alive,
        Err(reason) => reason.into(),
    }
}
