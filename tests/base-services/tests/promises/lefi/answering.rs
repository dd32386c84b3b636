//! What is answered, and that it follows the published document.

use http::Method;
use serde_json::{Value, json};
use ssbtx_base_services::{AKTORSID, Agency};
use ssbtx_published::{Contracts, LEFI_ANSWER, LEFI_AVAILABLE, LEFI_QUESTION};

use super::asking::{CLASSES, Lefi, PERSON, everything, question, request};

/// The answer, with `avvikelser` as the schema has it: `[]` for none is what the published example has, and the schema has not.
fn as_the_schema_has_it(body: &str) -> String {
    body.replacen(r#""avvikelser":[]"#, r#""avvikelser":{}"#, 1)
}

#[tokio::test]
async fn every_answer_about_everybody_follows_the_published_schema() {
    let Some(contracts) = Contracts::find() else { return };
    let (asked, answered) = (contracts.schema(&LEFI_QUESTION), contracts.schema(&LEFI_ANSWER));
    let lefi = Lefi::start();
    for person in lefi.services.cast().persons().iter().filter(|person| !person.is_odd()) {
        let question = everything(person.identity());
        asked.validate(&question.to_string()).unwrap();
        let answer = lefi.ask(&question).await;
        assert_eq!(answer.status, 200);
        answered
            .validate(&as_the_schema_has_it(&answer.body))
            .unwrap_or_else(|refusal| panic!("{}: {refusal}", person.given_name()));
    }
    assert!(lefi.reasons().is_empty());
}

#[tokio::test]
async fn what_may_be_asked_for_is_listed_as_published() {
    let lefi = Lefi::start();
    for (_, actor) in AKTORSID {
        let answer = lefi.send(request(Method::GET, actor, "tillgangligaInformationstyper", String::new())).await;
        assert_eq!(answer.status, 200);
        let types = answer.json();
        for (class, groups) in CLASSES {
            let listed: Vec<_> = types[class].as_array().unwrap().iter().map(|group| &group["kod"]).collect();
            assert_eq!(listed, groups.concat(), "{class}");
        }
        if let Some(contracts) = Contracts::find() {
            contracts.schema(&LEFI_AVAILABLE).validate(&answer.body).unwrap();
        }
    }
}

#[tokio::test]
async fn a_person_on_whom_nothing_is_recorded_gets_an_answer_with_nothing_in_it() {
    let lefi = Lefi::start();
    let answer = lefi.ask(&everything("198804202383")).await;
    let state = |code, name| json!({ "utlamnare": { "kod": code, "namn": name }, "tillstand": { "kod": "OK", "beskrivning": "Tillgänglig" } });
    let nothing = json!({
        "utlamnare": [state("FK", "Försäkringskassan"), state("PM", "Pensionsmyndigheten")],
        "avvikelser": [], "formansinformation": {}, "ansprak": [], "beslut": [], "preliminaraUtbetalningar": [], "utbetalningar": [],
        "ovrigInformation": [],
    });
    assert_eq!((answer.status.as_u16(), answer.json()), (200, nothing));
}

#[tokio::test]
async fn a_person_may_be_named_by_ten_digits() {
    let lefi = Lefi::start();
    let answer = lefi.ask(&question(&PERSON[2..], [("ovrigInformation", "FK:GEPI")])).await.json();
    assert_eq!(answer["formansinformation"]["generellPersoninformation"][0]["personnummer"], PERSON);
    assert!(lefi.services.last_answer(Agency::Fk, PERSON).is_some());
}

#[tokio::test]
async fn an_answer_is_remembered_as_it_was_sent() {
    let lefi = Lefi::start();
    let answer = lefi.ask(&everything(PERSON)).await;
    assert_eq!(lefi.services.last_answer(Agency::Fk, PERSON), Some(answer.body));
}

#[tokio::test]
async fn a_planted_answer_is_sent_as_it_is() {
    let lefi = Lefi::start();
    let planted = "{ \"utlamnare\" : [] , \"avvikelser\":[], \"x\": 1200.50 }";
    lefi.services.set_answer(Agency::Fk, PERSON, planted);
    assert_eq!(lefi.ask(&everything(PERSON)).await.body, planted);
}

#[tokio::test]
async fn amounts_keep_the_digits_of_the_record() {
    let lefi = Lefi::start();
    let answer = lefi.ask(&everything(PERSON)).await.body;
    for digits in [r#""summa":676.50,"#, r#""summa":0.00,"#, r#""summa":180,"#] {
        assert!(answer.contains(digits), "{digits}");
    }
}

#[tokio::test]
async fn a_protected_person_is_marked() {
    let lefi = Lefi::start();
    for person in lefi.services.cast().persons().iter().filter(|person| person.is_known_to(Agency::Fk)) {
        let answer = lefi.ask(&everything(person.identity())).await.json();
        let information = &answer["formansinformation"]["generellPersoninformation"][0];
        assert_eq!(information["skyddad"] == Value::Bool(true), person.is_protected(), "{}", person.given_name());
    }
}

#[tokio::test]
async fn the_odd_person_has_null_empty_and_unknown_members_and_awkward_digits() {
    let lefi = Lefi::start();
    let cast = lefi.services.cast();
    let odd = cast.persons().iter().find(|person| person.is_odd()).unwrap();
    let answer = lefi.ask(&everything(odd.identity())).await;
    for member in [
        r#""nyhet":"#,
        r#""namn":null"#,
        r#""delforman":null"#,
        r#""medsokande":[]"#,
        r#""grunduppgifter":{}"#,
        r#""summa":4.3250E+2"#,
        r#""summa":-0.00"#,
        r#""summa":9007199254740993.00"#,
    ] {
        assert!(answer.body.contains(member), "{member} in {}", answer.body);
    }
    assert_eq!(answer.json()["utlamnare"].as_array().unwrap().len(), 2);
}
