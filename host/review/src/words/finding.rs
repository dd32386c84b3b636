//! Findings in words.

use crate::finding::Finding;
use crate::words::agency;

/// A finding as a sentence in Swedish.
pub(crate) fn finding(finding: &Finding) -> String {
    match finding {
        Finding::UnusedBasis(basis) => format!("Inget vilar på lagstödet {basis} i något sammanhang."),
        Finding::EndedBasis { basis, until } => format!("Lagstödet {basis} upphörde att gälla {until}."),
        Finding::SameCitation { first, second } => {
            format!("Lagstöden {first} och {second} anger samma författning, bestämmelse, punkt och giltighet.")
        }
        Finding::NothingOpen => "Policyn öppnar ingenting, vad driftansvarig än godtar.".to_owned(),
        Finding::DecidesForOtherRoles => "Policyn avgör även frågor från en roll som inte är dess egen.".to_owned(),
        Finding::DecidesForOtherPurposes => "Policyn avgör även frågor för ett ändamål som inte finns.".to_owned(),
        Finding::UnnamedConsent(base_service) => format!(
            "Policyn kräver för {} ett samtycke som granskningen inte fick namnet på; vad det öppnar har inte setts.",
            agency(*base_service)
        ),
        Finding::UnknownAgency(base_service) => {
            format!("Policyn känner inte {}; ingenting lämnas ut därifrån.", agency(*base_service))
        }
        Finding::SameVersion(version) => format!("Två olika komponenter har samma version, {version}."),
    }
}

/// A finding as a sentence in English.
pub(crate) fn finding_in_english(finding: &Finding) -> String {
    match finding {
        Finding::UnusedBasis(basis) => format!("Nothing rests on the basis {basis} in any context."),
        Finding::EndedBasis { basis, until } => format!("The basis {basis} ended on {until}."),
        Finding::SameCitation { first, second } => {
            format!("The bases {first} and {second} cite the same act, provision, item and days.")
        }
        Finding::NothingOpen => "The policy opens nothing, whatever the operator accepts.".to_owned(),
        Finding::DecidesForOtherRoles => "The policy also decides for a role that is not its own.".to_owned(),
        Finding::DecidesForOtherPurposes => "The policy also decides for a purpose that nobody has.".to_owned(),
        Finding::UnnamedConsent(base_service) => format!(
            "The policy asks for a consent in {base_service} that was not named; what it opens was not seen. Name it with --consent."
        ),
        Finding::UnknownAgency(base_service) => {
            format!("The policy does not know {base_service}; nothing of it is disclosed.")
        }
        Finding::SameVersion(version) => format!("Two components that differ have one version, {version}."),
    }
}
