//! What is answered.

use ssbtx_base_services::{Agency, BaseServices};
use ssbtx_published::{
    AF_QUESTION, CSN_QUESTION, Contracts, LEFI_QUESTION, MIV_QUESTION, SKV_QUESTION, SO_QUESTION, TNS_QUESTION,
};

use crate::client::{Client, Protocol};
use crate::envelope::{payload_of, validate};
use crate::pki::Authority;
use crate::questions::{question, question_to_af_including};

/// A person whom no agency has heard of and who is not in the cast.
const STRANGER: &str = "199001012385";

fn stage() -> (BaseServices, Client) {
    let authority = Authority::new();
    (authority.start(), Client::of(&authority, Protocol::Http1))
}

#[tokio::test]
async fn every_answer_in_an_envelope_but_the_odd_ones_follows_the_published_schema() {
    let Some(contracts) = Contracts::find() else { return };
    let (services, client) = stage();
    let cast: Vec<_> =
        services.cast().persons().iter().map(|person| (person.identity().to_owned(), person.is_odd())).collect();
    for (person, odd) in cast.into_iter().chain([(STRANGER.to_owned(), false)]) {
        let can_be_asked = |agency: &Agency| *agency != Agency::Tns || !person.starts_with("18");
        for agency in IN_AN_ENVELOPE.into_iter().filter(can_be_asked) {
            let answer = client.ask(&services, agency, &question(agency, &person)).await;
            assert_eq!(answer.status, 200, "{agency} {person}");
            assert_eq!(services.last_answer(agency, &person), Some(payload_of(agency, &answer.body)));
            // Transportstyrelsen's schema leaves room for what nobody knows, and of Skatteverket's only the outside is published.
            let breaks_the_schema = odd && !matches!(agency, Agency::Skv | Agency::Tns);
            assert_eq!(validate(&contracts, agency, &answer.body).is_err(), breaks_the_schema, "{agency} {person}");
        }
    }
    assert!(IN_AN_ENVELOPE.into_iter().all(|agency| services.bad_requests(agency).is_empty()));
}

const IN_AN_ENVELOPE: [Agency; 6] = [Agency::Af, Agency::Csn, Agency::Skv, Agency::So, Agency::Tns, Agency::Miv];

#[test]
fn the_questions_that_are_asked_here_follow_what_is_published() {
    let Some(contracts) = Contracts::find() else { return };
    for (agency, question_type) in [
        (Agency::Af, AF_QUESTION),
        (Agency::Csn, CSN_QUESTION),
        (Agency::Skv, SKV_QUESTION),
        (Agency::So, SO_QUESTION),
        (Agency::Tns, TNS_QUESTION),
        (Agency::Miv, MIV_QUESTION),
    ] {
        let question = question(agency, STRANGER);
        let inside = question.split_once("<s:Body>").unwrap().1.split_once("</s:Body>").unwrap().0;
        contracts.schema(&question_type).validate(inside).unwrap();
    }
    contracts.schema(&LEFI_QUESTION).validate(&question(Agency::Fk, STRANGER)).unwrap();
}

#[tokio::test]
async fn an_unknown_person_is_an_answer_and_no_failure() {
    let (services, client) = stage();
    for (agency, says) in [
        (Agency::Af, "<af:StatusSokandeinformationKod>1</af:StatusSokandeinformationKod>"),
        (Agency::Csn, r#" Status="Ej träff" "#),
        (Agency::Skv, "&lt;skv:StatusPersonuppgiftKod&gt;1&lt;/skv:StatusPersonuppgiftKod&gt;"),
        (Agency::So, "<so:ArbetsloshetsersattningLista></so:ArbetsloshetsersattningLista>"),
        (Agency::Tns, "<tns:resultat>OK</tns:resultat><tns:fordonsinnehav></tns:fordonsinnehav>"),
        (
            Agency::Miv,
            r#"<miv:findByPersonnummerResponse xmlns:miv="http://schema.migrationsverket.se/ssbtek/1/"></miv:findByPersonnummerResponse>"#,
        ),
    ] {
        let answer = client.ask(&services, agency, &question(agency, STRANGER)).await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains(says), "{}", answer.body);
        assert!(!answer.body.contains("Fornamn"));
    }
}

