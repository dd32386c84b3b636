//! Questions, answers and what else is read, as examples.
//!
//! They are the demonstration's: what the host answers of its invented persons, whose numbers are Skatteverket's published test numbers. A test
//! against the running host holds that it answers so.

use serde_json::{Value, json};
use utoipa::openapi::example::{Example, ExampleBuilder};

/// An example by the name that it has in the description.
pub(super) type Named = (&'static str, Example);

/// Questions.
pub(super) fn questions() -> serde_json::Result<Vec<Named>> {
    Ok(vec![
        named("some", "Three base services", include_str!("examples/question.json"))?,
        named("all", "Every base service", include_str!("examples/question-to-all.json"))?,
        named("nobody", "Somebody whom nobody knows", include_str!("examples/question-about-nobody.json"))?,
        named("household", "Two persons of one household", include_str!("examples/question-about-a-household.json"))?,
    ])
}

/// The answers to the first of the questions, to either role, and to the last two, while Arbetsförmedlingen failed.
pub(super) fn answers() -> serde_json::Result<Vec<Named>> {
    let [economy, labour, failures, household] = [
        include_str!("examples/answer-ekonomiskt-bistand.json"),
        include_str!("examples/answer-arbetsmarknad.json"),
        include_str!("examples/answer-failures.json"),
        include_str!("examples/answer-household.json"),
    ];
    Ok(vec![
        named("ekonomiskt-bistand", "As ekonomiskt bistånd", economy)?,
        named("arbetsmarknad", "As arbetsmarknad, which may see less", labour)?,
        named("failures", "One failed, the others found nothing", failures)?,
        named("household", "An answer for each of two persons", household)?,
    ])
}

/// The first answer in pieces, with fewer base services.
pub(super) fn events() -> Vec<Named> {
    let events = Value::from(include_str!("examples/events.txt"));
    vec![("arbetsmarknad", of("Three of the parts and the end of an answer", events))]
}

/// What is registered of a case.
pub(super) fn registrations() -> serde_json::Result<Vec<Named>> {
    let registration = include_str!("examples/case-registration.json");
    Ok(vec![named("household", "Two persons, for as long as the operator lets a case be open", registration)?])
}

/// What is told of a case.
pub(super) fn cases() -> Vec<Named> {
    vec![("household", of("Two persons", json!({ "persons": 2, "until": "2026-12-31T23:00:00Z" })))]
}

/// Every catalogue, in brief, of which some are shown.
pub(super) fn catalogues() -> serde_json::Result<Vec<Named>> {
    Ok(vec![named("some", "Two of the catalogues", include_str!("examples/catalogues.json"))?])
}

/// One catalogue, of which some is shown.
pub(super) fn catalogue() -> serde_json::Result<Vec<Named>> {
    Ok(vec![named("migrationsverket", "Some of Migrationsverket's", include_str!("examples/catalogue.json"))?])
}

/// The policies, of whose legal bases some are shown.
pub(super) fn policies() -> serde_json::Result<Vec<Named>> {
    Ok(vec![named("both", "Some of the legal bases of each role", include_str!("examples/policies.json"))?])
}

fn named(name: &'static str, summary: &str, text: &str) -> serde_json::Result<Named> {
    Ok((name, of(summary, serde_json::from_str(text)?)))
}

/// An example of a value.
pub(super) fn of(summary: &str, value: Value) -> Example {
    ExampleBuilder::new().summary(summary).value(Some(value)).build()
}
