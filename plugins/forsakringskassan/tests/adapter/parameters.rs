//! `aktorsid` and `version`.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Parameter;
use ssbtx_adapter_rehearsal::question;

use crate::exchange::{asked, asking, refused, request, with};

#[test]
fn ok_versions() {
    assert!(asked(asking(&["sjukpenning"])).is_object());
    for version in ["v9", "9", " v9\n"] {
        assert!(asked(with(asking(&["sjukpenning"]), "version", version)).is_object());
    }
}

#[test]
fn err_versions() {
    for version in ["", "v8", "10", "v9.0", "V9", "nio"] {
        let notice = refused(with(asking(&["sjukpenning"]), "version", version));
        assert_eq!(notice.code, "LEFI-VERSION", "{version}");
    }
    insta::assert_snapshot!(refused(with(asking(&["sjukpenning"]), "version", "v10")).message, @"Den version av LEFI som anges stöds inte. Ange v9, eller ingen version.");
}

#[test]
fn err_actor_ids_that_are_missing_or_would_be_more_than_one_segment_of_a_path() {
    assert_eq!(refused(question(&["sjukpenning"])).code, "LEFI-AKTORSID");
    let long = "a".repeat(129);
    for actor in ["", " ", ".", "..", "a/b", "a b", "a%2Fb", "a?b", "a#b", "å", "a\\b", "a:b", &long] {
        let notice = refused(with(question(&["sjukpenning"]), "aktorsid", actor));
        assert_eq!(notice.code, "LEFI-AKTORSID", "{actor}");
    }
    insta::assert_snapshot!(refused(question(&["sjukpenning"])).message, @"Aktörs-id (aktorsid) för frågan till Försäkringskassan saknas eller har fel form: 1–128 bokstäver a–z, siffror och tecknen - . _ ~.");
}

#[test]
fn ok_actor_ids_stand_in_the_path_as_they_are() {
    let mut question = asking(&["sjukpenning"]);
    // Parameters that LEFI does not have are the host's matter.
    question.parameters.insert(0, Parameter { name: "annat".to_owned(), value: "x".to_owned() });
    assert!(request(question).path.contains("/aktorer/Kommun-1.a_b~c/"));
}
