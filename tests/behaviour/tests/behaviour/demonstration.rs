//! The demo shows a newcomer the main job.

use std::process::Command;

use serde_json::Value;
use ssbtx_stage::questions::BASE_SERVICES;

use crate::play::{ALVAR, ELSA, FREDRIK, HENRIK, part, state};

#[test]
fn the_demo_prints_both_roles_answers_as_json_and_nothing_else() {
    let json = demo(&["--format", "json"]);
    let answers: Vec<Value> = serde_json::from_str(&json).unwrap();
    let roles: Vec<_> = answers.iter().map(|answer| answer["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["ekonomiskt-bistand", "arbetsmarknad"]);
    for agency in BASE_SERVICES {
        assert_eq!(state(&answers[0], agency), "answered", "{agency}");
    }
    assert_eq!(state(&answers[1], "SO"), "not-permitted");
}

#[test]
fn the_demo_shows_a_composed_answer_and_where_the_roles_differ_and_why() {
    let text = demo(&[]);
    for expected in [
        "Sammansatt svar för ekonomiskt bistånd",
        "Sammansatt svar för arbetsmarknad",
        "── Pensionsmyndigheten",
        // A code with its meaning, an amount with its unit, a period as one value, a table of payments, a help text that warns.
        "Stödform: Studiemedel för studier i Sverige (GRUND)",
        "Utbetalat belopp: 5209,50 kr",
        "Beslutad period: 2026-02-16 – 2026-02-27",
        "2026-10-09               10216,50 kr          9716,50 kr",
        "» Personens egen uppgift till Arbetsförmedlingen.",
        "✗ Visas inte: Förnamn; Efternamn. Skäl: rollens uppdrag kräver det inte.",
        "ssbtx-arbetsmarknad",
        "basis-pending",
        "curl --silent",
        "data, ",
        "SSBT-108",
    ] {
        assert!(text.contains(expected), "`{expected}` is not in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "colours only on a terminal");
    assert!(!text.contains("SKYDDADE PERSONUPPGIFTER"), "nobody is protected");
    let composed = text.lines().take_while(|line| !line.starts_with('┌'));
    let longest = composed.map(|line| line.chars().count()).max();
    assert!(longest <= Some(110), "a line of the composed answers has {longest:?} columns");
}

#[test]
fn the_demo_says_first_that_a_persons_identity_is_protected_and_according_to_whom() {
    let text = demo(&["--person", FREDRIK]);
    let warning = text.find("SKYDDADE PERSONUPPGIFTER enligt Arbetsförmedlingen, CSN och Försäkringskassan.").unwrap();
    assert!(warning < text.find("── Arbetsförmedlingen").unwrap(), "{text}");
}

#[test]
fn the_demo_says_in_words_that_nobody_knows_a_person() {
    let text = demo(&["--person", ELSA]);
    assert!(text.contains("Transportstyrelsen   har inga uppgifter att lämna"), "{text}");
    assert!(text.contains("Ingen a-kassa har uppgifter om personen för perioden."), "{text}");
}

#[test]
fn the_composed_answer_leaves_out_no_value_that_forsakringskassan_and_pensionsmyndigheten_gave() {
    for person in [ALVAR, HENRIK] {
        let answers: Vec<Value> = serde_json::from_str(&demo(&["--format", "json", "--person", person])).unwrap();
        let text = demo(&["--person", person]);
        let (composed, _) = text.split_once("Sammansatt svar för arbetsmarknad").unwrap();
        let told = letters_and_digits(composed);
        let document = &part(&answers[0], "FK")["document"];
        let information = document["ovrigInformation"].as_array().unwrap().iter().map(|item| &item["pensionsunderlag"]);
        let mut values = Vec::new();
        [&document["formansinformation"]].into_iter().chain(information).for_each(|given| gather(given, &mut values));
        assert!(values.len() > 50, "{person}: {} values", values.len());
        for value in values {
            assert!(told.contains(&letters_and_digits(&value)), "`{value}` is not in\n{composed}");
        }
    }
}

/// Every text and number; a currency is told as its sign.
fn gather(value: &Value, values: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.values().for_each(|member| gather(member, values)),
        Value::Array(items) => items.iter().for_each(|item| gather(item, values)),
        Value::String(text) if text == "SEK" => {}
        Value::String(text) => values.push(text.clone()),
        Value::Number(number) => values.push(number.to_string()),
        Value::Bool(_) | Value::Null => {}
    }
}

/// A text without what its notation and the width of a line add.
fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

/// What the demo prints once.
fn demo(options: &[&str]) -> String {
    let demo = ssbtx_stage::host::binary("ssbtx-demo");
    let output = Command::new(demo).arg("--once").args(options).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
