//! A review as a page that stands by itself: to be read, printed and signed.

mod markup;
mod signatures;

use crate::cell::Cell;
use crate::change::ChangeKind;
use crate::report;
use crate::report::text::basis_change;
use crate::review::{DatasetReview, Review, Row};
use crate::space::Space;
use crate::words;
use markup::Markup;

/// Writes a review as one HTML page in Swedish, without scripts and without anything from elsewhere.
pub fn review_as_page(review: &Review) -> String {
    let role = review.new.identity.name.as_str();
    let mut page = Markup::new(&format!("Granskning av policy för rollen {role}"));
    page.open("main", &[]);
    page.text("h1", &format!("Granskning av policy för rollen {role}"));
    page.text("p", &report::extent(review));
    if let Some(frames) = report::frames(review) {
        page.text("p", &frames);
    }
    page.text("p", &report::days(review));
    parties(&mut page, review);
    changes(&mut page, review);
    bases(&mut page, review);
    findings(&mut page, review);
    legend(&mut page);
    signatures::write(&mut page, review);
    page.close("main");
    page.finish()
}

/// What was compared, to the byte.
fn parties(page: &mut Markup, review: &Review) {
    page.text("h2", "Vad som har jämförts");
    page.table("Komponenterna", &["Komponent", "Version", "SHA-256 av komponentens innehåll"]);
    let old = review.old.as_ref().map(|old| (&old.identity.version, old.identity.sha256.to_string()));
    match old {
        Some((version, digest)) => page.row(&["Policyn före".to_owned(), version.clone(), digest]),
        None => page.row(&["Policyn före".to_owned(), "ingen".to_owned(), "–".to_owned()]),
    }
    let new = &review.new.identity;
    page.row(&["Policyn efter".to_owned(), new.version.clone(), new.sha256.to_string()]);
    for listed in &review.listed {
        let name = format!("Adapter för {}", words::agency(listed.catalogue.agency()));
        page.row(&[name, listed.identity.version.clone(), listed.identity.sha256.to_string()]);
    }
    page.end_table();
}

fn changes(page: &mut Markup, review: &Review) {
    page.text("h2", if review.old.is_some() { "Vad som ändras" } else { "Vad som öppnas" });
    if review.disclosers.is_empty() {
        page.text("p", "Ingenting.");
    }
    for discloser in &review.disclosers {
        page.text("h3", &words::agency(discloser.discloser));
        for dataset in &discloser.datasets {
            rows(page, &review.space, dataset);
        }
    }
}

fn rows(page: &mut Markup, space: &Space, dataset: &DatasetReview) {
    page.text("h4", &dataset.label.sv);
    let caption = format!("Informationsmängden {}, {}", dataset.id, words::elements(dataset.elements));
    page.table(&caption, &["Ändring", "Uppgifter", "Före", "Efter", "När", "Celler"]);
    for Row { change, elements, contexts, cells } in &dataset.rows {
        let elements: Vec<String> = elements.iter().map(words::gathered).collect();
        let contexts: Vec<String> = contexts.iter().map(|block| words::contexts(space, block)).collect();
        page.row(&[
            words::kind(change.kind).to_owned(),
            elements.join("\n"),
            cell(&change.before),
            cell(&change.after),
            contexts.join(";\n"),
            words::number(*cells),
        ]);
    }
    page.end_table();
}

fn cell(cell: &Cell) -> String {
    format!("{}\n→ {}", words::outcome(&cell.outcome), words::effect(cell.effect))
}

fn bases(page: &mut Markup, review: &Review) {
    page.text("h2", "Lagstöd som tillkommer, ändras eller tas bort");
    if review.bases.is_empty() {
        page.text("p", "Inga.");
        return;
    }
    page.list(review.bases.iter().map(basis_change));
}

fn findings(page: &mut Markup, review: &Review) {
    page.text("h2", "Att uppmärksamma");
    if review.findings.is_empty() {
        page.text("p", "Inget.");
        return;
    }
    page.list(review.findings.iter().map(words::finding));
}

fn legend(page: &mut Markup) {
    page.text("h2", "Så läses tabellerna");
    page.text(
        "p",
        "En cell är en uppgift i ett sammanhang. Ett sammanhang är vem frågan gäller, vilka samtycken som finns, om identiteten är skyddad, och vilken \
         dag det är. Efter pilen står om uppgiften lämnas ut när även uppgiftslämnarens schema har fått sitt: det som schemat inte kan undvara \
         tar med sig det som ligger intill.",
    );
    page.table("Ändringar", &["Ord", "Betydelse"]);
    for kind in ChangeKind::ALL {
        page.row(&[words::kind(kind).to_owned(), format!("Uppgiften {}.", words::kind_explained(kind))]);
    }
    page.end_table();
}
