//! Where those who reviewed sign.

use super::markup::Markup;
use crate::review::Review;

/// Writes what is signed, and room for names.
pub(super) fn write(page: &mut Markup, review: &Review) {
    page.text("h2", "Underskrifter");
    let new = &review.new.identity;
    page.text(
        "p",
        &format!(
            "Jag har läst granskningen av policyn för rollen {}, version {}, med SHA-256 {}. Underskriften på papper ersätter inte den digitala \
             signaturen, som ges på samma SHA-256.",
            new.name, new.version, new.sha256
        ),
    );
    page.table(
        "Underskrifter av dem som har granskat",
        &["Namn", "Befattning", "Tillstyrker eller avstyrker", "Datum", "Underskrift"],
    );
    for _ in 0..LINES {
        page.row(&[const { String::new() }; 5]);
    }
    page.end_table();
}

/// Room for governance's persons and the agencies.
const LINES: usize = 5;
