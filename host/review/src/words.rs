//! What a lawyer reads: cells, changes and contexts in Swedish.

mod finding;
mod grant;
mod place;

use ssbtx_core::{AgencyId, LegalBasis, Standing, WithholdReason};

use crate::cell::{Citation, Effect, Outcome};
use crate::change::ChangeKind;
use crate::elements::{Extent, Gathered};

pub(crate) use finding::{finding, finding_in_english};
pub(crate) use grant::{granted_basis, granted_when, granted_when_in_english};
pub(crate) use place::{context, contexts};

/// A change in a word or two.
pub(crate) fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Opened => "Öppnas",
        ChangeKind::Closed => "Stängs",
        ChangeKind::BasisChanged => "Annat lagstöd",
        ChangeKind::ReasonChanged => "Annat skäl",
        ChangeKind::NewlyPending => "Blir villkorad",
        ChangeKind::NoLongerPending => "Inte längre villkorad",
        ChangeKind::OpenedAlong => "Öppnas som följd",
        ChangeKind::ClosedAlong => "Stängs som följd",
    }
}

/// What the word means.
pub(crate) fn kind_explained(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Opened => "var stängd och lämnas nu ut på ett lagstöd som gäller",
        ChangeKind::Closed => "lämnades ut på ett lagstöd som gäller och är nu stängd",
        ChangeKind::BasisChanged => "vilar på ett annat lagstöd än förut",
        ChangeKind::ReasonChanged => "är stängd som förut, av ett annat skäl",
        ChangeKind::NewlyPending => {
            "vilar nu på en grund som inte är fastställd i lag, och lämnas ut bara där driftansvarig har godtagit den vid namn"
        }
        ChangeKind::NoLongerPending => "vilade på en grund som inte är fastställd i lag, och gör inte det längre",
        ChangeKind::OpenedAlong => {
            "bedöms som förut, men lämnas ut där den inte gjorde det, för att något som schemat kräver intill den har öppnats"
        }
        ChangeKind::ClosedAlong => {
            "bedöms som förut, men utgår, för att något som schemat kräver intill den har stängts"
        }
    }
}

/// The word on an element.
pub(crate) fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::NoPolicy => "ingen policy fanns".to_owned(),
        Outcome::UnknownAgency => "stängd: policyn känner inte bastjänsten".to_owned(),
        Outcome::Technical => "teknisk uppgift".to_owned(),
        Outcome::Withheld(reason) => format!("stängd: {}", withheld(*reason)),
        Outcome::NotInForce(cited) => format!("stängd: {} gäller inte då", citation(cited)),
        Outcome::Pending(cited) => format!("villkorad: {}, inte fastställd i lag", citation(cited)),
        Outcome::Open(cited) => format!("öppen: {}", citation(cited)),
    }
}

/// The word on an element, in English.
pub(crate) fn outcome_in_english(outcome: &Outcome) -> String {
    match outcome {
        Outcome::NoPolicy => "there was no policy".to_owned(),
        Outcome::UnknownAgency => "closed: the policy does not know the base service".to_owned(),
        Outcome::Technical => "technical element".to_owned(),
        Outcome::Withheld(reason) => format!("closed: {}", reason.label()),
        Outcome::NotInForce(cited) => format!("closed: {} is not in force then", citation(cited)),
        Outcome::Pending(cited) => format!("pending: {}, not established in law", citation(cited)),
        Outcome::Open(cited) => format!("open: {}", citation(cited)),
    }
}

fn withheld(reason: WithholdReason) -> &'static str {
    match reason {
        WithholdReason::NoLegalBasis => "lagstöd saknas",
        WithholdReason::NotNeeded => "behövs inte för rollens uppgift",
        WithholdReason::ProtectedIdentity => "identiteten är skyddad",
        WithholdReason::ConsentMissing => "samtycke saknas",
        WithholdReason::WrongRelation => "lämnas inte ut för den som frågan gäller",
    }
}

/// Act, provision and item, with the basis' name.
pub(crate) fn citation(cited: &Citation) -> String {
    let mut text = cited.act.clone();
    if !cited.provision.is_empty() {
        text = format!("{text} {}", cited.provision);
    }
    if let Some(item) = &cited.item {
        text = format!("{text}, {item}");
    }
    format!("{text} ({})", cited.id)
}

