//! The question that the adapter writes itself, from what is wanted.

use serde_json::{Value, json};
use ssbtx_adapter_rehearsal::PERSON;
use ssbtx_published::{Contracts, Kind, LEFI_QUESTION, Node, Particle};

use crate::exchange::{asked, asking, every_dataset, refused, request};

#[test]
fn the_request_is_a_post_of_json_that_wants_json() {
    let request = request(asking(&["sjukpenning"]));
    let headers: Vec<(&str, &str)> = request.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
    assert_eq!(headers, [("content-type", "application/json"), ("accept", "application/json")]);
}

#[test]
fn the_question_names_the_person_with_twelve_digits_the_period_and_what_is_wanted() {
    assert_eq!(
        asked(asking(&["sjukpenning", "pm-beslut", "skyddad-identitet", "utbetalningar"])),
        json!({
            "personnummer": PERSON,
            "period": { "from": "2026-01-01", "tom": "2026-03-31" },
            "formansinformation": ["FK:SJP"],
            "beslut": ["PM:AP", "PM:BTI", "PM:EF"],
            "utbetalningar": ["FK:SJP"],
            "ovrigInformation": ["FK:GEPI"],
        })
    );
}

#[test]
fn a_dataset_asks_for_its_own_information_and_no_more() {
    for (wanted, member, codes) in [
        ("aktivitetsstod", "formansinformation", &["FK:AS"][..]),
        ("allman-pension", "formansinformation", &["FK:AP"]),
        ("barnbidrag", "formansinformation", &["FK:ABB"]),
        ("bostadsbidrag", "formansinformation", &["FK:BOB"]),
        ("bostadstillagg", "formansinformation", &["FK:BST", "FK:BTI"]),
        ("dagpenning-totalforsvarspliktiga", "formansinformation", &["FK:DPE"]),
        ("efterlevandepension", "formansinformation", &["FK:AP", "FK:ET"]),
        ("eget-barnbidrag", "formansinformation", &["FK:MABB"]),
        ("foraldrapenning", "formansinformation", &["FK:FP"]),
        ("forebyggande-sjukpenning", "formansinformation", &["FK:FSJP"]),
        ("graviditetspenning", "formansinformation", &["FK:GP"]),
        ("handikappersattning", "formansinformation", &["FK:HE"]),
        ("intjanande-och-levnadsintyg", "formansinformation", &["FK:AP", "FK:EJO"]),
        ("merkostnadsersattning", "formansinformation", &["FK:MEK"]),
        ("narstaendepenning", "formansinformation", &["FK:NP"]),
        ("omvardnadsbidrag", "formansinformation", &["FK:OMV"]),
        ("programersattning", "formansinformation", &["FK:PROG"]),
        ("programjobbdagar", "formansinformation", &["FK:PJOB"]),
        ("rehabiliteringsersattning", "formansinformation", &["FK:RBE"]),
        ("sjuk-och-aktivitetsersattning", "formansinformation", &["FK:SA"]),
        ("sjukpenning", "formansinformation", &["FK:SJP"]),
        ("smittbararersattning", "formansinformation", &["FK:SBP"]),
        ("tillfallig-foraldrapenning", "formansinformation", &["FK:TFP"]),
        ("underhallsstod", "formansinformation", &["FK:US"]),
        ("vardbidrag", "formansinformation", &["FK:VB"]),
        ("yrkesskadelivranta", "formansinformation", &["FK:YL"]),
        ("identitet", "ovrigInformation", &["FK:GEPI"]),
        ("skyddad-identitet", "ovrigInformation", &["FK:GEPI"]),
        ("adress", "ovrigInformation", &["FK:GEPI"]),
        ("civilstand", "ovrigInformation", &["FK:GEPI"]),
        ("arbetsstallen", "ovrigInformation", &["FK:GEPI"]),
        ("barn", "ovrigInformation", &["FK:GEPI"]),
        ("samhoriga", "ovrigInformation", &["FK:GEPI"]),
        ("medborgarskap", "ovrigInformation", &["FK:GEPI"]),
        ("programanvisning", "ovrigInformation", &["FK:PANV"]),
        ("sjukpenninggrundande-inkomst", "ovrigInformation", &["FK:SGI"]),
        ("skatteuppgift", "ovrigInformation", &["FK:SKUP"]),
        ("studiemedelsavisering", "ovrigInformation", &["FK:STAV"]),
        ("pm-ansprak", "ansprak", &["PM:AP", "PM:BTI", "PM:EF"]),
        ("pm-beslut", "beslut", &["PM:AP", "PM:BTI", "PM:EF"]),
        ("pm-preliminara-utbetalningar", "preliminaraUtbetalningar", &["PM:AP", "PM:BTI", "PM:EF"]),
        ("pm-utbetalningar", "utbetalningar", &["PM:AP", "PM:BTI", "PM:EF"]),
        ("pm-levnadsintyg", "ovrigInformation", &["PM:LINT"]),
        ("pm-pensionsbehallning", "ovrigInformation", &["PM:PBH"]),
        ("pm-pensionsunderlag", "ovrigInformation", &["PM:PU"]),
    ] {
        let mut expected = asked(asking(&["sjukpenning"]));
        expected.as_object_mut().unwrap().remove("formansinformation");
        expected[member] = Value::from(codes);
        assert_eq!(asked(asking(&[wanted])), expected, "{wanted}");
    }
}

