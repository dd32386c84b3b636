//! What is compared, and what is told of it.

use super::ExpectedOutcome;

fn outcome(text: &str) -> ExpectedOutcome {
    ExpectedOutcome::parse(text).unwrap()
}

/// What is told where the first is found and the second expected.
fn told(found: &str, expected: &str) -> String {
    outcome(expected).difference_from(&outcome(found)).map(|difference| difference.to_string()).unwrap_or_default()
}

const ANSWERED: &str = r#"{"state":"answered","marksProtection":false,"document":{"a":["x",{"b":1.50}]}}"#;

#[test]
fn an_outcome_is_its_own_whatever_its_spacing_agency_and_messages() {
    let spaced = r#"{"agency": "AF", "state": "answered", "marksProtection": false, "document": { "a": [ "x", { "b": 1.50 } ] }}"#;
    assert_eq!(told(ANSWERED, spaced), "");
    let failed = |message: &str| {
        format!(
            r#"{{"state":"failed","marksProtection":false,"failure":{{"source":"BT","code":"2","message":"{message}"}}}}"#
        )
    };
    assert_eq!(told(&failed("a"), &failed("b")), "");
}

#[test]
fn what_differs_is_told_without_a_value() {
    let timed_out = r#"{"state":"timed-out","marksProtection":false}"#;
    assert_eq!(told(timed_out, ANSWERED), "state is `timed-out`, expected `answered`");
    assert_eq!(told(&ANSWERED.replace("\"x\"", "\"y\""), ANSWERED), "document is not the expected one at `/a/0`");
    assert_eq!(told(&ANSWERED.replace("1.50", "1.5"), ANSWERED), "document is not the expected one at `/a/1/b`");
    let unknown = ANSWERED.replace("\"document\"", "\"unknownElements\":2,\"document\"");
    assert_eq!(told(&unknown, ANSWERED), "document has 2 unknown elements, expected 0");
    assert_eq!(
        told(&ANSWERED.replace("false", "true"), ANSWERED),
        "document marks a protected identity: `true`, expected `false`"
    );
    let code = |code: &str| {
        format!(r#"{{"state":"failed","marksProtection":false,"failure":{{"source":"BT","code":"{code}"}}}}"#)
    };
    assert_eq!(told(&code("2"), &code("3")), "failure is `BT 2`, expected `BT 3`");
    let nothing = r#"{"state":"nothing-found","marksProtection":false}"#;
    let reason = r#"{"state":"nothing-found","marksProtection":false,"reason":{"code":"no-hit"}}"#;
    assert_eq!(told(nothing, reason), "reason is ``, expected `no-hit`");
    let failures = ANSWERED.replace("\"document\"", r#""failures":[{"dataset":"lon","code":"4"}],"document""#);
    assert_eq!(told(&failures, ANSWERED), "failures of datasets is `lon 4`, expected ``");
}

#[test]
fn err_outcome() {
    let error = |text: &str| ExpectedOutcome::parse(text).unwrap_err().to_string();
    assert_eq!(error("{"), "expected outcome is not in its form at line 1, column 1");
    assert_eq!(
        error(r#"{"state":"answered","marksProtection":false,"dokument":1}"#),
        "expected outcome is not in its form at line 1, column 54"
    );
    assert_eq!(
        error(r#"{"state":"answered","marksProtection":false}"#),
        "expected outcome is `answered` and has what no such outcome has"
    );
    assert_eq!(
        error(r#"{"state":"timed-out","marksProtection":true}"#),
        "expected outcome is `timed-out` and has what no such outcome has"
    );
}