#[tokio::test]
async fn the_question_comes_back_in_the_answer() {
    let (services, client) = stage();
    for (agency, says) in [
        (Agency::Af, "<af:NamnPaIngivare>Exempelstad &amp; Co</af:NamnPaIngivare>"),
        (Agency::So, "<so:NamnPersonuppgiftsbitrade>Biträdet</so:NamnPersonuppgiftsbitrade>"),
        (Agency::Miv, "<korrelationsid>k-1</korrelationsid>"),
    ] {
        let person = services.cast().persons()[0].identity();
        let question = question(agency, person);
        let answer = client.ask(&services, agency, &question).await;
        assert!(answer.body.contains(says), "{}", answer.body);
        assert_eq!(services.last_request(agency), Some(question));
    }
}

#[tokio::test]
async fn arbetsformedlingen_leaves_out_the_blocks_that_are_not_wanted() {
    let (services, client) = stage();
    let person = services.cast().persons()[0].identity();
    for (attributes, blocks) in [
        ("", [true, true, true]),
        (r#"ArbetssokandeInfo="true" AkasseInfo="1" BeslutInfo="true""#, [true, true, true]),
        (r#"ArbetssokandeInfo="false""#, [false, true, true]),
        (r#"AkasseInfo="0""#, [true, false, true]),
        (r#"BeslutInfo="false""#, [true, true, false]),
        (r#"ArbetssokandeInfo="0" AkasseInfo="false" BeslutInfo="0""#, [false, false, false]),
    ] {
        let answer = client.ask(&services, Agency::Af, &question_to_af_including(person, attributes)).await;
        let has = |name: &str| answer.body.contains(&format!("<af:{name}>"));
        assert_eq!([has("ArbetssokandeInfo"), has("Akassetillhorighet"), has("BeslutInfo")], blocks, "{attributes}");
        assert!(has("Fornamn"));
    }
}

#[tokio::test]
async fn a_planted_answer_is_sent_as_it_is_until_reset() {
    let (services, client) = stage();
    let person = services.cast().persons()[0].identity().to_owned();
    for (agency, planted) in [
        (
            Agency::Af,
            r#"<a:SvarMeddelande xmlns:a="http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2"/>"#,
        ),
        (Agency::Csn, r#"<CSNSvar xmlns="http://schema.csn.se/v4.0/kommunfraga" schemaVersion="4.0"/>"#),
        (Agency::Fk, r#"{"utlamnare" : []}"#),
        (Agency::Skv, r#"<?xml version="1.0"?> <svar a="&quot;"><![CDATA[ & ]]></svar> "#),
        (Agency::Tns, "<t/>"),
    ] {
        services.set_answer(agency, &person, planted);
        let answer = client.ask(&services, agency, &question(agency, &person)).await;
        assert_eq!(payload_of(agency, &answer.body), planted);
        assert_eq!(services.last_answer(agency, &person).as_deref(), Some(planted));
    }

    services.reset();
    assert_eq!(services.requests(Agency::Af), 0);
    assert_eq!(services.last_answer(Agency::Af, &person), None);
    assert_eq!(services.last_request(Agency::Af), None);
    let answer = client.ask(&services, Agency::Af, &question(Agency::Af, &person)).await;
    assert!(answer.body.contains("<af:Svar>"));
}

#[test]
fn only_identity_numbers_of_the_published_test_set_are_used() {
    let list = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/test-persons.txt");
    let Ok(list) = std::fs::read_to_string(&list) else {
        println!("did not run: the published test numbers are not at `{}`", list.display());
        return;
    };
    let cast = ssbtx_base_services::Cast::embedded().unwrap();
    for person in cast.persons().iter().map(ssbtx_base_services::Person::identity).chain([STRANGER]) {
        assert!(list.lines().any(|line| line == person), "{person}");
    }
}