#[test]
fn payments_are_asked_for_only_with_the_benefits_that_are_wanted_themselves() {
    for (payments, member) in
        [("utbetalningar", "utbetalningar"), ("preliminara-utbetalningar", "preliminaraUtbetalningar")]
    {
        let question = asked(asking(&["foraldrapenning", payments, "bostadsbidrag"]));
        assert_eq!(question[member], json!(["FK:BOB", "FK:FP"]));
        assert_eq!(question["formansinformation"], json!(["FK:BOB", "FK:FP"]));
        assert_eq!(refused(asking(&[payments])).code, "LEFI-INGET-TILLATET");
        assert_eq!(asked(asking(&[payments, "pm-utbetalningar"])).get("formansinformation"), None);
    }
}

#[test]
fn a_question_for_everything_names_every_published_code_and_no_other() {
    let Some(contracts) = Contracts::find() else { return };
    let every = every_dataset();
    let question = asked(asking(&every.iter().map(String::as_str).collect::<Vec<&str>>()));
    let schema = contracts.schema(&LEFI_QUESTION);
    let lists = members(schema.root()).filter(|member| member.kind == Kind::List);
    let published: Vec<(&str, Value)> = lists
        .map(|list| {
            let item = members(list).next().unwrap();
            (list.name.as_str(), Value::from(item.value.as_ref().unwrap().facets.enumeration.clone()))
        })
        .collect();
    assert_eq!(published.len(), 6);
    for (member, codes) in published {
        assert_eq!(question[member], codes, "{member}");
    }
}

#[test]
fn a_request_is_valid_under_the_published_schema_for_each_dataset_and_for_all() {
    let Some(contracts) = Contracts::find() else { return };
    let schema = contracts.schema(&LEFI_QUESTION);
    let every = every_dataset();
    let all: Vec<&str> = every.iter().map(String::as_str).collect();
    let each = all.iter().map(|dataset| vec!["sjukpenning", dataset]);
    for wanted in each.chain([all.clone()]) {
        let body = String::from_utf8(request(asking(&wanted)).body.unwrap()).unwrap();
        assert!(schema.validate(&body).is_ok(), "{body}");
    }
}

#[test]
fn a_period_that_lefi_does_not_take_is_refused_before_anything_is_sent() {
    for (from, to, code) in [
        ("2024-03-01", "2026-03-01", None),
        ("2024-03-01", "2026-03-02", Some("LEFI-PERIOD")),
        ("2026-03-02", "2026-03-01", Some("LEFI-PERIOD")),
    ] {
        let mut question = asking(&["sjukpenning"]);
        (question.period.from, question.period.to) = (from.to_owned(), to.to_owned());
        match code {
            None => assert_eq!(asked(question)["period"], json!({ "from": from, "tom": to })),
            Some(code) => assert_eq!(refused(question).code, code),
        }
    }
}

fn members(node: &Node) -> impl Iterator<Item = &Node> {
    node.members.iter().filter_map(|particle| match particle {
        Particle::One(member, _) => Some(member.as_ref()),
        Particle::Sequence(..) | Particle::Any => None,
    })
}
