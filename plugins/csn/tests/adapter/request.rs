//! The question in CSN's format.

use ssbtx_adapter_csn::Csn;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Guest, Step};
use ssbtx_adapter_rehearsal::{failure, planned, question};

#[test]
fn the_question_is_written_in_the_order_that_is_agreed() {
    let payload = planned::<Csn>(question(&["studiemedel"])).payload;
    insta::assert_snapshot!(payload.replace("><", ">\n<"), @r#"
    <csn:SBNUppgEkBistandBegar xmlns:csn="http://schema.csn.se/v4.0/kommunfraga" xmlns="http://www.sambruk.se/SBNyttomeddelanden">
    <OrganisationsnummerForIngivare>162020000001</OrganisationsnummerForIngivare>
    <NamnPaIngivare>Socialnämnden i Exempelstad</NamnPaIngivare>
    <KontonamnForHandlaggare>anna.andersson</KontonamnForHandlaggare>
    <Referensnummer>EB-2026-17</Referensnummer>
    <FromDatum>20260101</FromDatum>
    <TomDatum>20260331</TomDatum>
    <Syfte>Ekonomiskt bistånd</Syfte>
    <Lagtext>SoL (2025:400) 15 kap.</Lagtext>
    <Personuppgiftsbitrade>
    <Organisationsnummer>162020000003</Organisationsnummer>
    <Namn>Systemleverantören</Namn>
    </Personuppgiftsbitrade>
    <Personuppgiftsbitrade>
    <Organisationsnummer>162020000001</Organisationsnummer>
    <Namn>Underleverantören</Namn>
    </Personuppgiftsbitrade>
    <Person sekel="19" personnummer="7701172392"/>
    </csn:SBNUppgEkBistandBegar>
    "#);
}

#[test]
fn the_same_is_asked_whatever_is_wanted() {
    let one = planned::<Csn>(question(&["identitet"])).payload;
    assert_eq!(planned::<Csn>(question(&["identitet", "studiemedel", "hemutrustningslan"])).payload, one);
}

#[test]
fn a_person_is_written_as_century_and_ten_digits_in_whatever_century() {
    for (person, expected) in [
        ("189001019802", "<Person sekel=\"18\" personnummer=\"9001019802\"/>"),
        ("200002292399", "<Person sekel=\"20\" personnummer=\"0002292399\"/>"),
        ("202201612393", "<Person sekel=\"20\" personnummer=\"2201612393\"/>"),
    ] {
        let mut question = question(&[]);
        question.person = person.to_owned();
        let payload = planned::<Csn>(question).payload;
        assert!(payload.contains(expected), "{payload}");
    }
}

#[test]
fn a_case_id_of_31_characters_is_sent_and_one_of_32_is_refused_before_anything_is_sent() {
    for (longest, too_long) in [("A".repeat(31), "A".repeat(32)), ("Å".repeat(31), "Å".repeat(32))] {
        let mut question = question(&["studiemedel"]);
        question.case_id = longest;
        assert!(matches!(Csn::plan(question.clone()), Step::Send(_)));
        question.case_id = too_long.clone();
        let step = Csn::plan(question);
        let Step::Failed(notice) = &step else { panic!("it was sent") };
        assert!(notice.message.contains("31 tecken") && !notice.message.contains(&too_long), "{}", notice.message);
        assert_eq!(failure(step), "CSN-ARENDEIDENTITET");
    }
}
