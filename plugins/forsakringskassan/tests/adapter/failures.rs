//! What an agency could not give: `utlamnare` and `avvikelser`.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use ssbtx_adapter_forsakringskassan::Forsakringskassan;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Answer, Guest, Step};
use ssbtx_adapter_rehearsal::{PERSON, failure};

use crate::exchange::{absorbed, absorbed_for, answer, asking, asking_with};

#[test]
fn every_wanted_dataset_of_an_agency_that_could_not_answer_is_a_failure() {
    for (state, code) in
        [("OTILLGANGLIG", "LEFI-OTILLGANGLIG"), ("FELANDE", "LEFI-FELANDE"), ("SOVER", "LEFI-OKANT-TILLSTAND")]
    {
        let answer = answer(absorbed(200, &states(&[("FK", "OK"), ("PM", state)], &person())));
        assert_eq!(failed(&answer), datasets_of("PM"));
        assert!(answer.failures.iter().all(|failure| failure.reason.code == code));
        let turned = self::answer(absorbed(200, &states(&[("PM", "OK"), ("FK", state)], &json!({}))));
        assert_eq!(failed(&turned), datasets_of("FK"));
    }
}

#[test]
fn where_no_agency_that_was_asked_could_answer_the_whole_fails() {
    let both = states(&[("FK", "FELANDE"), ("PM", "OTILLGANGLIG")], &json!({}));
    assert_eq!(failure(absorbed(200, &both)), "LEFI-FELANDE");
    let only_fk = states(&[("FK", "OTILLGANGLIG")], &json!({}));
    assert_eq!(failure(absorbed_for(asking(&["sjukpenning"]), 200, &only_fk)), "LEFI-OTILLGANGLIG");
    let other_is_well = states(&[("FK", "OTILLGANGLIG"), ("PM", "OK")], &json!({}));
    assert_eq!(failure(absorbed_for(asking(&["sjukpenning"]), 200, &other_is_well)), "LEFI-OTILLGANGLIG");
    insta::assert_snapshot!(message(absorbed(200, &both)), @"Myndigheten kunde inte lämna uppgifter på grund av ett fel hos sig (Försäkringskassan).");
}

#[test]
fn an_agency_that_was_not_asked_does_not_fail() {
    let body = states(&[("FK", "OK"), ("PM", "OTILLGANGLIG")], &person());
    assert!(answer(absorbed_for(asking(&["identitet", "sjukpenning"]), 200, &body)).failures.is_empty());
}

#[test]
fn an_agency_that_the_caller_did_not_ask_does_not_fail_although_it_is_wanted() {
    let to_lefi = json!({
        "personnummer": PERSON,
        "period": { "from": "2026-01-01", "tom": "2026-01-31" },
        "ovrigInformation": ["FK:GEPI"],
    });
    let body = states(&[("FK", "OK")], &person());
    let step = absorbed_for(asking_with(&["identitet", "pm-beslut"], &to_lefi), 200, &body);
    assert!(answer(step).failures.is_empty());
}

#[test]
fn an_agency_that_is_not_told_of_has_answered_if_there_is_data_of_its() {
    let without_states = json!({ "formansinformation": person() }).to_string();
    let answer = answer(absorbed(200, &without_states));
    assert_eq!(failed(&answer), datasets_of("PM"));
    assert!(answer.failures.iter().all(|failure| failure.reason.code == "LEFI-OKANT-TILLSTAND"));
    assert_eq!(failure(absorbed(200, "{}")), "LEFI-OKANT-TILLSTAND");
}

#[test]
fn an_agency_that_is_told_of_twice_has_answered_only_if_it_has_each_time() {
    for states in [[("FK", "OK"), ("FK", "FELANDE")], [("FK", "FELANDE"), ("FK", "OK")]] {
        let step = absorbed_for(asking(&["sjukpenning"]), 200, &self::states(&states, &json!({})));
        assert_eq!(failure(step), "LEFI-FELANDE");
    }
}

