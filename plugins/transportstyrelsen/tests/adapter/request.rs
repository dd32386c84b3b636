//! The question in Transportstyrelsen's format.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Guest, Step};
use ssbtx_adapter_rehearsal::{planned, question};
use ssbtx_adapter_transportstyrelsen::Transportstyrelsen;

#[test]
fn the_question_is_written_as_the_schema_has_it() {
    let payload = planned::<Transportstyrelsen>(question(&["fordon"])).payload;
    insta::assert_snapshot!(payload.replace("><", ">\n<"), @r#"
    <HamtaUppgifter xmlns="http://schema.transportstyrelsen.se/ssbtek/hamtauppgifterresponder/1" xmlns:per="http://schema.transportstyrelsen.se/ssbtek/person/1">
    <identifikation>
    <per:sekel>19</per:sekel>
    <per:personnummer>7701172392</per:personnummer>
    </identifikation>
    </HamtaUppgifter>
    "#);
}

#[test]
fn a_person_born_in_the_1800s_is_nothing_found_without_a_question() {
    let mut question = question(&["fordon"]);
    question.person = "189001019802".to_owned();
    let Step::Nothing(nothing) = Transportstyrelsen::plan(question) else { panic!("something was asked") };
    assert!(nothing.document.is_none());
    let reason = nothing.reason.unwrap();
    assert_eq!(reason.code, "TNS-SEKEL");
    assert!(!reason.message.contains("1890"));
}

#[test]
fn a_person_born_in_the_2000s_and_one_with_a_samordningsnummer_are_asked_about() {
    for (person, century, number) in [
        ("200002292399", "20", "0002292399"),
        ("202201612393", "20", "2201612393"),
        ("191401682396", "19", "1401682396"),
    ] {
        let mut question = question(&["fordon"]);
        question.person = person.to_owned();
        let payload = planned::<Transportstyrelsen>(question).payload;
        let written = format!("<per:sekel>{century}</per:sekel><per:personnummer>{number}</per:personnummer>");
        assert!(payload.contains(&written), "{payload}");
    }
}
