use ssbtx_core::{AgencyId, Notice};

use super::*;
use crate::sample;

fn shown(outcome: &Outcome) -> String {
    match block(outcome) {
        Block::Data(document) => format!("data of {}", document.catalogue().agency()),
        Block::Error(error) => format!("{} {} {}", error.source, error.code, error.messages.join(" / ")),
        Block::Absent => "absent".to_owned(),
    }
}

fn document() -> Document {
    sample::document(AgencyId::AF, sample::AF, &[])
}

#[test]
fn an_answered_part_is_data_even_when_something_is_withheld() {
    let document = document();
    let decision = sample::decision(document.catalogue(), "Fornamn");
    assert_eq!(shown(&Outcome::Answered { document, failures: Vec::new(), decision }), "data of AF");
}

#[test]
fn nothing_found_is_the_agencys_own_document_or_an_error_of_its_own() {
    let reason = Some(Notice::parse("404", "Personen är okänd.").unwrap());
    assert_eq!(shown(&Outcome::NothingFound { document: Some(document()), reason: None }), "data of AF");
    insta::assert_snapshot!(shown(&Outcome::NothingFound { document: None, reason: None }), @"SSBT SSBT-109 Bastjänsten har inga uppgifter om personen.");
    insta::assert_snapshot!(shown(&Outcome::NothingFound { document: None, reason }), @"SSBT SSBT-109 Bastjänsten har inga uppgifter om personen. / Personen är okänd.");
}

#[test]
fn what_is_withheld_at_once_is_said_beside_that_the_role_may_see_nothing() {
    let decision = sample::tightened(document().catalogue(), "2026-11-22-af");
    insta::assert_snapshot!(shown(&Outcome::NotPermitted { decision }), @"SSBT SSBT-108 Rollen får inte se några uppgifter från bastjänsten. / Uppgifter är tillfälligt spärrade: 2026-11-22-af.");
}

#[test]
fn the_other_states_are_told_apart() {
    let decision = sample::decision(document().catalogue(), "SvarMeddelande");
    insta::assert_snapshot!(shown(&Outcome::NotAsked), @"absent");
    insta::assert_snapshot!(shown(&Outcome::NotPermitted { decision }), @"SSBT SSBT-108 Rollen får inte se några uppgifter från bastjänsten.");
    insta::assert_snapshot!(shown(&Outcome::TimedOut), @"SSBT SSBT-105 Bastjänsten svarade inte i tid.");
    insta::assert_snapshot!(shown(&Outcome::Failed(Failure::Broker(BrokerFault::Unreachable))), @"SSBT SSBT-102 Bastjänsten gick inte att nå.");
    let notice = Notice::parse("9071003", "Tjänsten är stängd.").unwrap();
    insta::assert_snapshot!(shown(&Outcome::Failed(Failure::BaseService(notice))), @"BT 9071003 Tjänsten är stängd.");
    let notice = Notice::parse("CSN-ARENDEIDENTITET", "Ärendeidentiteten är för lång.").unwrap();
    insta::assert_snapshot!(shown(&Outcome::Failed(Failure::Adapter(notice))), @"SSBT CSN-ARENDEIDENTITET Ärendeidentiteten är för lång.");
}
