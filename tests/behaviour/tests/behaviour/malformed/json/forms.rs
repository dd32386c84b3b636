//! The bodies that a consumer sends in JSON: a question about a person, one about a household, and a case that it registers.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use ssbtx_stage::pki::ORGANISATION;
use ssbtx_stage::questions::Asking;

use super::Form;
use crate::malformed::characters::{NO_DATE, NO_ORGANISATION, NO_PERSON, NO_RELATION, NO_TIME};
use crate::play::{ALVAR, HENRIK};

/// A question about one person.
pub(crate) fn question() -> Form {
    let good = Asking::about(ALVAR).to_json();
    Form {
        keys: &[
            "/person",
            "/period",
            "/period/from",
            "/period/to",
            "/requester",
            "/requester/organisationNumber",
            "/requester/name",
            "/requester/caseworker",
            "/caseId",
            "/purpose",
            "/include",
        ],
        invalid: "invalid-question",
        left_out: &[("/include", None)],
        texts: &[
            ("/person", &NO_PERSON),
            ("/period/from", &NO_DATE),
            ("/period/to", &NO_DATE),
            ("/requester/organisationNumber", &NO_ORGANISATION),
        ],
        text: "/caseId",
        further: no_questions(&good),
        good,
    }
}

/// A question about two persons.
pub(crate) fn household() -> Form {
    let mut good = Asking::about(ALVAR).to_json();
    good.as_object_mut().unwrap().remove("person").unwrap();
    good["persons"] = persons();
    let mut further = no_questions(&good);
    further.extend(no_households(&good, 12));
    let mut both = good.clone();
    both["person"] = json!(ALVAR);
    further.push(("a person beside the persons", both.to_string()));
    Form {
        keys: &[
            "/persons",
            "/persons/0",
            "/persons/0/person",
            "/persons/0/relation",
            "/persons/1",
            "/persons/1/person",
            "/persons/1/relation",
            "/period",
            "/period/from",
            "/period/to",
            "/requester",
            "/requester/organisationNumber",
            "/requester/name",
            "/requester/caseworker",
            "/caseId",
            "/purpose",
            "/include",
        ],
        invalid: "invalid-question",
        // Without persons it is a question about one.
        left_out: &[("/include", None), ("/persons", Some("/person"))],
        texts: &[
            ("/persons/0/person", &NO_PERSON),
            ("/persons/1/person", &NO_PERSON),
            ("/persons/0/relation", &NO_RELATION),
            ("/persons/1/relation", &NO_RELATION),
        ],
        text: "/caseId",
        further,
        good,
    }
}

/// A case with two persons.
pub(crate) fn case() -> Form {
    let month = Duration::from_hours(30 * 24);
    let until = Timestamp::from_second((Timestamp::now() + month).as_second()).unwrap();
    let good = json!({ "organisationNumber": ORGANISATION, "persons": persons(), "until": until.to_string() });
    let mut further = no_households(&good, 20);
    for (name, value) in
        [("an end that is over", Timestamp::now() - month), ("an end beyond all cases", Timestamp::now() + 60 * month)]
    {
        let mut other = good.clone();
        other["until"] = json!(Timestamp::from_second(value.as_second()).unwrap().to_string());
        further.push((name, other.to_string()));
    }
    Form {
        keys: &[
            "/organisationNumber",
            "/persons",
            "/persons/0",
            "/persons/0/person",
            "/persons/0/relation",
            "/persons/1",
            "/persons/1/person",
            "/persons/1/relation",
            "/until",
        ],
        invalid: "invalid-case",
        left_out: &[("/until", None)],
        texts: &[
            ("/organisationNumber", &NO_ORGANISATION),
            ("/persons/0/person", &NO_PERSON),
            ("/persons/1/person", &NO_PERSON),
            ("/persons/0/relation", &NO_RELATION),
            ("/until", &NO_TIME),
        ],
        text: "/organisationNumber",
        further,
        good,
    }
}

fn persons() -> Value {
    json!([{ "person": ALVAR, "relation": "subject" }, { "person": HENRIK, "relation": "household-adult" }])
}

/// Periods and base services that are none.
fn no_questions(good: &Value) -> Vec<(&'static str, String)> {
    let mut bodies = vec![("a period backwards", good.to_string().replacen("2026-11-30", "2025-09-30", 1))];
    for agencies in
        [json!(["AF", "AF"]), json!(["af"]), json!(["AF "]), json!(["PM"]), json!(["AF", 1]), json!(["AF", "AF", "AF"])]
    {
        let mut other = good.clone();
        other["include"] = agencies;
        bodies.push(("agencies that are none", other.to_string()));
    }
    bodies
}

/// Persons who are no household, nor the persons of a case, who are at most so many.
fn no_households(good: &Value, most: usize) -> Vec<(&'static str, String)> {
    let person = |person: &str, relation: &str| json!({ "person": person, "relation": relation });
    let lists = [
        ("nobody whose case it is", vec![person(ALVAR, "household-adult")]),
        ("two whose case it is", vec![person(ALVAR, "subject"), person(HENRIK, "subject")]),
        ("one person twice", vec![person(ALVAR, "subject"), person(ALVAR, "household-adult")]),
        ("one person twice in one relation", vec![person(ALVAR, "subject"), person(ALVAR, "subject")]),
        ("more persons than there may be", vec![person(ALVAR, "subject"); most + 1]),
        ("persons without end", vec![person(HENRIK, "household-child"); 2_000]),
        ("a list in the list", vec![person(ALVAR, "subject"), json!([person(HENRIK, "household-adult")])]),
        ("a person without the rest", vec![json!(ALVAR)]),
    ];
    let bodies = lists.into_iter().map(|(name, list)| {
        let mut other = good.clone();
        other["persons"] = list.into();
        (name, other.to_string())
    });
    bodies.collect()
}
