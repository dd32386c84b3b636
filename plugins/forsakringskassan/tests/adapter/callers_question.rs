//! The caller's own question to LEFI: read to the letter, narrowed to what is wanted.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};
use ssbtx_adapter_forsakringskassan::Forsakringskassan;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Guest, Question, Step};
use ssbtx_adapter_rehearsal::PERSON;
use ssbtx_published::{Contracts, LEFI_QUESTION};

use crate::exchange::{asked, asking, asking_with, every_dataset, refused, request, with};

#[test]
fn what_is_left_of_it_is_sent() {
    let whole = question(&json!({
        "formansinformation": ["FK:SJP", "FK:BOB", "FK:FP"],
        "beslut": ["PM:EF"],
        "utbetalningar": ["PM:AP", "FK:SJP", "FK:BOB"],
        "ovrigInformation": ["PM:PU", "FK:GEPI"],
    }));
    assert_eq!(
        asked(asking_with(&["identitet", "sjukpenning", "foraldrapenning", "utbetalningar"], &whole)),
        question(&json!({
            "formansinformation": ["FK:SJP", "FK:FP"],
            "utbetalningar": ["FK:SJP"],
            "ovrigInformation": ["FK:GEPI"],
        }))
    );
}

#[test]
fn its_own_period_stands_and_the_person_is_written_with_twelve_digits() {
    let mut whole = question(&json!({ "beslut": ["PM:AP"] }));
    whole["personnummer"] = Value::from(&PERSON[2..]);
    whole["period"] = json!({ "from": "2025-05-01", "tom": "2025-05-01" });
    let sent = asked(asking_with(&["pm-beslut"], &whole));
    assert_eq!((&sent["personnummer"], &sent["period"]), (&Value::from(PERSON), &whole["period"]));
}

#[test]
fn more_than_the_caller_asks_for_is_never_asked_for() {
    let every = every_dataset();
    let all: Vec<&str> = every.iter().map(String::as_str).collect();
    let whole = question(&json!({ "formansinformation": ["FK:SJP"], "beslut": [] }));
    assert_eq!(asked(asking_with(&all, &whole)), question(&json!({ "formansinformation": ["FK:SJP"] })));
}

#[test]
fn a_question_of_which_nothing_is_permitted_is_not_sent() {
    let whole = question(&json!({ "formansinformation": ["FK:BOB"], "utbetalningar": ["FK:SJP"] }));
    insta::assert_snapshot!(told(asking_with(&["sjukpenning"], &whole)), @"LEFI-INGET-TILLATET: Inget av det som frågan till LEFI begär får lämnas ut till frågeställaren.");
}

#[test]
fn a_question_about_another_person_is_refused() {
    for other in ["199001012385", "9001012385", "007701172392", "77-0117-2392", "", "197701172392 "] {
        let mut whole = question(&json!({ "beslut": ["PM:AP"] }));
        whole["personnummer"] = Value::from(other);
        assert_eq!(refused(asking_with(&["pm-beslut"], &whole)).code, "LEFI-PERSON", "{other}");
    }
}

#[test]
fn a_period_that_is_none_or_too_long_is_refused() {
    for (from, to) in
        [("2024-01-01", "2026-01-02"), ("2026-02-01", "2026-01-31"), ("2026-02-30", "2026-03-01"), ("", "")]
    {
        let mut whole = question(&json!({ "beslut": ["PM:AP"] }));
        whole["period"] = json!({ "from": from, "tom": to });
        assert_eq!(refused(asking_with(&["pm-beslut"], &whole)).code, "LEFI-PERIOD");
    }
}

#[test]
fn base64_may_be_broken_into_lines() {
    let encoded = STANDARD.encode(question(&json!({ "beslut": ["PM:AP"] })).to_string());
    let (first, second) = encoded.split_at(20);
    let broken = with(asking(&["pm-beslut"]), "lefi-json-fraga", &format!("\r\n  {first}\r\n  {second}\n"));
    assert_eq!(asked(broken)["beslut"], json!(["PM:AP"]));
}

