//! Replayed decisions, and what another policy would have made of the same questions.

use serde_json::{Value, json};

use crate::replay::{Agreement, Departure, Departures, Direction, Replayed, Word};
use crate::report::json::gathered;
use crate::report::text::say;
use crate::words::{self, number, visible};

/// What came of one record, in a line or a few: Swedish with English beside it.
pub fn replayed_as_text(sequence: u64, question: &str, replayed: &Replayed) -> String {
    let (swedish, english) = word(replayed.word());
    let mut text = String::new();
    say(&mut text, &format!("{sequence} {}: {swedish} · {english}", visible(question)));
    for (agency, agreement) in &replayed.0 {
        let told = match agreement {
            Agreement::Agrees | Agreement::NothingDecided => continue,
            Agreement::Disagrees { found, expected } => format!(
                "masken blir {found}, loggen säger {expected} · the mask becomes {found}, the log says {expected}"
            ),
            Agreement::CannotTell(gap) => gap.to_string(),
        };
        say(&mut text, &format!("  {}: {told}", words::agency(*agency)));
    }
    text
}

/// What came of one record, as JSON.
pub fn replayed_as_json(sequence: u64, question: &str, replayed: &Replayed) -> Value {
    let agencies: Vec<Value> = replayed
        .0
        .iter()
        .map(|(agency, agreement)| {
            let mut told = json!({ "agency": agency.as_str(), "result": agreement.label() });
            let (found, expected, why) = match agreement {
                Agreement::Disagrees { found, expected } => (Some(found), Some(expected), None),
                Agreement::CannotTell(gap) => (None, None, Some(gap.to_string())),
                Agreement::Agrees | Agreement::NothingDecided => (None, None, None),
            };
            if let Some(members) = told.as_object_mut() {
                members.insert("mask".to_owned(), json!(found.map(ToString::to_string)));
                members.insert("recordedMask".to_owned(), json!(expected.map(ToString::to_string)));
                members.insert("why".to_owned(), json!(why));
            }
            told
        })
        .collect();
    json!({ "sequence": sequence, "question": question, "result": replayed.word().label(), "agencies": agencies })
}

/// What another policy would have opened and closed, for a terminal.
pub fn departures_as_text(departures: &Departures) -> String {
    let mut text = String::new();
    let (all, list) = (number(departures.questions()), departures.list());
    say(&mut text, &format!("Under den andra policyn, i {all} frågor · under the other policy, in {all} questions:"));
    if list.is_empty() {
        say(&mut text, "Ingenting hade öppnats eller stängts · nothing would have been opened or closed");
    }
    for Departure { base_service, discloser, dataset, label, direction, questions, elements } in &list {
        let (swedish, english) = match direction {
            Direction::Opened => ("Hade öppnats", "would have been opened"),
            Direction::Closed => ("Hade stängts", "would have been closed"),
        };
        let (agency, count) = (words::agency(*discloser), number(*questions));
        let heading = format!("{agency}: {} ({base_service}/{dataset})", label.sv);
        say(&mut text, &visible(&format!("\n{heading}\n{swedish} i {count} frågor · {english} in {count} questions")));
        for line in elements {
            say(&mut text, &visible(&format!("- {}", words::gathered(line).replace('\n', "\n  "))));
        }
    }
    text
}

/// What another policy would have opened and closed, as JSON: with the path of each element, as a review gives it.
pub fn departures_as_json(departures: &Departures) -> Value {
    let list: Vec<Value> = departures
        .list()
        .iter()
        .map(|departure| {
            json!({
                "baseService": departure.base_service.as_str(),
                "discloser": departure.discloser.as_str(),
                "dataset": departure.dataset.as_str(),
                "label": { "sv": departure.label.sv, "en": departure.label.en },
                "change": departure.direction.label(),
                "questions": departure.questions,
                "elements": departure.elements.iter().map(gathered).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "questions": departures.questions(), "departures": list })
}

fn word(word: Word) -> (&'static str, &'static str) {
    match word {
        Word::Agrees => ("stämmer", "agrees"),
        Word::Disagrees => ("STÄMMER INTE", "DISAGREES"),
        Word::CannotTell => ("kan inte räknas om", "cannot be recomputed"),
    }
}
