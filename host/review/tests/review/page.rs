use std::collections::BTreeSet;
use std::sync::OnceLock;

use roxmltree::{Document, ParsingOptions};
use ssbtx_core::{Verdict, WithholdReason};
use ssbtx_review::{Review, review_as_json, review_as_page, review_as_text};

use crate::bench::{Bench, TODAY, wait};
use crate::variant::Variant;

/// A change of law in small, against every catalogue: when enrolment ended closes, and the category closes for a protected identity.
fn small() -> &'static Review {
    static REVIEW: OnceLock<Review> = OnceLock::new();
    REVIEW.get_or_init(|| {
        let bench = Bench::get();
        let real = &bench.ekonomiskt_bistand;
        let new = Variant::changed(real, |context, path, verdict| match path {
            "Svar/ArbetssokandeInfo/ArbetssokandeAvaktualiserad" => Verdict::Withhold(WithholdReason::NotNeeded),
            "Svar/ArbetssokandeInfo/ArbetssokandeSKAT" if context.protected_identity => {
                Verdict::Withhold(WithholdReason::ProtectedIdentity)
            }
            _ => verdict,
        });
        let old = Variant::unchanged(real);
        wait(Review::of(Some(&old), &new, bench.listed.clone(), &BTreeSet::new(), TODAY)).unwrap()
    })
}

/// Without what changes with every build.
fn without_digests(text: &str, review: &Review) -> String {
    let old = review.old.as_ref().map(|old| old.identity.sha256.to_string()).unwrap_or_default();
    text.replace(&old, "OLD").replace(&review.new.identity.sha256.to_string(), "NEW")
}

#[test]
fn a_small_change_reads_as_a_few_sentences() {
    let review = small();
    insta::assert_snapshot!(without_digests(&review_as_text(review), review));
}

#[test]
fn a_page_is_well_formed_and_says_its_language_captions_and_headings() {
    let review = small();
    let page = review_as_page(review);
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&page, options).unwrap();
    let elements = |name: &'static str| document.descendants().filter(move |node| node.tag_name().name() == name);
    assert_eq!(document.root_element().attribute("lang"), Some("sv"));
    assert_eq!(elements("h1").count(), 1);
    assert_eq!(elements("script").count(), 0);
    for table in elements("table") {
        assert!(table.first_element_child().is_some_and(|first| first.tag_name().name() == "caption"));
    }
    assert!(elements("th").all(|heading| heading.has_attribute("scope")));
    assert!(!page.contains("src=") && !page.contains("href="), "the page stands by itself");
    let mut level = 1;
    for heading in document.descendants().filter(|node| matches!(node.tag_name().name(), "h1" | "h2" | "h3" | "h4")) {
        let found: usize = heading.tag_name().name()[1..].parse().unwrap();
        assert!(found <= level + 1, "no level of headings is left out");
        level = found;
    }
}

#[test]
fn a_page_names_both_components_and_leaves_room_for_names() {
    let review = small();
    let page = review_as_page(review);
    for identity in [&review.old.as_ref().unwrap().identity, &review.new.identity] {
        assert!(page.contains(&identity.sha256.to_string()));
    }
    assert!(page.contains("Underskrift") && page.contains("bara när identiteten är skyddad"));
}

#[test]
fn json_lists_every_element_of_a_row() {
    let review = small();
    let json = review_as_json(review);
    let rows =
        json["agencies"][0]["datasets"].as_array().unwrap().iter().flat_map(|set| set["rows"].as_array().unwrap());
    let cells: u64 = rows.map(|row| row["cells"].as_u64().unwrap()).sum();
    let frames: u64 =
        json["frames"].as_array().unwrap().iter().map(|frame| frame["row"]["cells"].as_u64().unwrap()).sum();
    assert_eq!(cells + frames, u64::try_from(review.changed).unwrap());
    let elements: u64 =
        json["adapters"].as_array().unwrap().iter().map(|adapter| adapter["elements"].as_u64().unwrap()).sum();
    assert_eq!(json["compared"].as_u64().unwrap(), json["contexts"]["count"].as_u64().unwrap() * elements);
}