#[test]
fn err_questions_that_are_none_are_refused_with_the_name_of_the_member_and_no_value() {
    let without = |member: &str| {
        let mut whole = question(&json!({ "beslut": ["PM:AP"] }));
        whole.as_object_mut().unwrap().remove(member);
        whole.to_string()
    };
    let period = |period: &Value| question(&json!({ "period": period, "beslut": ["PM:AP"] })).to_string();
    let of = |members: &Value| question(members).to_string();
    let twice = of(&json!({ "beslut": ["PM:AP"] })).replacen('{', "{\"beslut\":[],", 1);
    let refusals: Vec<String> = [
        String::new(),
        "inte json".to_owned(),
        "[]".to_owned(),
        "{\"personnummer\":".to_owned(),
        of(&json!({ "Alvar": 1 })),
        of(&json!({ "Beslut": ["PM:AP"] })),
        twice,
        without("personnummer"),
        of(&json!({ "personnummer": 197_701_172_392_i64, "beslut": [] })),
        without("period"),
        period(&json!("2026")),
        period(&json!({ "from": "2026-01-01" })),
        period(&json!({ "from": 2026, "tom": "2026-01-01" })),
        period(&json!({ "from": "2026-01-01", "tom": "2026-01-01", "till": null })),
        of(&json!({ "beslut": "PM:AP" })),
        of(&json!({ "beslut": null })),
        of(&json!({ "beslut": ["PM:AP", 1] })),
        of(&json!({ "beslut": ["FK:AP"] })),
        of(&json!({ "formansinformation": ["FK:sjp"] })),
        of(&json!({ "ovrigInformation": ["FK:SJP"] })),
        of(&json!({ "utbetalningar": ["PM:AP", "FK:AP", "PM:AP"] })),
        of(&json!({})),
        of(&json!({ "ansprak": [], "utbetalningar": [] })),
    ]
    .iter()
    .map(|json| told(with(asking(&["pm-beslut"]), "lefi-json-fraga", &STANDARD.encode(json))))
    .collect();
    insta::assert_snapshot!(refusals.join("\n"), @r"
    LEFI-FRAGA: Frågan till LEFI (lefiJsonFraga) är inte ett JSON-objekt i UTF-8.
    LEFI-FRAGA: Frågan till LEFI (lefiJsonFraga) är inte ett JSON-objekt i UTF-8.
    LEFI-FRAGA: Frågan till LEFI (lefiJsonFraga) är inte ett JSON-objekt i UTF-8.
    LEFI-FRAGA: Frågan till LEFI (lefiJsonFraga) är inte ett JSON-objekt i UTF-8.
    LEFI-FRAGA: Frågan till LEFI har ett fält som LEFI version 9 inte har. Fälten är personnummer, period, formansinformation, ansprak, beslut, preliminaraUtbetalningar, utbetalningar och ovrigInformation.
    LEFI-FRAGA: Frågan till LEFI har ett fält som LEFI version 9 inte har. Fälten är personnummer, period, formansinformation, ansprak, beslut, preliminaraUtbetalningar, utbetalningar och ovrigInformation.
    LEFI-FRAGA: Frågan till LEFI har fältet beslut, eller ett fält i det, två gånger.
    LEFI-FRAGA: Frågan till LEFI saknar fältet personnummer.
    LEFI-FRAGA: Fältet personnummer i frågan till LEFI har inte den form som LEFI version 9 anger.
    LEFI-FRAGA: Frågan till LEFI saknar fältet period.
    LEFI-FRAGA: Fältet period i frågan till LEFI har inte den form som LEFI version 9 anger.
    LEFI-FRAGA: Frågan till LEFI saknar fältet period.tom.
    LEFI-FRAGA: Fältet period.from i frågan till LEFI har inte den form som LEFI version 9 anger.
    LEFI-FRAGA: Fältet period i frågan till LEFI har inte den form som LEFI version 9 anger.
    LEFI-FRAGA: Fältet beslut i frågan till LEFI har inte den form som LEFI version 9 anger.
    LEFI-FRAGA: Fältet beslut i frågan till LEFI har inte den form som LEFI version 9 anger.
    LEFI-FRAGA: Fältet beslut i frågan till LEFI har inte den form som LEFI version 9 anger.
    LEFI-FRAGA: Fältet beslut i frågan till LEFI har en kod som LEFI version 9 inte har där.
    LEFI-FRAGA: Fältet formansinformation i frågan till LEFI har en kod som LEFI version 9 inte har där.
    LEFI-FRAGA: Fältet ovrigInformation i frågan till LEFI har en kod som LEFI version 9 inte har där.
    LEFI-FRAGA: Fältet utbetalningar i frågan till LEFI har samma kod två gånger.
    LEFI-FRAGA: Frågan till LEFI begär ingen förmånsgrupp och ingen övrig information.
    LEFI-FRAGA: Frågan till LEFI begär ingen förmånsgrupp och ingen övrig information.
    ");
    insta::assert_snapshot!(told(with(asking(&["pm-beslut"]), "lefi-json-fraga", "{}")), @"LEFI-FRAGA: Frågan till LEFI (lefiJsonFraga) är inte base64.");
    let latin = with(asking(&["pm-beslut"]), "lefi-json-fraga", &STANDARD.encode(b"{\"\xe5\":1}"));
    insta::assert_snapshot!(told(latin), @"LEFI-FRAGA: Frågan till LEFI (lefiJsonFraga) är inte ett JSON-objekt i UTF-8.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_wanted_what_is_sent_is_a_part_of_what_was_asked_and_valid(
        asked_for in published_question(),
        wanted in proptest::sample::subsequence(every_dataset(), 1..=47),
    ) {
        // Payments alone ask for nothing.
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).chain(["sjukpenning"]).collect();
        let everything = asked(asking(&wanted));
        let question = asking_with(&wanted, &asked_for);
        if matches!(Forsakringskassan::plan(question.clone()), Step::Failed(_)) {
            prop_assert_eq!(refused(question).code, "LEFI-INGET-TILLATET");
            return Ok(());
        }
        let sent = String::from_utf8(request(question).body.unwrap()).unwrap();
        if let Some(contracts) = Contracts::find() {
            prop_assert!(contracts.schema(&LEFI_QUESTION).validate(&sent).is_ok());
        }
        let sent: Value = serde_json::from_str(&sent).unwrap();
        for member in MEMBERS {
            let codes = |of: &Value| of[member].as_array().cloned().unwrap_or_default();
            let (sent, asked_for, everything) = (codes(&sent), codes(&asked_for), codes(&everything));
            let expected: Vec<&Value> = everything.iter().filter(|code| asked_for.contains(code)).collect();
            prop_assert_eq!(sent.len(), expected.len());
            prop_assert!(expected.iter().all(|code| sent.contains(code)));
        }
    }
}

