//! The base service is asked for what the role may see and no more, whoever writes the question.

use serde_json::{Value, json};
use ssbtx_base_services::Agency;
use ssbtx_stage::lefi::everything;
use ssbtx_stage::questions::Asking;

use super::{for_everything_but, with};
use crate::contract::encoded_document;
use crate::play::{ALVAR, HENRIK, Play, Staging};

/// What the base service was last asked.
fn asked(play: &Play) -> Value {
    assert!(play.agencies.bad_requests(Agency::Fk).is_empty(), "{:?}", play.agencies.bad_requests(Agency::Fk));
    serde_json::from_str(&play.agencies.last_request(Agency::Fk).unwrap()).unwrap()
}

#[tokio::test]
async fn a_callers_question_for_everything_is_narrowed_to_what_the_role_may_see() {
    let play = Play::begin();
    let asking = Asking::about(HENRIK);
    play.ask_soap(&asking).await;
    let whole: Value = serde_json::from_str(&everything(HENRIK, "2025-10-01", "2026-11-30")).unwrap();
    assert_eq!(asked(&play), whole, "ekonomiskt bistånd may see all of it");
    let answer = play.ask_soap_as(&play.pki.arbetsmarknad, &asking).await;
    let narrowed = json!({
        "personnummer": HENRIK,
        "period": { "from": "2025-10-01", "tom": "2026-11-30" },
        "formansinformation": ["FK:PJOB"],
    });
    assert_eq!(asked(&play), narrowed);
    let document: Value = serde_json::from_str(&encoded_document(&answer.body, Agency::Fk).unwrap()).unwrap();
    assert_eq!(document["formansinformation"]["programjobdagar"][0]["antalForbrukade"], 212, "{document}");
}

#[tokio::test]
async fn without_a_callers_question_the_base_service_is_asked_for_all_that_the_role_may_see() {
    let play = Play::begin();
    play.ask(&Asking::about(HENRIK)).await;
    let whole: Value = serde_json::from_str(&everything(HENRIK, "2025-10-01", "2026-11-30")).unwrap();
    assert_eq!(asked(&play), whole);
    play.ask_as(&play.pki.arbetsmarknad, &Asking::about(HENRIK)).await;
    assert_eq!(asked(&play)["formansinformation"], json!(["FK:PJOB"]));
    assert_eq!(asked(&play).as_object().unwrap().len(), 3);
}

#[tokio::test]
async fn what_no_numbered_item_opens_is_not_asked_for_while_the_practice_is_not_accepted() {
    let play = Play::staged(Staging { accepted: Vec::new(), ..Staging::default() });
    play.ask_soap(&Asking::about(HENRIK)).await;
    assert_eq!(asked(&play)["ovrigInformation"], json!(["FK:GEPI", "FK:PANV"]));
    let payments = asked(&play)["utbetalningar"].as_array().unwrap().clone();
    assert!(payments.contains(&json!("FK:SJP")) && !payments.contains(&json!("FK:EJO")), "{payments:?}");
}

#[tokio::test]
async fn a_callers_question_with_a_period_of_its_own_is_asked_with_that() {
    let play = Play::begin();
    let period = json!({ "from": "2026-01-01", "tom": "2026-01-31" });
    play.ask_soap(&with(for_everything_but("period", period.clone()))).await;
    assert_eq!(asked(&play)["period"], period);
    // Ten digits are the same person, and leave as twelve.
    play.ask_soap(&with(for_everything_but("personnummer", json!(ALVAR[2..])))).await;
    assert_eq!(asked(&play)["personnummer"], ALVAR);
}
