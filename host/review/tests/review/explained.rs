use ssbtx_core::{Context, PurposeCode, Relation};
use ssbtx_review::{Effect, Explanation, NoExplanation, Outcome, explanation_as_text};

use crate::bench::{Bench, TODAY, wait};

fn explain(path: &str) -> Result<Vec<Explanation>, NoExplanation> {
    let bench = Bench::get();
    let context = Context {
        role: "ekonomiskt-bistand".parse().unwrap(),
        purpose: PurposeCode::CASE_WORK.parse().unwrap(),
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: TODAY,
    };
    wait(Explanation::of(&bench.ekonomiskt_bistand, &bench.arbetsformedlingen(), &context, "AF".parse().unwrap(), path))
}

#[test]
fn an_open_element_is_explained_by_its_act_and_provision() {
    let explained = explain("Svar/ArbetssokandeInfo/ArbetssokandeAvaktualiserad").unwrap();
    let [explanation] = explained.as_slice() else { panic!("{explained:?}") };
    assert!(matches!(explanation.cell.outcome, Outcome::Open(_)));
    let text = explanation_as_text(explanation);
    for said in ["SoL (2025:400) 15 kap. 11 §", "SFS 2008:975 5 § 2", "gäller från och med 2025-07-01", "in force from"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn an_element_that_falls_with_its_neighbour_is_explained_by_that() {
    let explained = explain("Svar/BeslutInfo/EkonomiskaBeslut/Beslut/ErsattningTyp").unwrap();
    let [explanation] = explained.as_slice() else { panic!("{explained:?}") };
    assert_eq!(explanation.cell.effect, Effect::IfAccepted);
    assert!(explanation_as_text(explanation).contains("uppgiftslämnarens schema kräver något intill"));
}

#[test]
fn an_element_that_no_catalogue_has_is_not_explained() {
    let error = explain("Svar/Hemligt").unwrap_err();
    assert_eq!(error.to_string(), "catalogue of `AF` has no element `Svar/Hemligt`");
}