/// A question of the published shape: some of the codes of each member.
fn published_question() -> impl Strategy<Value = Value> {
    let every = every_dataset();
    let everything = asked(asking(&every.iter().map(String::as_str).collect::<Vec<&str>>()));
    let of = |member: &str| {
        let codes = everything[member].as_array().unwrap().clone();
        let most = codes.len();
        proptest::sample::subsequence(codes, 0..=most).prop_shuffle()
    };
    let members: Vec<_> = MEMBERS.iter().map(|member| of(member)).collect();
    members.prop_filter("asks for something", |members| members.iter().any(|codes| !codes.is_empty())).prop_map(
        |members| {
            let mut whole = question(&json!({}));
            for (member, codes) in MEMBERS.iter().zip(members) {
                whole[*member] = Value::from(codes);
            }
            whole
        },
    )
}

/// A question about the person and the period with these members, which may replace those two.
fn question(members: &Value) -> Value {
    let mut whole = json!({ "personnummer": PERSON, "period": { "from": "2026-01-01", "tom": "2026-03-31" } });
    for (name, value) in members.as_object().unwrap() {
        whole[name] = value.clone();
    }
    whole
}

/// The code and the words of a refusal, which quote nobody.
fn told(question: Question) -> String {
    let notice = refused(question);
    for quoted in ["Alvar", "2392", "PM:AP", "FK:", "sjp"] {
        assert!(!notice.message.contains(quoted), "{}", notice.message);
    }
    format!("{}: {}", notice.code, notice.message)
}

const MEMBERS: [&str; 6] =
    ["formansinformation", "ansprak", "beslut", "preliminaraUtbetalningar", "utbetalningar", "ovrigInformation"];
