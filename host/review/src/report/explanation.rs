//! Why one element is open or closed.

use serde_json::{Value, json};
use ssbtx_core::Bilingual;

use crate::cell::{Citation, Effect, Outcome};
use crate::explain::Explanation;
use crate::report::json::{cell, standing};
use crate::report::text::say;
use crate::words::{self, visible};

/// Writes an explanation for a terminal: each line in Swedish, with English below.
pub fn explanation_as_text(explanation: &Explanation) -> String {
    let mut text = String::new();
    let Explanation { policy, base_service, element, label, cell, .. } = explanation;
    say(&mut text, &format!("{base_service}/{element}"));
    both(&mut text, "Uppgift", label);
    if let Some(dataset) = &explanation.dataset {
        both(&mut text, "Informationsmängd", dataset);
    }
    say(&mut text, &format!("Roll: {}, policy version {}", policy.identity.name, visible(&policy.identity.version)));
    say(&mut text, &format!("      SHA-256 {}", policy.identity.sha256));
    say(&mut text, &format!("När: {}\n", visible(&words::context(&explanation.context))));
    let outcome = Bilingual { sv: words::outcome(&cell.outcome), en: words::outcome_in_english(&cell.outcome) };
    both(&mut text, "Utslag", &outcome);
    if let Some(Citation { title, title_en, .. }) = cell.outcome.citation() {
        both(&mut text, "Lagstöd", &Bilingual { sv: title.clone(), en: title_en.clone() });
    }
    if let Some(standing) = explanation.standing {
        let words = Bilingual { sv: words::standing(standing), en: words::standing_in_english(standing) };
        both(&mut text, "Giltighet", &words);
    }
    let (sv, en) = (words::effect(cell.effect).to_owned(), words::effect_in_english(cell.effect).to_owned());
    both(&mut text, "Följd", &Bilingual { sv, en });
    if depends_on_something_else(explanation) {
        let sv =
            "uppgiftslämnarens schema kräver något intill uppgiften som är stängt, och då utgår även den".to_owned();
        let en = "the agency's schema demands something beside it that is closed, so it goes too".to_owned();
        both(&mut text, "Därför att", &Bilingual { sv, en });
    }
    text
}

/// An explanation as JSON.
pub fn explanation_as_json(explanation: &Explanation) -> Value {
    let context = &explanation.context;
    json!({
        "policy": {
            "role": explanation.policy.identity.name.as_str(),
            "version": explanation.policy.identity.version,
            "sha256": explanation.policy.identity.sha256.to_string(),
        },
        "baseService": explanation.base_service.as_str(),
        "element": explanation.element,
        "label": { "sv": explanation.label.sv, "en": explanation.label.en },
        "on": context.asked_on.to_string(),
        "protectedIdentity": context.protected_identity,
        "consents": context.consents.iter().map(ssbtx_core::BasisId::as_str).collect::<Vec<_>>(),
        "verdict": cell(&explanation.cell),
        "standing": explanation.standing.map(standing),
        "dependsOnWithheld": depends_on_something_else(explanation),
    })
}

/// Whether the word on the element would let it be disclosed, and its neighbours do not.
fn depends_on_something_else(explanation: &Explanation) -> bool {
    match (&explanation.cell.outcome, explanation.cell.effect) {
        (Outcome::Open(_), Effect::NotDisclosed | Effect::IfAccepted) | (Outcome::Pending(_), Effect::NotDisclosed) => {
            true
        }
        (_, _) => false,
    }
}

fn both(text: &mut String, heading: &str, words: &Bilingual) {
    say(text, &format!("{heading}: {}", visible(&words.sv)));
    if words.en != words.sv {
        say(text, &format!("{:width$}  {}", "", visible(&words.en), width = heading.chars().count()));
    }
}
