use serde_json::json;

use super::*;
use crate::sample::{admission, question_body};

fn whole() -> Value {
    question_body("162020000001")
}

fn read(value: &Value) -> Result<Question, InvalidQuestion> {
    match parse(value.to_string().as_bytes(), &admission())? {
        Asked::Person(question) => Ok(*question),
        Asked::Household(_) => panic!("expected a question about one person"),
    }
}

/// A question about these persons.
fn household(persons: Value) -> Value {
    let mut question = whole();
    question.as_object_mut().unwrap().remove("person");
    question["persons"] = persons;
    question
}

fn faults(value: &Value) -> String {
    match parse(value.to_string().as_bytes(), &admission()) {
        Ok(_) => "accepted".to_owned(),
        Err(InvalidQuestion::Faults(faults)) => faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Err(other) => other.to_string(),
    }
}

#[test]
fn a_question_is_read_whole() {
    let mut value = whole();
    value["correlationId"] = json!("abc");
    value["include"] = json!(["MIV", "AF"]);
    let question = read(&value).unwrap();
    assert_eq!(question.person.reveal(), "197701172392");
    assert_eq!(question.period.to().to_string(), "2026-02-28");
    assert_eq!(question.requester.organisation.number.as_str(), "162020000001");
    assert_eq!(question.requester.caseworker.as_str(), "hand01");
    assert_eq!(question.case.as_str(), "2026-0017");
    assert_eq!(question.purpose.as_str(), "Ekonomiskt bistånd");
    assert_eq!(question.correlation_id.as_ref().map(CorrelationId::as_str), Some("abc"));
    assert_eq!(question.include.into_keys().collect::<Vec<_>>(), [AgencyId::AF, AgencyId::MIV]);
}

#[test]
fn all_base_services_are_included_where_nothing_is_said() {
    assert_eq!(read(&whole()).unwrap().include.len(), 7);
}

