//! Each role sees what its policy opens, and an agency is asked for no more.

use ssbtx_base_services::Agency;
use ssbtx_stage::configuration::Accepted;
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, ELSA, FREDRIK, Play, Staging, part, state};

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
async fn ekonomiskt_bistand_sees_what_all_three_agencies_know() {
    let play = Play::begin();
    let answer = play.ask(&Asking::about(ALVAR)).await;
    for agency in ["AF", "SO", "MIV"] {
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
    assert_eq!(state(&answer, "SO"), "not-permitted");
}

#[tokio::test]
async fn an_agency_that_the_role_may_see_nothing_of_is_not_asked() {
    let play = Play::begin();
    play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
    assert_eq!(play.agencies.requests(Agency::So), 0);
    assert_eq!(play.agencies.requests(Agency::Af), 1);
    play.ask(&Asking::about(ALVAR)).await;
    assert_eq!(play.agencies.requests(Agency::So), 1);
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
    assert_eq!(
        (state(&answer, "AF"), state(&answer, "SO"), state(&answer, "MIV")),
        ("answered", "not-asked", "not-asked")
    );
    assert_eq!(play.agencies.requests(Agency::So) + play.agencies.requests(Agency::Miv), 0);
}

#[tokio::test]
async fn a_person_whom_nobody_knows_is_nothing_found_and_not_a_failure() {
    let play = Play::begin();
    let answer = play.ask(&Asking::about(ELSA)).await;
    for agency in ["AF", "SO", "MIV"] {
        assert_eq!(state(&answer, agency), "nothing-found");
    }
    let soap = play.ask_soap(&Asking::about(ELSA)).await;
    assert!(!soap.body.contains("error>"), "{}", soap.body);
}

#[tokio::test]
async fn an_agency_without_an_adapter_fails_with_its_own_code_and_only_if_included() {
    let play = Play::begin();
    let answer = play.ask(&Asking::about(ALVAR).including(&["AF", "CSN"])).await;
    assert_eq!(part(&answer, "CSN")["failure"]["source"], "SSBT");
    assert_eq!(part(&answer, "CSN")["failure"]["code"], "SSBT-101");
    assert_eq!(state(&answer, "SKV"), "not-asked");
}

#[tokio::test]
async fn a_protected_identity_found_in_one_part_is_decided_again_for_every_part() {
    let play = Play::begin();
    let open = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
    let protected = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(FREDRIK)).await;
    // Arbetsförmedlingen says that the identity is protected; Migrationsverket knows nothing of that and is filtered for it all the same.
    let permit =
        |answer: &serde_json::Value| part(answer, "MIV")["document"]["response"]["svarCollection"]["svar"][0].clone();
    assert!(permit(&open).get("arendeTyp").is_some(), "{open}");
    assert!(permit(&protected).get("arendeTyp").is_none(), "{protected}");
    assert!(permit(&protected).get("fromDatum").is_some(), "{protected}");
    assert!(part(&protected, "AF")["document"]["Svar"]["ArbetssokandeInfo"].get("ArbetssokandeOmfattning").is_none());
    assert_eq!(play.records()[1]["protectedIdentity"], true);
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
    assert_eq!(state(&answer, "MIV"), "not-permitted");
    let closed = play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR)).await;
    for agency in ["AF", "SO", "MIV"] {
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
