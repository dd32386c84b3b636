//! What is answered.

use ssbtx_base_services::{Agency, BaseServices};

use crate::client::{Client, Protocol};
use crate::contracts::Contracts;
use crate::pki::Authority;
use crate::questions::{payload_of, question, question_to_af_including};

/// A person whom no agency has heard of and who is not in the cast.
const STRANGER: &str = "199001012385";

fn stage() -> (BaseServices, Client) {
    let authority = Authority::new();
    (authority.start(), Client::of(&authority, Protocol::Http1))
}

#[tokio::test]
async fn every_answer_but_the_odd_ones_follows_the_published_schema() {
    let Some(contracts) = Contracts::find() else { return };
    let (services, client) = stage();
    let cast: Vec<_> =
        services.cast().persons().iter().map(|person| (person.identity().to_owned(), person.is_odd())).collect();
    for (person, odd) in cast.into_iter().chain([(STRANGER.to_owned(), false)]) {
        for agency in Agency::ALL {
            let answer = client.ask(&services, agency, &question(agency, &person)).await;
            assert_eq!(answer.status, 200, "{agency} {person}");
            let payload = payload_of(&answer.body);
            assert_eq!(services.last_answer(agency, &person).as_deref(), Some(payload));
            let validity = contracts.validate(agency, payload);
            if odd {
                validity.unwrap_err()
            } else {
                validity.map(|()| String::new()).unwrap()
            };
        }
    }
    assert!(Agency::ALL.into_iter().all(|agency| services.bad_requests(agency).is_empty()));
}

#[tokio::test]
async fn an_unknown_person_is_an_answer_and_no_failure() {
    let (services, client) = stage();
    for (agency, says) in [
        (Agency::Af, "<af:StatusSokandeinformationKod>1</af:StatusSokandeinformationKod>"),
        (Agency::So, "<so:ArbetsloshetsersattningLista></so:ArbetsloshetsersattningLista>"),
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
    let planted = r#"<a:SvarMeddelande xmlns:a="http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2"/>"#;
    services.set_answer(Agency::Af, &person, planted);
    let answer = client.ask(&services, Agency::Af, &question(Agency::Af, &person)).await;
    assert_eq!(payload_of(&answer.body), planted);
    assert_eq!(services.last_answer(Agency::Af, &person).as_deref(), Some(planted));

    services.reset();
    assert_eq!(services.requests(Agency::Af), 0);
    assert_eq!(services.last_answer(Agency::Af, &person), None);
    assert_eq!(services.last_request(Agency::Af), None);
    let answer = client.ask(&services, Agency::Af, &question(Agency::Af, &person)).await;
    assert_ne!(payload_of(&answer.body), planted);
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
