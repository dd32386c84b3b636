//! A question that cannot be put to the base service fails in its part alone, and is not sent.

use roxmltree::Document;
use serde_json::json;
use ssbtx_base_services::Agency;
use ssbtx_stage::lefi::{AKTORSID, LefiAsking};
use ssbtx_stage::pki::{Identity, ORGANISATION, OTHER_ORGANISATION};
use ssbtx_stage::questions::{Asking, BASE_SERVICES};

use super::{for_everything_but, with};
use crate::contract::block;
use crate::play::{ALVAR, Aktorsid, ELSA, Play, Staging, part, state};

/// Source, code and messages of Försäkringskassan's block in a SOAP answer, where it is an error.
fn error(answer: &str) -> Option<Vec<String>> {
    let document = Document::parse(answer).unwrap();
    let told = block(&document, Agency::Fk)?.first_element_child().filter(|told| told.tag_name().name() == "error")?;
    Some(told.children().filter_map(|node| node.text()).map(str::to_owned).collect())
}

/// Asks, and expects that this part alone fails.
async fn fails_alone(play: &Play, identity: &Identity, asking: &Asking, expected: [&str; 2]) {
    let before = play.agencies.requests(Agency::Fk);
    let answer = play.ask_soap_as(identity, asking).await;
    let told = error(&answer.body).unwrap_or_else(|| panic!("no {expected:?} in {}", answer.body));
    assert_eq!(told.first_chunk().map(|told| told.each_ref().map(String::as_str)), Some(expected));
    assert!(!told.concat().contains("zq"), "{told:?} repeats what the caller wrote");
    assert_eq!(play.agencies.requests(Agency::Fk) - before, u64::from(expected[0] == "BT"), "{expected:?}");
    let document = Document::parse(&answer.body).unwrap();
    let af = block(&document, Agency::Af).unwrap().first_element_child().unwrap();
    assert_eq!(af.tag_name().name(), "data", "{expected:?}");
}

#[tokio::test]
async fn a_callers_question_that_is_none_fails_alone_and_is_not_sent() {
    let play = Play::begin();
    let role = &play.pki.ekonomiskt_bistand;
    for (code, lefi) in [
        ("LEFI-VERSION", LefiAsking { version: Some("zq8".to_owned()), ..LefiAsking::default() }),
        ("LEFI-PERSON", for_everything_but("personnummer", json!(ELSA))),
        ("LEFI-PERIOD", for_everything_but("period", json!({ "from": "2024-01-01", "tom": "2026-01-02" }))),
        ("LEFI-PERIOD", for_everything_but("period", json!({ "from": "2026-01-02", "tom": "2026-01-01" }))),
        ("LEFI-PERIOD", for_everything_but("period", json!({ "from": "2026-02-30", "tom": "2026-03-01" }))),
        ("LEFI-FRAGA", for_everything_but("utbetalningar", json!(["FK:zq"]))),
        ("LEFI-FRAGA", for_everything_but("beslut", json!("zq"))),
        ("LEFI-FRAGA", for_everything_but("zq", json!([]))),
        ("LEFI-FRAGA", LefiAsking::written("{}")),
        ("LEFI-FRAGA", LefiAsking::written("zq")),
        ("LEFI-FRAGA", LefiAsking::written("[".repeat(100_000))),
        ("LEFI-FRAGA", LefiAsking::written("{\"beslut\":".repeat(10_000))),
    ] {
        fails_alone(&play, role, &with(lefi), ["SSBT", code]).await;
    }
    assert!(play.agencies.bad_requests(Agency::Fk).is_empty());
}

#[tokio::test]
async fn a_callers_question_for_nothing_that_the_role_may_see_fails_alone_and_is_not_sent() {
    let play = Play::begin();
    let question = json!({
        "personnummer": ALVAR,
        "period": { "from": "2026-01-01", "tom": "2026-11-30" },
        "formansinformation": ["FK:SJP"],
    });
    let asking = with(LefiAsking::written(question.to_string()));
    fails_alone(&play, &play.pki.arbetsmarknad, &asking, ["SSBT", "LEFI-INGET-TILLATET"]).await;
}

#[tokio::test]
async fn a_period_longer_than_two_years_fails_at_forsakringskassan_alone() {
    let play = Play::begin();
    let period = ("2024-01-01".to_owned(), "2026-11-30".to_owned());
    let answer = play.ask(&Asking { period, ..Asking::about(ALVAR) }).await;
    assert_eq!(part(&answer, "FK")["failure"]["source"], "SSBT");
    assert_eq!(part(&answer, "FK")["failure"]["code"], "LEFI-PERIOD");
    for agency in BASE_SERVICES.into_iter().filter(|agency| *agency != "FK") {
        assert_eq!(state(&answer, agency), "answered", "{agency}");
    }
}

#[tokio::test]
async fn a_question_under_anothers_name_is_refused_whole() {
    let play = Play::begin();
    for other in [AKTORSID[1].1, "zqStranger"] {
        let lefi = LefiAsking { aktorsid: other.to_owned(), ..LefiAsking::default() };
        let refused = play.ask_soap(&with(lefi)).await;
        assert_eq!(refused.status, 500);
        assert!(refused.body.contains("SSBT-212") && !refused.body.contains(other), "{}", refused.body);
    }
    // The name follows the organisation that is asked for.
    let for_another = Asking::about(ALVAR).to_soap().replace(ORGANISATION, OTHER_ORGANISATION);
    let refused = play.client(&play.pki.ekonomiskt_bistand).post_soap(for_another).await.unwrap();
    assert!(refused.body.contains("SSBT-212"), "{}", refused.body);
    assert_eq!(Agency::ALL.map(|agency| play.agencies.requests(agency)), [0; 7]);
}

#[tokio::test]
async fn an_asker_that_is_not_registered_names_itself_and_forsakringskassan_is_the_judge() {
    let play = Play::staged(Staging { aktorsid: Aktorsid::NotRegistered, ..Staging::default() });
    let role = &play.pki.ekonomiskt_bistand;
    assert_eq!(error(&play.ask_soap(&Asking::about(ALVAR)).await.body), None);
    for (aktorsid, expected) in [("zqStranger", ["BT", "LEFI-403"]), ("zq/../zq", ["SSBT", "LEFI-AKTORSID"])] {
        let lefi = LefiAsking { aktorsid: aktorsid.to_owned(), ..LefiAsking::default() };
        fails_alone(&play, role, &with(lefi), expected).await;
    }
    let answer = play.ask(&Asking::about(ALVAR)).await;
    assert_eq!(part(&answer, "FK")["failure"]["code"], "LEFI-AKTORSID");
    assert_eq!(state(&answer, "CSN"), "answered");
}
