//! A household is a question for each person: asked together, answered and recorded one by one.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use ssbtx_stage::questions::Asking;

use crate::play::{FREDRIK, Play, part};
use crate::progressive::Reading;

const MAJA: &str = "198804212382";
const NILS: &str = "198804222399";
const PIA: &str = "201701122382";
const OLLE: &str = "202504182391";

/// The question about these persons.
fn asking(persons: &[(&str, &str)]) -> Value {
    let mut question = Asking::about(MAJA).to_json();
    question.as_object_mut().unwrap().remove("person").unwrap();
    question["persons"] =
        persons.iter().map(|(person, relation)| json!({ "person": person, "relation": relation })).collect();
    question
}

fn family() -> Value {
    asking(&[(MAJA, "subject"), (NILS, "household-adult"), (PIA, "household-child"), (OLLE, "household-child")])
}

async fn ask(play: &Play, question: &Value) -> (u16, Value) {
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let received = client.post_json("/v1/questions", question.to_string()).await.unwrap();
    (received.status.as_u16(), serde_json::from_str(&received.body).unwrap())
}

#[tokio::test]
async fn each_person_has_the_answer_of_a_question_alone_and_a_record_in_the_right_relation() {
    let play = Play::begin();
    let alone = play.ask(&Asking::about(MAJA)).await;
    let (status, body) = ask(&play, &family()).await;
    assert_eq!(status, 200, "{body}");
    let answers = body["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 4);
    for agency in ["AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV"] {
        let (together, alone) = (part(&answers[0]["answer"], agency), part(&alone, agency));
        assert_eq!((&together["state"], &together["document"]), (&alone["state"], &alone["document"]), "{agency}");
    }
    let records = play.records();
    let of_family: Vec<_> = records.iter().filter(|record| record["household"] == body["household"]).collect();
    let questions: BTreeSet<_> = of_family.iter().map(|record| record["question"].as_str().unwrap()).collect();
    assert_eq!((records.len(), of_family.len(), questions.len()), (5, 4, 4));
    for answer in answers {
        let record = of_family.iter().find(|record| record["question"] == answer["answer"]["questionId"]).unwrap();
        assert_eq!((&record["context"]["relation"], &record["case"]), (&answer["relation"], &records[0]["case"]));
    }
    assert!(![MAJA, NILS, PIA, OLLE].iter().any(|number| body["answers"][0]["relation"] == *number));
}

#[tokio::test]
async fn one_persons_protected_identity_is_that_persons_alone() {
    let play = Play::begin();
    let (status, body) = ask(&play, &asking(&[(MAJA, "subject"), (FREDRIK, "household-adult")])).await;
    assert_eq!(status, 200, "{body}");
    for (answer, is_protected) in body["answers"].as_array().unwrap().iter().zip([false, true]) {
        let records = play.records();
        let record = records.iter().find(|record| record["question"] == answer["answer"]["questionId"]).unwrap();
        assert_eq!(record["context"]["protectedIdentity"], is_protected);
    }
}

#[tokio::test]
async fn a_household_comes_in_pieces_too_each_with_its_person() {
    let play = Play::begin();
    let events = Reading::begin(&play, &play.pki.ekonomiskt_bistand, &family()).await.rest().await;
    let (last, pieces) = events.split_last().unwrap();
    assert_eq!(
        (last.name.as_str(), &last.data["answered"], &last.data["refused"]),
        ("household", &4.into(), &0.into())
    );
    for index in 0..4 {
        let of_person: Vec<_> = pieces.iter().filter(|event| event.data["index"] == index).collect();
        assert_eq!((of_person.len(), of_person[7].name.as_str()), (8, "summary"));
    }
    let records = play.records();
    let count = |kind: &str| records.iter().filter(|record| record["kind"] == kind).count();
    assert_eq!((count("begun"), count("question")), (4, 4));
    assert!(records.iter().all(|record| record["household"] == last.data["household"]));
}

#[tokio::test]
async fn a_household_that_is_none_asks_nobody() {
    let play = Play::begin();
    for persons in [
        &[][..],
        &[(MAJA, "subject"), (MAJA, "household-adult")],
        &[(MAJA, "subject"), (NILS, "subject")],
        &[(PIA, "household-child")],
        &[(MAJA, "subject"); 13],
    ] {
        let (status, body) = ask(&play, &asking(persons)).await;
        assert_eq!((status, &body["type"]), (400, &"/problems/invalid-question".into()), "{body}");
    }
    assert!(play.records().is_empty());
}
