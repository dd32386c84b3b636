//! Reviews, checks and explanations as somebody reads them.

mod check;
mod explanation;
mod grant;
mod json;
mod page;
mod replay;
mod text;

pub use check::check_as_text;
pub use explanation::{explanation_as_json, explanation_as_text};
pub use grant::grant_as_text;
pub use json::{check_as_json, review_as_file, review_as_json};
pub use page::review_as_page;
pub use replay::{departures_as_json, departures_as_text, replayed_as_json, replayed_as_text};
pub use text::review_as_text;

use crate::review::Review;
use crate::words::{base_services, elements, number};

/// How much was compared and how much of it differs: the sentence that makes a review exhaustive.
pub(crate) fn extent(review: &Review) -> String {
    let compared = format!(
        "{} celler har jämförts: {} i {}, var och en i {} sammanhang.",
        number(review.compared),
        elements(review.elements()),
        base_services(review.listed.len()),
        number(review.space.len())
    );
    let differs = match (review.changed, &review.old) {
        (0, Some(_)) => "Ingen av dem skiljer sig.".to_owned(),
        (0, None) => "Ingen av dem öppnas.".to_owned(),
        (changed, Some(_)) => {
            format!("{} av dem skiljer sig, och alla redovisas här. Inget annat ändras.", number(changed))
        }
        (changed, None) => format!(
            "{} av dem öppnas, med eller utan villkor, och alla redovisas här. Allt annat är stängt.",
            number(changed)
        ),
    };
    format!("{compared} {differs}")
}

/// How many of the cells that differ hold no data.
pub(crate) fn frames(review: &Review) -> Option<String> {
    let cells: usize = review.frames.iter().map(|(_, row)| row.cells).sum();
    (cells > 0).then(|| {
        format!(
            "Av dem är {} celler i behållare och tekniska uppgifter. De bär inga egna uppgifter om en person och följer det de rymmer; de redovisas \
             en och en med --format json.",
            number(cells)
        )
    })
}

/// The days that the review holds for.
pub(crate) fn days(review: &Review) -> String {
    let days: Vec<String> = review.space.days().iter().map(ToString::to_string).collect();
    let first = days.first().cloned().unwrap_or_default();
    format!(
        "Jämfört från och med {first}, på varje dag då ett lagstöd börjar eller upphör att gälla, dagen efter, och i dag {}: {}. Mellan dem avgör \
         policyn lika; det är prövat på sista dagen före nästa.",
        review.today,
        days.join(", ")
    )
}
