//! How LEFI says that something cannot be had, and how it fails in its own way.

use serde_json::{Value, json};
use ssbtx_base_services::{Agency, Fault};
use ssbtx_published::{Contracts, LEFI_ERROR};

use super::asking::{Lefi, PERSON, everything, question};

#[tokio::test]
async fn a_group_that_is_not_permitted_or_does_not_answer_is_a_deviation() {
    let lefi = Lefi::start();
    let gudrun = "198404162383";
    let answer = lefi.ask(&everything(gudrun)).await.json();
    let deviation = |class: &str, member: &str| {
        let found = answer["avvikelser"][class].as_array().unwrap();
        assert_eq!(found.len(), if class == "ovrigInformation" { 2 } else { 1 });
        found.iter().map(|one| (one["avvikelse"]["kod"].clone(), one[member]["kod"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(deviation("utbetalningar", "formansgrupp"), [(json!("OBEHORIG"), json!("FK:AS"))]);
    assert_eq!(
        deviation("ovrigInformation", "ovrigInformationstyp"),
        [(json!("OBEHORIG"), json!("FK:SGI")), (json!("INTERNT_FEL"), json!("PM:PU"))]
    );
    let information = answer["formansinformation"].as_object().unwrap();
    assert!(!information.contains_key("sjukpenninggrundandeInkomstuppgift"));
    assert!(information.contains_key("aktivitetsstodsarende"));
}

#[tokio::test]
async fn a_deviation_is_told_only_to_who_asks_for_its_group() {
    let lefi = Lefi::start();
    let answer = lefi.ask(&question("198404162383", [("formansinformation", "FK:AS")])).await.json();
    assert_eq!(answer["avvikelser"], json!([]));
}

#[tokio::test]
async fn a_discloser_that_cannot_be_reached_adds_nothing_and_has_no_deviations() {
    let lefi = Lefi::start();
    let answer = lefi.ask(&everything("200002292399")).await.json();
    let states: Vec<_> = answer["utlamnare"].as_array().unwrap().iter().map(|one| &one["tillstand"]["kod"]).collect();
    assert_eq!(states, ["OK", "OTILLGANGLIG"]);
    for list in ["ansprak", "beslut", "preliminaraUtbetalningar", "utbetalningar", "ovrigInformation"] {
        assert_eq!(answer[list], Value::Null, "{list}");
    }
    assert_eq!(answer["avvikelser"].as_object().unwrap().keys().collect::<Vec<_>>(), ["formansinformation"]);
    assert_eq!(answer["avvikelser"]["formansinformation"][0]["avvikelse"]["kod"], "INTERNT_FEL");
}

#[tokio::test]
async fn lefi_fails_in_its_own_way_and_quotes_the_person() {
    let lefi = Lefi::start();
    lefi.services.set_fault(Agency::Fk, Some(Fault::AgencyErrorCode));
    let answer = lefi.ask(&everything(PERSON)).await;
    assert_eq!(answer.status, 500);
    assert!(answer.json()["meddelande"].as_str().unwrap().contains(PERSON));
    if let Some(contracts) = Contracts::find() {
        contracts.schema(&LEFI_ERROR).validate(&answer.body).unwrap();
    }
}

#[tokio::test]
async fn anybody_can_be_odd_on_demand() {
    let lefi = Lefi::start();
    let right = lefi.ask(&everything(PERSON)).await;
    lefi.services.set_fault(Agency::Fk, Some(Fault::SchemaOdd));
    let odd = lefi.ask(&everything(PERSON)).await;
    assert_eq!(odd.status, 200);
    assert!(odd.body.contains(r#""nyhet":"#) && odd.body.contains("null") && odd.body != right.body);
    assert_eq!(odd.json()["utlamnare"][0]["tillstand"]["kod"], "OK");
}
