use serde_json::{Value as Json, json};

use super::*;
use crate::ink::Ink;

fn catalogue() -> Catalogue {
    let element = |path: &str, dataset: &str, label: &str| {
        json!({
            "path": path, "kind": "scalar", "type": "text", "dataset": dataset, "label": { "sv": label },
            "help": { "sv": "Hjälp." }, "marksProtection": false
        })
    };
    let dataset =
        |id: &str, discloser: &str, label: &str| json!({ "id": id, "discloser": discloser, "label": { "sv": label } });
    let catalogue = json!({
        "agency": "FK",
        "datasets": [dataset("stod", "FK", "Stöd"), dataset("pm-pension", "PM", "Pension")],
        "elements": [element("stod", "stod", "Stöd"), element("namn", "stod", "Namn"), element("pension", "pm-pension", "Pension")],
    });
    Catalogue::read(&catalogue.to_string()).unwrap()
}

/// A discloser's section of a part with this content; every state is the part's own.
fn section(state: &str, discloser: &str, content: &Json) -> (String, String) {
    let mut part = json!({ "agency": "FK", "state": state, "disclosers": [{ "agency": discloser, "state": state }] });
    part.as_object_mut().unwrap().extend(content.as_object().unwrap().clone());
    let part = part.to_string();
    let part: PartBody<'_> = serde_json::from_str(&part).unwrap();
    let catalogue = catalogue();
    let section = Section::read(&part, &part.disclosers[0], &catalogue).unwrap();
    let lines = section.lines(Layout { width: 100, ink: Ink::Plain });
    (section.in_brief().to_owned(), lines[2..].join("\n"))
}

#[test]
fn an_agency_that_could_not_answer_is_unknown_and_never_empty() {
    let failure =
        json!({ "failure": { "source": "SSBT", "code": "SSBT-102", "message": "Bastjänsten gick inte att nå." } });
    let (brief, text) = section("failed", "FK", &failure);
    assert_eq!(brief, "kunde inte svara: det är OKÄNT vad som finns");
    assert!(text.contains("Det är okänt vad som finns"), "{text}");
    assert!(text.contains("SSBT-102"), "{text}");
    let (brief, text) = section("timed-out", "FK", &json!({}));
    assert_eq!(brief, "svarade inte i tid: det är OKÄNT vad som finns");
    assert!(text.contains("Fråga igen."), "{text}");
}

#[test]
fn nothing_found_not_asked_and_not_permitted_are_three_things() {
    let reason = json!({ "reason": { "code": "X", "message": "Personen finns inte hos oss." } });
    assert_eq!(section("nothing-found", "FK", &reason).1, "  Personen finns inte hos oss.");
    let nothing = section("nothing-found", "FK", &json!({})).1;
    let not_asked = section("not-asked", "FK", &json!({})).1;
    let not_permitted = section("not-permitted", "FK", &json!({})).1;
    assert_eq!(nothing, "  Det finns inget om personen av det som din roll får fråga efter.");
    assert_eq!(not_asked, "  Inget frågades efter här. Det säger inget om vad som finns.");
    assert!(not_permitted.starts_with("  Din roll får inte se några uppgifter härifrån"), "{not_permitted}");
}

#[test]
fn what_is_withheld_is_named_once_a_reason_under_the_discloser_whose_it_is() {
    let content = json!({
        "document": { "namn": "Alvar" },
        "withheld": [
            { "element": "stod", "reason": "basis-pending", "basis": "ssbtek-v10-practice" },
            { "element": "pension", "reason": "not-needed" },
        ],
    });
    let expected = "  Namn  Alvar
  ✗ Visas inte: Stöd. Skäl: stödet i lag är inte fastställt, och den som driver tjänsten har inte
  godtagt grunden (ssbtek-v10-practice).";
    assert_eq!(section("answered", "FK", &content).1, expected);
    let (brief, text) = section("answered", "PM", &content);
    assert_eq!(brief, "har svarat, utan uppgifter");
    assert_eq!(
        text,
        "  Svaret innehåller inga uppgifter härifrån.\n  ✗ Visas inte: Pension. Skäl: rollens uppdrag kräver det inte."
    );
}

#[test]
fn a_dataset_that_could_not_be_fetched_is_unknown_under_the_discloser_whose_it_is() {
    let content = json!({
        "document": { "namn": "Alvar", "pension": "ja" },
        "failures": [{ "dataset": "pm-pension", "code": "INTERNT_FEL", "message": "Ett fel hos myndigheten." }],
    });
    assert_eq!(section("answered", "FK", &content).0, "har lämnat uppgifter");
    let (brief, text) = section("answered", "PM", &content);
    assert_eq!(brief, "har svarat, men en del kunde inte hämtas och är OKÄNT");
    assert_eq!(
        text,
        "  Pension  ja\n  ! Kunde inte hämtas, så det är okänt vad som finns: Pension. Ett fel hos myndigheten."
    );
}