#[test]
fn err_question_with_every_key_wrong() {
    let value = json!({
        "person": "19770117-2392",
        "period": { "from": "2026-1-1", "to": "2026-02-30", "until": "2026-02-28" },
        "requester": { "organisationNumber": "2020000001", "name": " ", "caseworker": 17 },
        "caseId": "",
        "purpose": "x".repeat(1025),
        "correlationId": null,
        "include": ["AF", "AF", "BOLV", 17],
        "extra/key": true,
    });
    insta::assert_snapshot!(faults(&value), @r"
    `/extra~1key`: unknown key, expected one of `person`, `persons`, `period`, `requester`, `caseId`, `purpose`, `correlationId`, `include`
    `/person`: identity number is not twelve digits
    `/period/until`: unknown key, expected one of `from`, `to`
    `/period/from`: expected a date `yyyy-MM-dd`
    `/period/to`: expected a date `yyyy-MM-dd`
    `/requester/organisationNumber`: organisation number is not 12 digits of which the fifth is 2 to 9, such as `162020000001`
    `/requester/name`: expected 1 to 256 bytes that are not all white space, without control characters
    `/requester/caseworker`: expected a text
    `/caseId`: `caseId` is empty
    `/purpose`: `purpose` is longer than 1024 bytes
    `/correlationId`: expected a text
    `/include/1`: named twice
    `/include/2`: expected one of `AF`, `CSN`, `FK`, `SKV`, `SO`, `TNS`, `MIV`
    `/include/3`: expected one of `AF`, `CSN`, `FK`, `SKV`, `SO`, `TNS`, `MIV`
    ");
}

#[test]
fn err_question_with_every_key_missing() {
    insta::assert_snapshot!(faults(&json!({})), @r"
    `/person`: missing
    `/period`: missing
    `/requester`: missing
    `/caseId`: missing
    `/purpose`: missing
    ");
}

#[test]
fn err_question_of_another_shape() {
    let with = |key: &str, value: Value| {
        let mut question = whole();
        question[key] = value;
        faults(&question)
    };
    insta::assert_snapshot!(faults(&json!([])), @"``: expected an object");
    insta::assert_snapshot!(with("period", json!("2026")), @"`/period`: expected an object");
    insta::assert_snapshot!(with("period", json!({ "from": "2026-01-02", "to": "2026-01-01" })), @"`/period/to`: expected a day that is not before `from`");
    insta::assert_snapshot!(with("requester", json!({})), @r"
    `/requester/organisationNumber`: missing
    `/requester/name`: missing
    `/requester/caseworker`: missing
    ");
    insta::assert_snapshot!(with("include", json!([])), @"`/include`: expected a list of at least one base service, or nothing for all");
    insta::assert_snapshot!(with("person", json!("197701172393")), @"`/person`: identity number has a wrong check digit");
}

#[test]
fn err_no_json() {
    let text = |body: &[u8]| parse(body, &admission()).unwrap_err().to_string();
    insta::assert_snapshot!(text(b""), @"body is no JSON, at line 1, column 0");
    insta::assert_snapshot!(text(b"{\n  \"person\": 19x"), @"body is no JSON, at line 2, column 15");
    insta::assert_snapshot!(text(&b"[".repeat(100_000)), @"body is no JSON, at line 1, column 128");
    insta::assert_snapshot!(text(b"\xff"), @"body is no JSON, at line 1, column 1");
}

#[test]
fn err_key_twice() {
    let twice = whole().to_string().replacen('{', r#"{"person":"197701182383","#, 1);
    let error = parse(twice.as_bytes(), &admission()).unwrap_err();
    assert!(matches!(error, InvalidQuestion::KeyTwice { line: 1, .. }), "{error}");
}

#[test]
fn an_unknown_key_that_may_be_more_than_a_key_is_not_quoted() {
    let faults = |key: &str| {
        let mut question = whole();
        question[key] = json!(1);
        faults(&question)
    };
    let expected =
        "expected one of `person`, `persons`, `period`, `requester`, `caseId`, `purpose`, `correlationId`, `include`";
    assert_eq!(faults("perriod"), format!("`/perriod`: unknown key, {expected}"));
    for key in ["197701172392", "Anna Andersson", "å", &"x".repeat(33)] {
        assert_eq!(faults(key), format!("``: unknown key, {expected}"));
    }
}

#[test]
fn faults_without_end_are_not_told_without_end() {
    let mut value = whole();
    value["include"] = json!(vec![17; 10_000]);
    assert_eq!(faults(&value).lines().count(), 100);
}

#[test]
fn a_fault_never_quotes_a_value() {
    let value = json!({
        "person": "marker", "period": { "from": "marker", "to": "marker" },
        "requester": { "organisationNumber": "marker", "name": "marker\u{0}", "caseworker": "marker\u{0}" },
        "caseId": "marker\u{0}", "purpose": "marker\u{0}", "correlationId": "marker\u{0}", "include": ["marker"],
    });
    let faults = faults(&value);
    assert_eq!(faults.lines().count(), 10, "{faults}");
    assert!(!faults.contains("marker"), "{faults}");
}

#[test]
fn a_household_is_one_question_for_each_person_alike_but_for_the_person() {
    let value = household(json!([
        { "person": "197701182383", "relation": "household-adult" },
        { "person": "197701172392", "relation": "subject" },
    ]));
    let Ok(Asked::Household(members)) = parse(value.to_string().as_bytes(), &admission()) else {
        panic!("no household")
    };
    let shown: Vec<_> =
        members.iter().map(|member| (member.relation.label(), member.question.person.reveal().to_owned())).collect();
    assert_eq!(shown, [("household-adult", "197701182383".to_owned()), ("subject", "197701172392".to_owned())]);
    assert!(
        members.iter().all(|member| member.question.case.as_str() == "2026-0017" && member.question.include.len() == 7)
    );
}

#[test]
fn err_household() {
    let person = |number: &str, relation: &str| json!({ "person": number, "relation": relation });
    let (alvar, beata) = ("197701172392", "197701182383");
    insta::assert_snapshot!(faults(&household(json!([]))), @"`/persons`: expected a list of 1 to 12 persons");
    insta::assert_snapshot!(faults(&household(json!({}))), @"`/persons`: expected a list of 1 to 12 persons");
    insta::assert_snapshot!(faults(&household(json!(vec![person(alvar, "subject"); 13]))), @"`/persons`: expected a list of 1 to 12 persons");
    insta::assert_snapshot!(faults(&household(json!([person(alvar, "subject"), person(beata, "subject")]))), @"`/persons`: expected exactly one person whose relation is `subject`");
    insta::assert_snapshot!(faults(&household(json!([person(alvar, "household-adult")]))), @"`/persons`: expected exactly one person whose relation is `subject`");
    insta::assert_snapshot!(faults(&household(json!([person(alvar, "subject"), person(alvar, "household-child")]))), @"`/persons/1/person`: named twice");
    insta::assert_snapshot!(faults(&household(json!([17, { "person": "1", "relation": "marker", "name": 1 }, {}]))), @r"
    `/persons/0`: expected an object
    `/persons/1/name`: unknown key, expected one of `person`, `relation`
    `/persons/1/person`: identity number is not twelve digits
    `/persons/1/relation`: expected one of `subject`, `household-adult`, `household-child`
    `/persons/2/person`: missing
    `/persons/2/relation`: missing
    ");
    let mut both = household(json!([person(alvar, "subject")]));
    both["person"] = json!(beata);
    insta::assert_snapshot!(faults(&both), @"`/persons`: expected one of `person` and `persons`, and not both");
}
