//! What a trial may ask.

use jiff::civil::Date;
use serde_json::{Value, json};
use ssbtx_core::AgencyId;

use super::TrialQuestion;
use crate::sample::{parse, source};

fn body() -> Value {
    json!({
        "person": "197701172392",
        "period": { "from": "2026-01-01", "to": "2026-02-28" },
        "requester": { "organisationNumber": "162020000001", "name": "Exempelkommun", "caseworker": "hand01" },
        "caseId": "2026-0017",
        "purpose": "Ekonomiskt bistånd",
    })
}

fn read(body: &Value) -> Result<TrialQuestion, super::InvalidTrialQuestion> {
    TrialQuestion::parse(&body.to_string(), Date::constant(2026, 3, 1))
}

#[test]
fn a_question_of_json_v1_asks_for_every_dataset_on_the_day_of_the_trial() {
    let question = read(&body()).unwrap();
    assert_eq!(question.wanted(&parse(source())).len(), 2);
    assert_eq!(question.to(AgencyId::MIV).asked_on, Date::constant(2026, 3, 1));
}

#[test]
fn what_the_host_adds_to_a_question_can_be_written() {
    let mut body = body();
    body["askedOn"] = json!("2026-04-01");
    body["wanted"] = json!(["datum"]);
    body["legalText"] = json!("SoL (2025:400) 15 kap. 10 §");
    body["parameters"] = json!({ "aktorsid": "a-1" });
    let question = read(&body).unwrap();
    assert_eq!(question.wanted(&parse(source())).len(), 1);
    assert_eq!(question.legal_text(), "SoL (2025:400) 15 kap. 10 §");
    let asked = question.to(AgencyId::FK);
    assert_eq!(asked.asked_on, Date::constant(2026, 4, 1));
    assert_eq!(asked.include[&AgencyId::FK].parameters[0].value, "a-1");
}

#[test]
fn err_question() {
    let error = |pointer: &str, value: Value| {
        let mut body = body();
        *body.pointer_mut(pointer).unwrap() = value;
        read(&body).unwrap_err().to_string()
    };
    assert_eq!(error("/person", json!("197701172393")), "`person` may not be tried with");
    assert_eq!(error("/caseId", json!(" ")), "`caseId` is empty");
    assert_eq!(
        error("/period/to", json!("2025-01-01")),
        "period ends on `2025-01-01`, before it begins on `2026-01-01`"
    );
    assert_eq!(error("/period", json!({})), "question is not as it should be");
    let mut with_parameter = body();
    with_parameter["parameters"] = json!({ "x": "y" });
    assert_eq!(
        read(&with_parameter).unwrap_err().to_string(),
        "parameter `x` is none of `aktorsid`, `version` and `lefi-json-fraga`"
    );
}
