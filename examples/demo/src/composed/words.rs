//! Agencies, states and reasons in Swedish, for whoever reads the answer.

use crate::answer::{State, WithheldBody};

/// How much of what was asked for is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All that the agency has.
    Whole,
    /// Some could not be fetched.
    Lacking,
    /// The agency has nothing of it.
    Nothing,
}

/// What an agency is called, and what it is asked about.
pub fn agency(id: &str) -> (&str, &'static str) {
    match id {
        "AF" => ("Arbetsförmedlingen", "arbetssökande, program och aktivitetsrapporter"),
        "CSN" => ("CSN", "studiestöd och hemutrustningslån"),
        "FK" => ("Försäkringskassan", "ersättning vid sjukdom, till familjer och till den som deltar i program"),
        "PM" => ("Pensionsmyndigheten", "pension och stöd till pensionärer"),
        "SKV" => ("Skatteverket", "inkomst av kapital och återbetalning av skatt"),
        "SO" => ("A-kassorna", "arbetslöshetsersättning"),
        "TNS" => ("Transportstyrelsen", "fordon"),
        "MIV" => ("Migrationsverket", "uppehålls- och arbetstillstånd"),
        other => (other, ""),
    }
}

/// What a role is called.
pub fn role(id: &str) -> &str {
    match id {
        "ekonomiskt-bistand" => "ekonomiskt bistånd",
        other => other,
    }
}

/// A state in brief, for the overview.
pub fn in_brief(state: State, content: Extent) -> &'static str {
    match (state, content) {
        (State::Answered, Extent::Whole) => "har lämnat uppgifter",
        (State::Answered, Extent::Lacking) => "har svarat, men en del kunde inte hämtas och är OKÄNT",
        (State::Answered, Extent::Nothing) => "har svarat, utan uppgifter",
        (State::NothingFound, _) => "har inga uppgifter att lämna",
        (State::NotAsked, _) => "inte tillfrågad",
        (State::NotPermitted, _) => "inte tillfrågad, för rollen får inte se något härifrån",
        (State::Failed, _) => "kunde inte svara: det är OKÄNT vad som finns",
        (State::TimedOut, _) => "svarade inte i tid: det är OKÄNT vad som finns",
    }
}

/// What a state means for whoever decides on the answer, where there is nothing to show.
pub fn in_full(state: State) -> &'static str {
    match state {
        State::Answered => "Svaret innehåller inga uppgifter härifrån.",
        State::NothingFound => "Det finns inget om personen av det som din roll får fråga efter.",
        State::NotAsked => "Inget frågades efter här. Det säger inget om vad som finns.",
        State::NotPermitted => {
            "Din roll får inte se några uppgifter härifrån, så inget frågades efter. Det säger inget om vad som finns."
        }
        State::Failed => {
            "Frågan gick inte att besvara. Det är okänt vad som finns: läs det inte som att personen saknar något."
        }
        State::TimedOut => {
            "Svaret kom inte i tid. Det är okänt vad som finns: läs det inte som att personen saknar något. Fråga igen."
        }
    }
}

/// Names after one another.
pub fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [name] => (*name).to_owned(),
        [names @ .., last] => format!("{} och {last}", names.join(", ")),
    }
}

/// Why something is not shown.
pub fn reason(withheld: &WithheldBody) -> String {
    let text = match withheld.reason.as_str() {
        "no-legal-basis" => "det saknas stöd i lag för att rollen ska få se det",
        "not-needed" => "rollens uppdrag kräver det inte",
        "protected-identity" => "personen har skyddade personuppgifter",
        "consent-missing" => "personens samtycke saknas",
        "wrong-relation" => "det lämnas bara ut om den som ärendet avser",
        "basis-pending" => "stödet i lag är inte fastställt, och den som driver tjänsten har inte godtagt grunden",
        "basis-not-in-force" => "lagstödet gäller inte den här dagen",
        "basis-unknown" => "det lagstöd som åberopas finns inte",
        "agency-veto" => "myndigheten har inte medgett att rollen får se det",
        "tightened" => "det är tillfälligt spärrat",
        "depends-on-withheld" => "det kan inte visas utan en uppgift som inte lämnas ut",
        other => other,
    };
    match &withheld.basis {
        Some(basis) => format!("{text} ({basis})"),
        None => text.to_owned(),
    }
}
