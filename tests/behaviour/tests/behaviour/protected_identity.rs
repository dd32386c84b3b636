//! A protected identity that one agency knows of is protected in every part.

use serde_json::Value;
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, FREDRIK, Play, part};

/// The permit in Migrationsverket's part, which knows nothing of protection.
fn permit(answer: &Value) -> &Value {
    &part(answer, "MIV")["document"]["response"]["svarCollection"]["svar"][0]
}

#[tokio::test]
async fn a_protected_identity_found_in_one_part_is_decided_again_for_every_part() {
    let play = Play::begin();
    let open = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
    let protected = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(FREDRIK)).await;
    // Arbetsförmedlingen says that the identity is protected; Migrationsverket knows nothing of that and is filtered for it all the same.
    assert!(permit(&open).get("arendeTyp").is_some(), "{open}");
    assert!(permit(&protected).get("arendeTyp").is_none(), "{protected}");
    assert!(permit(&protected).get("fromDatum").is_some(), "{protected}");
    assert!(part(&protected, "AF")["document"]["Svar"]["ArbetssokandeInfo"].get("ArbetssokandeOmfattning").is_none());
    assert_eq!(play.records()[1]["context"]["protectedIdentity"], true);
}

#[tokio::test]
async fn each_agency_that_has_a_mark_of_protection_is_believed() {
    let play = Play::begin();
    for (agency, is_marking) in [("AF", true), ("CSN", true), ("FK", true), ("SO", false), ("MIV", false)] {
        play.ask(&Asking::about(FREDRIK).including(&[agency])).await;
        play.ask(&Asking::about(ALVAR).including(&[agency])).await;
        let records = play.records();
        let protected: Vec<_> =
            records.iter().rev().take(2).map(|record| &record["context"]["protectedIdentity"]).collect();
        assert_eq!(protected, [&Value::Bool(false), &Value::Bool(is_marking)], "{agency}");
    }
}