/// When a legal basis is in force.
pub(crate) fn standing(standing: Standing) -> String {
    match standing {
        Standing::Pending => "inte fastställd i lag".to_owned(),
        Standing::InForce { from, until: None } => format!("gäller från och med {from}"),
        Standing::InForce { from, until: Some(until) } => format!("gäller från och med {from} till och med {until}"),
    }
}

/// When a legal basis is in force, in English.
pub(crate) fn standing_in_english(standing: Standing) -> String {
    match standing {
        Standing::Pending => "not established in law".to_owned(),
        Standing::InForce { from, until: None } => format!("in force from {from}"),
        Standing::InForce { from, until: Some(until) } => format!("in force from {from} to {until}"),
    }
}

/// A legal basis in full.
pub(crate) fn basis(basis: &LegalBasis) -> String {
    format!("{}: {}; {}", citation(&basis.into()), basis.title.sv, standing(basis.standing))
}

/// Whether an element is disclosed.
pub(crate) fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::NotDisclosed => "lämnas inte ut",
        Effect::IfAccepted => "lämnas ut bara där driftansvarig har godtagit grunder som inte är fastställda i lag",
        Effect::Disclosed => "lämnas ut",
    }
}

/// Whether an element is disclosed, in English.
pub(crate) fn effect_in_english(effect: Effect) -> &'static str {
    match effect {
        Effect::NotDisclosed => "not disclosed",
        Effect::IfAccepted => "disclosed only where the operator has accepted bases that are not established in law",
        Effect::Disclosed => "disclosed",
    }
}

/// Which elements a line says. Those of something that is said as a whole are named where they are few; JSON names them always.
pub(crate) fn gathered(gathered: &Gathered) -> String {
    let (label, count) = (&gathered.label.sv, elements(gathered.paths.len()));
    let whole = match gathered.extent {
        Extent::Element => return format!("{label}\n{}", gathered.path),
        Extent::Container => format!("{label}, med allt under ({count})\n{}", gathered.path),
        Extent::Dataset => format!("hela informationsmängden ({count})"),
    };
    if gathered.labels.len() > MOST_NAMED {
        return whole;
    }
    let named: Vec<&str> = gathered.labels.iter().map(|label| label.sv.as_str()).collect();
    format!("{whole}:\n{}", named.join(", "))
}

/// A number of elements.
pub(crate) fn elements(count: usize) -> String {
    format!("{} {}", number(count), if count == 1 { "uppgift" } else { "uppgifter" })
}

/// A number of base services.
pub(crate) fn base_services(count: usize) -> String {
    format!("{} {}", number(count), if count == 1 { "bastjänst" } else { "bastjänster" })
}

/// A number with a space between thousands, as Swedish has it.
pub(crate) fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

/// An agency by the name that it uses itself; its id where the name is not known here.
pub(crate) fn agency(id: AgencyId) -> String {
    let name = match id {
        AgencyId::AF => "Arbetsförmedlingen",
        AgencyId::CSN => "Centrala studiestödsnämnden",
        AgencyId::FK => "Försäkringskassan",
        AgencyId::MIV => "Migrationsverket",
        AgencyId::PM => "Pensionsmyndigheten",
        AgencyId::SKV => "Skatteverket",
        AgencyId::SO => "Sveriges a-kassor",
        AgencyId::TNS => "Transportstyrelsen",
        other => return other.to_string(),
    };
    format!("{name} ({id})")
}

/// A text from outside as it may be shown: what could rewrite a terminal or turn the direction of reading is made visible.
pub fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|character| {
            let hides = character.is_control()
                || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
            let shown = if hides && character != '\n' { character.escape_unicode().to_string() } else { character.to_string() };
            shown.chars().collect::<Vec<_>>()
        })
        .collect()
}

/// As many names as a reader takes in at a glance.
const MOST_NAMED: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_spaced() {
        assert_eq!([1, 999, 1000, 1_234_567].map(number), ["1", "999", "1\u{a0}000", "1\u{a0}234\u{a0}567"]);
    }

    #[test]
    fn a_text_cannot_rewrite_what_stands_around_it() {
        assert_eq!(visible("Öppen\u{1b}[2K\u{202e}dgnäts"), "Öppen\\u{1b}[2K\\u{202e}dgnäts");
    }
}
