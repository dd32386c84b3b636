//! One base service is two disclosers, and each is told of by itself.

use serde_json::{Value, json};
use ssbtx_base_services::Agency;
use ssbtx_stage::questions::Asking;

use crate::contract::encoded_document;
use crate::play::{ALVAR, Play, part};

#[tokio::test]
async fn a_discloser_that_is_down_fails_while_the_other_answers() {
    let play = Play::begin();
    let answer = play.ask(&Asking::about(WITHOUT_PENSIONSMYNDIGHETEN)).await;
    let fk = part(&answer, "FK");
    assert_eq!(fk["state"], "answered", "{fk}");
    assert_eq!(
        fk["disclosers"],
        json!([{ "agency": "FK", "state": "answered" }, { "agency": "PM", "state": "failed" }])
    );
    let failures = fk["failures"].as_array().unwrap();
    let of = |code: &str| -> Vec<&str> {
        let found = failures.iter().filter(|failure| failure["code"] == code);
        found.map(|failure| failure["dataset"].as_str().unwrap()).collect()
    };
    assert_eq!(of("LEFI-INTERNT-FEL"), ["sjukpenning"], "{fk}");
    let down = of("LEFI-OTILLGANGLIG");
    assert!(down.len() == 7 && down.iter().all(|dataset| dataset.starts_with("pm-")), "{fk}");
    let record = &play.records()[0]["agencies"];
    let record = record.as_array().unwrap().iter().find(|agency| agency["agency"] == "FK").unwrap();
    let states: Vec<_> = record["disclosers"].as_array().unwrap().iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["answered", "failed"], "{record}");
}

#[tokio::test]
async fn a_part_fails_when_both_disclosers_are_down() {
    let play = Play::begin();
    for (down, state, disclosers, code) in [
        (["FELANDE", "OK"], "answered", ["failed", "answered"], None),
        (["OTILLGANGLIG", "FELANDE"], "failed", ["failed", "failed"], Some("LEFI-OTILLGANGLIG")),
    ] {
        let discloser = |code, state| json!({ "utlamnare": { "kod": code }, "tillstand": { "kod": state } });
        let lefi = json!({
            "utlamnare": [discloser("FK", down[0]), discloser("PM", down[1])],
            "avvikelser": {},
            "beslut": [{ "beslutsid": "EX-1" }],
        });
        play.agencies.set_answer(Agency::Fk, ALVAR, &lefi.to_string());
        let answer = play.ask(&Asking::about(ALVAR)).await;
        let fk = part(&answer, "FK");
        let told: Vec<_> = fk["disclosers"].as_array().unwrap().iter().map(|one| &one["state"]).collect();
        assert_eq!((fk["state"].as_str(), fk["failure"]["code"].as_str()), (Some(state), code), "{fk}");
        assert_eq!(told, disclosers, "{fk}");
    }
}

#[tokio::test]
async fn what_forsakringskassan_may_not_give_is_told_for_each_dataset() {
    let play = Play::begin();
    let answer = play.ask(&Asking::about(WITH_DEVIATIONS)).await;
    let failures = part(&answer, "FK")["failures"].as_array().unwrap();
    let told: Vec<_> = failures.iter().map(|failure| (&failure["dataset"], &failure["code"])).collect();
    for expected in [
        ("sjukpenninggrundande-inkomst", "LEFI-OBEHORIG"),
        ("utbetalningar", "LEFI-OBEHORIG"),
        ("pm-pensionsunderlag", "LEFI-INTERNT-FEL"),
    ] {
        assert!(
            told.iter().any(|(dataset, code)| (*dataset, *code) == (&json!(expected.0), &json!(expected.1))),
            "{told:?}"
        );
    }
    assert_eq!(told.len(), 3, "{told:?}");
    // Version 10 says it as LEFI does, in the document.
    let soap = play.ask_soap(&Asking::about(WITH_DEVIATIONS)).await;
    let document: Value = serde_json::from_str(&encoded_document(&soap.body, Agency::Fk).unwrap()).unwrap();
    assert_eq!(document["avvikelser"]["utbetalningar"][0]["avvikelse"]["kod"], "OBEHORIG", "{document}");
}

/// Pensionsmyndigheten is down when she is asked about, and so is sjukpenning.
const WITHOUT_PENSIONSMYNDIGHETEN: &str = "200002292399";
/// Some of what is asked about her is not given.
const WITH_DEVIATIONS: &str = "198404162383";