#[test]
fn every_deviation_is_a_failure_of_the_datasets_that_its_group_fills() {
    let group = |kod: &str, avvikelse: &str| json!({ "avvikelse": { "kod": avvikelse, "beskrivning": PERSON }, "formansgrupp": { "kod": kod, "beskrivning": "x" } });
    let other = |kod: &str, avvikelse: &str| json!({ "avvikelse": { "kod": avvikelse }, "ovrigInformationstyp": { "kod": kod, "beskrivning": "x" } });
    let answer = answer(absorbed(
        200,
        &deviating(&json!({
            "formansinformation": [group("FK:SJP", "OBEHORIG"), group("FK:BOB", "INTERNT_FEL"), group("FK:AP", "OBEHORIG")],
            "ansprak": [group("PM:AP", "INTERNT_FEL"), group("PM:EF", "INTERNT_FEL")],
            "beslut": [group("PM:BTI", "OBEHORIG"), group("PM:EF", "INTERNT_FEL"), group("PM:BTI", "OBEHORIG")],
            "preliminaraUtbetalningar": [group("FK:FP", "OBEHORIG")],
            "utbetalningar": [group("FK:FP", "OBEHORIG"), group("PM:AP", "OBEHORIG"), group("FK:SJP", "OBEHORIG")],
            "ovrigInformation": [other("FK:GEPI", "OBEHORIG"), other("PM:PU", "NYTT"), other("FK:NYTT", "OBEHORIG")],
        })),
    ));
    insta::assert_snapshot!(told(&answer), @r"
    sjukpenning: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:SJP.
    bostadsbidrag: LEFI-INTERNT-FEL: Myndigheten kunde inte lämna uppgifterna på grund av ett fel hos sig: FK:BOB.
    allman-pension: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:AP.
    efterlevandepension: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:AP.
    intjanande-och-levnadsintyg: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:AP.
    pm-ansprak: LEFI-INTERNT-FEL: Myndigheten kunde inte lämna uppgifterna på grund av ett fel hos sig: PM:AP, PM:EF.
    pm-beslut: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: PM:BTI.
    pm-beslut: LEFI-INTERNT-FEL: Myndigheten kunde inte lämna uppgifterna på grund av ett fel hos sig: PM:EF.
    preliminara-utbetalningar: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:FP.
    utbetalningar: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:FP, FK:SJP.
    pm-utbetalningar: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: PM:AP.
    identitet: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:GEPI.
    skyddad-identitet: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:GEPI.
    adress: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:GEPI.
    civilstand: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:GEPI.
    arbetsstallen: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:GEPI.
    barn: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:GEPI.
    samhoriga: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:GEPI.
    medborgarskap: LEFI-OBEHORIG: Kommunen är inte behörig att få uppgifterna från myndigheten: FK:GEPI.
    pm-pensionsunderlag: LEFI-AVVIKELSE: Myndigheten lämnade inte uppgifterna och sade inte varför: PM:PU.
    ");
}

#[test]
fn a_deviation_that_names_no_group_is_a_failure_of_all_that_was_asked_for_there() {
    let body = deviating(&json!({ "formansinformation": [{ "avvikelse": { "kod": "INTERNT_FEL" } }] }));
    let answer = answer(absorbed_for(asking(&["sjukpenning", "bostadsbidrag", "pm-beslut", "identitet"]), 200, &body));
    insta::assert_snapshot!(told(&answer), @r"
    bostadsbidrag: LEFI-INTERNT-FEL: Myndigheten kunde inte lämna uppgifterna på grund av ett fel hos sig: FK:BOB.
    sjukpenning: LEFI-INTERNT-FEL: Myndigheten kunde inte lämna uppgifterna på grund av ett fel hos sig: FK:SJP.
    ");
}

#[test]
fn a_deviation_adds_nothing_where_the_agency_could_not_answer_at_all() {
    let mut body: Value = serde_json::from_str(&states(&[("FK", "OK"), ("PM", "FELANDE")], &person())).unwrap();
    body["avvikelser"] = json!({ "beslut": [{ "avvikelse": { "kod": "OBEHORIG" }, "formansgrupp": { "kod": "PM:AP", "beskrivning": "x" } }] });
    let answer = answer(absorbed_for(asking(&["identitet", "pm-beslut"]), 200, &body.to_string()));
    insta::assert_snapshot!(told(&answer), @"pm-beslut: LEFI-FELANDE: Myndigheten kunde inte lämna uppgifter på grund av ett fel hos sig.");
}

#[test]
fn an_answer_of_nothing_but_deviations_is_no_nothing_found() {
    let body = json!({
        "utlamnare": [{ "utlamnare": { "kod": "FK" }, "tillstand": { "kod": "OK" } }],
        "avvikelser": { "formansinformation": [{ "avvikelse": { "kod": "OBEHORIG" }, "formansgrupp": { "kod": "FK:SJP" } }] },
    });
    let answer = answer(absorbed_for(asking(&["sjukpenning"]), 200, &body.to_string()));
    assert_eq!(failed(&answer), BTreeSet::from(["sjukpenning".to_owned()]));
}

#[test]
fn the_longest_message_fits_the_contract() {
    let body = deviating(&json!({ "utbetalningar": [{ "avvikelse": { "kod": "INTERNT_FEL" } }] }));
    let longest = answer(absorbed(200, &body)).failures.into_iter().map(|failure| failure.reason.message.len()).max();
    assert!(longest.is_some_and(|bytes| (200..=512).contains(&bytes)), "{longest:?}");
}

/// An answer with the state of these agencies and this of Försäkringskassan's information.
fn states(states: &[(&str, &str)], formansinformation: &Value) -> String {
    let states: Vec<Value> = states
        .iter()
        .map(|(agency, state)| json!({ "utlamnare": { "kod": agency }, "tillstand": { "kod": state } }))
        .collect();
    json!({ "utlamnare": states, "formansinformation": formansinformation }).to_string()
}

/// An answer of both agencies with these deviations.
fn deviating(avvikelser: &Value) -> String {
    let mut body: Value = serde_json::from_str(&states(&[("FK", "OK"), ("PM", "OK")], &person())).unwrap();
    body["avvikelser"] = avvikelser.clone();
    body.to_string()
}

fn person() -> Value {
    json!({ "generellPersoninformation": [{ "personnummer": PERSON, "skyddad": false }] })
}

fn failed(answer: &Answer) -> BTreeSet<String> {
    answer.failures.iter().map(|failure| failure.dataset.clone()).collect()
}

fn datasets_of(discloser: &str) -> BTreeSet<String> {
    let datasets = Forsakringskassan::describe().catalogue.datasets;
    datasets.into_iter().filter(|dataset| dataset.discloser == discloser).map(|dataset| dataset.id).collect()
}

fn message(step: Step) -> String {
    let Step::Failed(notice) = step else { panic!("{step:?} is no failure") };
    notice.message
}

/// One line for each failure, none of which quotes LEFI.
fn told(answer: &Answer) -> String {
    let line = |failure: &ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::DatasetFailure| {
        assert!(!failure.reason.message.contains(PERSON));
        format!("{}: {}: {}", failure.dataset, failure.reason.code, failure.reason.message)
    };
    answer.failures.iter().map(line).collect::<Vec<String>>().join("\n")
}
