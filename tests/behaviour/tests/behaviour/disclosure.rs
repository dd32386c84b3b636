//! Each role sees what its policy opens, and an agency is asked for no more.

use serde_json::json;
use ssbtx_base_services::Agency;
use ssbtx_stage::configuration::Accepted;
use ssbtx_stage::questions::{Asking, BASE_SERVICES};

use crate::play::{ALVAR, ELSA, HENRIK, Play, Staging, part, state};

#[tokio::test]
async fn every_answer_has_all_seven_parts_in_the_order_of_ssbtek() {
    let play = Play::begin();
    let answer = play.ask(&Asking::about(ALVAR)).await;
    let agencies: Vec<_> =
        answer["parts"].as_array().unwrap().iter().map(|part| part["agency"].as_str().unwrap()).collect();
    assert_eq!(agencies, ["AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV"]);
    assert_eq!(part(&answer, "FK")["disclosers"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn ekonomiskt_bistand_sees_what_all_seven_agencies_know() {
    let play = Play::begin();
    let answer = play.ask(&Asking::about(ALVAR)).await;
    for agency in BASE_SERVICES {
        let part = part(&answer, agency);
        assert_eq!(part["state"], "answered", "{agency}: {part}");
        assert!(
            part.get("withheld").is_none_or(|withheld| withheld.as_array().unwrap().is_empty()),
            "{agency}: {part}"
        );
    }
    let af = &part(&answer, "AF")["document"]["Svar"];
    assert_eq!(af["Fornamn"], "Alvar");
    assert_eq!(af["ArbetssokandeInfo"]["ArbetssokandeRegistrerad"], "2026-07-01");
    assert!(part(&answer, "SO")["document"]["ArbetsloshetsersattningLista"]["Arbetsloshetsersattning"].is_array());
    let csn = &part(&answer, "CSN")["document"]["Personer"]["Person"][0]["Studiemedel"]["Arenden"]["Arende"][0];
    assert_eq!(csn["klartext"], "Studiemedel för studier i Sverige");
    let skv = &part(&answer, "SKV")["document"]["PersonuppgiftLista"]["Personuppgift"][0];
    assert_eq!(skv["Skattekontouppgift"][0]["AterbetaltBelopp"], 1830);
    assert_eq!(part(&answer, "TNS")["document"]["fordonsinnehav"]["fordon"][0]["fabrikat"], "Påhitt");
    let lefi = &part(&answer, "FK")["document"]["formansinformation"];
    assert_eq!(lefi["sjukpenningarende"][0]["beslut"][0]["forman"]["id"], "SJP");
    assert_eq!(answer["edition"]["policy"]["name"], "ekonomiskt-bistand");
}

#[tokio::test]
async fn arbetsmarknad_sees_enrolment_report_and_permits_and_is_told_what_is_withheld() {
    let play = Play::begin();
    let answer = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
    let af = part(&answer, "AF");
    assert_eq!(af["state"], "answered", "{af}");
    assert_eq!(af["document"]["Svar"]["ArbetssokandeInfo"]["ArbetssokandeRegistrerad"], "2026-07-01");
    for closed in ["Fornamn", "Efternamn", "Akassetillhorighet", "BeslutInfo"] {
        assert!(af["document"]["Svar"].get(closed).is_none(), "{closed}");
        let path = format!("Svar/{closed}");
        assert!(
            af["withheld"].as_array().unwrap().iter().any(|withheld| withheld["element"] == path.as_str()),
            "{closed}: {af}"
        );
    }
    assert_eq!(state(&answer, "MIV"), "answered");
    for agency in ["CSN", "SKV", "SO", "TNS"] {
        assert_eq!(state(&answer, agency), "not-permitted");
    }
}

#[tokio::test]
async fn arbetsmarknad_sees_of_forsakringskassan_the_days_used_in_the_programme_and_no_more() {
    let play = Play::begin();
    let answer = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(HENRIK)).await;
    let found = &part(&answer, "FK")["document"]["formansinformation"];
    assert_eq!(*found, json!({ "programjobdagar": [{ "antalForbrukade": 212, "harForbrukatMaxAntal": false }] }));
    let whole = play.ask(&Asking::about(HENRIK)).await;
    assert!(part(&whole, "FK")["document"]["formansinformation"].as_object().unwrap().len() > 3, "{whole}");
}

#[tokio::test]
async fn an_agency_that_the_role_may_see_nothing_of_is_not_asked() {
    let play = Play::begin();
    play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
    assert_eq!(Agency::ALL.map(|agency| play.agencies.requests(agency)), [1, 0, 1, 0, 0, 0, 1]);
    play.ask(&Asking::about(ALVAR)).await;
    assert_eq!(Agency::ALL.map(|agency| play.agencies.requests(agency)), [2, 1, 2, 1, 1, 1, 2]);
    for agency in Agency::ALL {
        assert!(play.agencies.bad_requests(agency).is_empty(), "{agency}: {:?}", play.agencies.bad_requests(agency));
    }
}

#[tokio::test]
async fn an_agency_is_asked_for_no_more_than_the_role_may_see() {
    let play = Play::begin();
    play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
    let request = play.agencies.last_request(Agency::Af).unwrap();
    for attribute in ["ArbetssokandeInfo=\"true\"", "AkasseInfo=\"false\"", "BeslutInfo=\"false\""] {
        assert!(request.contains(attribute), "{attribute}");
    }
    assert!(play.agencies.bad_requests(Agency::Af).is_empty());
}

#[tokio::test]
async fn an_agency_is_told_the_law_and_not_the_askers_words_for_it() {
    let play = Play::begin();
    play.ask_soap(&Asking::about(ALVAR)).await;
    let request = play.agencies.last_request(Agency::Af).unwrap();
    assert!(request.contains("SoL (2025:400) 15 kap. 11 §; SFS 2008:975 5 §"), "{request}");
    assert!(request.contains("; utan fastställd grund: ssbtek-v10-practice<"), "{request}");
    assert!(!request.contains("SoL 15 kap.</"), "{request}");
    play.ask_soap_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
    let request = play.agencies.last_request(Agency::Af).unwrap();
    assert!(request.contains("LagParagraf>utan fastställd grund: ssbtx-arbetsmarknad<"), "{request}");
}

#[tokio::test]
async fn an_agency_that_is_not_included_is_not_asked() {
    let play = Play::begin();
    let answer = play.ask(&Asking::about(ALVAR).including(&["AF"])).await;
    assert_eq!(state(&answer, "AF"), "answered");
    for agency in BASE_SERVICES.into_iter().filter(|agency| *agency != "AF") {
        assert_eq!(state(&answer, agency), "not-asked");
    }
    assert_eq!(Agency::ALL.map(|agency| play.agencies.requests(agency)), [1, 0, 0, 0, 0, 0, 0]);
}

#[tokio::test]
async fn a_person_whom_nobody_knows_is_nothing_found_and_not_a_failure() {
    let play = Play::begin();
    let answer = play.ask(&Asking::about(ELSA)).await;
    for agency in BASE_SERVICES {
        assert_eq!(state(&answer, agency), "nothing-found");
    }
    let soap = play.ask_soap(&Asking::about(ELSA)).await;
    assert!(!soap.body.contains("error>"), "{}", soap.body);
}

#[tokio::test]
async fn an_agency_without_an_adapter_fails_with_its_own_code_and_only_if_included() {
    let play = Play::staged(Staging::without(&[Agency::Csn, Agency::Skv]));
    let answer = play.ask(&Asking::about(ALVAR).including(&["AF", "CSN"])).await;
    assert_eq!(part(&answer, "CSN")["failure"]["source"], "SSBT");
    assert_eq!(part(&answer, "CSN")["failure"]["code"], "SSBT-101");
    assert_eq!((state(&answer, "AF"), state(&answer, "SKV")), ("answered", "not-asked"));
}

#[tokio::test]
async fn without_an_accepted_practice_only_numbered_items_are_open() {
    let play = Play::staged(Staging { accepted: Vec::new(), ..Staging::default() });
    let answer = play.ask(&Asking::about(ALVAR)).await;
    let af = part(&answer, "AF");
    assert_eq!(af["document"]["Svar"]["Fornamn"], "Alvar");
    assert!(af["document"]["Svar"]["ArbetssokandeInfo"].get("ArbetssokandeOmfattning").is_none());
    let told = af["withheld"].as_array().unwrap();
    assert!(
        told.iter().any(|withheld| withheld["reason"] == "basis-pending" && withheld["basis"] == "ssbtek-v10-practice"),
        "{af}"
    );
    assert_eq!((state(&answer, "TNS"), state(&answer, "MIV")), ("not-permitted", "not-permitted"));
    let closed = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
    for agency in BASE_SERVICES {
        assert_eq!(state(&closed, agency), "not-permitted");
    }
}

#[test]
#[should_panic(expected = "which no loaded policy declares")]
fn a_host_that_accepts_a_basis_that_no_policy_declares_does_not_start() {
    let accepted = vec![Accepted { basis: "no-such-practice".to_owned(), datasets: Vec::new() }];
    Play::staged(Staging { accepted, ..Staging::default() });
}

#[test]
#[should_panic(expected = "for dataset `AF/no-such-dataset`, which no loaded catalogue lists")]
fn a_host_that_accepts_a_basis_for_a_dataset_that_no_catalogue_lists_does_not_start() {
    let accepted =
        vec![Accepted { basis: "ssbtx-arbetsmarknad".to_owned(), datasets: vec!["AF/no-such-dataset".to_owned()] }];
    Play::staged(Staging { accepted, ..Staging::default() });
}
