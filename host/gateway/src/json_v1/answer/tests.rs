use ssbtx_core::{AgencyId, BrokerFault, Notice};

use super::*;
use crate::sample;

fn document() -> Document {
    sample::document(AgencyId::MIV, sample::MIV, &[])
}

fn parts(outcomes: Vec<(AgencyId, Outcome)>) -> serde_json::Value {
    serde_json::to_value(AnswerBody::of(&sample::answer(outcomes))).unwrap()["parts"].clone()
}

#[test]
fn an_answer_names_its_edition_and_has_all_seven_parts() {
    let mut answer = sample::answer(Vec::new());
    answer.correlation_id = Some(ssbtx_core::CorrelationId::parse("abc").unwrap());
    let mut body = serde_json::to_value(AnswerBody::of(&answer)).unwrap();
    let agencies: Vec<_> =
        body["parts"].as_array().unwrap().iter().map(|part| part["agency"].as_str().unwrap().to_owned()).collect();
    assert_eq!(agencies, ["AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV"]);
    body["parts"].as_array_mut().unwrap().truncate(2);
    insta::assert_snapshot!(serde_json::to_string_pretty(&body).unwrap(), @r#"
    {
      "correlationId": "abc",
      "edition": {
        "policy": {
          "name": "ekonomiskt-bistand",
          "sha256": "abababababababababababababababababababababababababababababababab",
          "version": "1.0.0"
        },
        "trustVersion": 3
      },
      "parts": [
        {
          "adapter": {
            "sha256": "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
            "version": "1.2.0"
          },
          "agency": "AF",
          "disclosers": [
            {
              "agency": "AF",
              "state": "not-asked"
            }
          ],
          "elapsedMs": 12,
          "state": "not-asked"
        },
        {
          "agency": "CSN",
          "disclosers": [
            {
              "agency": "CSN",
              "state": "not-asked"
            }
          ],
          "elapsedMs": 12,
          "state": "not-asked"
        }
      ],
      "questionId": "07070707-0707-0707-0707-070707070707",
      "role": "ekonomiskt-bistand"
    }
    "#);
}

#[test]
fn an_answered_part_has_its_document_and_what_is_missing_from_it() {
    let document = document();
    let decision = sample::decision(document.catalogue(), "beslutsKod");
    let failures = vec![DatasetFailure {
        dataset: "all".parse().unwrap(),
        reason: Notice::parse("502", "Tekniskt fel.").unwrap(),
    }];
    let body = parts(vec![(AgencyId::MIV, Outcome::Answered { document, failures, decision })])[6].clone();
    insta::assert_snapshot!(serde_json::to_string_pretty(&body).unwrap(), @r#"
    {
      "agency": "MIV",
      "disclosers": [
        {
          "agency": "MIV",
          "state": "answered"
        }
      ],
      "document": {
        "response": {
          "correlationid": "2026-0017",
          "svarCollection": {
            "svar": {
              "beslutsKod": "PUT",
              "giltighetstid": "PERMANENT"
            }
          }
        }
      },
      "elapsedMs": 12,
      "failures": [
        {
          "code": "502",
          "dataset": "all",
          "message": "Tekniskt fel."
        }
      ],
      "state": "answered",
      "withheld": [
        {
          "element": "response/svarCollection/svar/beslutsKod",
          "reason": "not-needed"
        }
      ]
    }
    "#);
}

#[test]
fn what_is_withheld_at_once_is_told_under_its_name() {
    let decision = sample::tightened(document().catalogue(), "2026-11-22-miv");
    let body = parts(vec![(AgencyId::MIV, Outcome::NotPermitted { decision })])[6].clone();
    insta::assert_snapshot!(body["withheld"], @r#"[{"element":"","reason":"tightened","tightening":"2026-11-22-miv"}]"#);
}

#[test]
fn what_was_not_understood_is_counted() {
    let known = document();
    let document = Document::new(std::sync::Arc::clone(known.catalogue()), known.nodes().to_vec(), 3).unwrap();
    let decision = sample::decision(document.catalogue(), "nothing");
    let body = parts(vec![(AgencyId::MIV, Outcome::Answered { document, failures: Vec::new(), decision })])[6].clone();
    assert_eq!(body["unknownElements"], 3);
    assert!(body.get("withheld").is_none() && body.get("failures").is_none());
}

#[test]
fn the_six_states_are_told_apart() {
    let decision = sample::decision(document().catalogue(), "findByPersonnummerResponse");
    let reason = Some(Notice::parse("1", "Okänd.").unwrap());
    let parts = parts(vec![
        (AgencyId::AF, Outcome::NothingFound { document: None, reason }),
        (AgencyId::CSN, Outcome::Failed(Failure::Broker(BrokerFault::Unreachable))),
        (AgencyId::FK, Outcome::Failed(Failure::BaseService(Notice::parse("17", "Stängt.").unwrap()))),
        (AgencyId::SKV, Outcome::TimedOut),
        (AgencyId::SO, Outcome::NotPermitted { decision }),
        (AgencyId::MIV, Outcome::Failed(Failure::Adapter(Notice::parse("MIV-FRAGA", "Gick inte.").unwrap()))),
    ]);
    let shown: Vec<_> = parts
        .as_array()
        .unwrap()
        .iter()
        .map(|part| {
            let mut part = part.as_object().unwrap().clone();
            for key in ["disclosers", "adapter", "elapsedMs"] {
                part.remove(key);
            }
            serde_json::to_string(&part).unwrap()
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    {"agency":"AF","reason":{"code":"1","message":"Okänd."},"state":"nothing-found"}
    {"agency":"CSN","failure":{"code":"SSBT-102","message":"Bastjänsten gick inte att nå.","source":"SSBT"},"state":"failed"}
    {"agency":"FK","failure":{"code":"17","message":"Stängt.","source":"BT"},"state":"failed"}
    {"agency":"SKV","state":"timed-out"}
    {"agency":"SO","state":"not-permitted"}
    {"agency":"TNS","state":"not-asked"}
    {"agency":"MIV","failure":{"code":"MIV-FRAGA","message":"Gick inte.","source":"SSBT"},"state":"failed"}
    "#);
}
