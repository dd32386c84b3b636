//! What was withheld stays withheld until governance lifts it.

use ssbtx_stage::repository::DemoTarget;
use ssbtx_trust::{DelegationFault, KeptFault, Memory, NotTrusted, StructureFault, load};

use crate::stage::Stage;

/// A list of what is withheld: an id, and what it withholds, as JSON.
fn withheld(entries: &[(&str, &str)]) -> DemoTarget {
    let entries: Vec<String> = entries
        .iter()
        .map(|(id, rest)| {
            format!(
                r#"{{"id":"{id}","since":"2026-11-22","reason":{{"sv":"Fel i svaren.","en":"Wrong answers."}},{rest}}}"#
            )
        })
        .collect();
    let list = format!(r#"{{"kind":"ssbtx-tightening","version":1,"withheld":[{}]}}"#, entries.join(","));
    DemoTarget::new("tightening/withheld.json", list)
}

fn lifted(ids: &[&str]) -> DemoTarget {
    let list = format!(r#"{{"kind":"ssbtx-lifted","version":1,"lifted":{}}}"#, serde_json::to_string(ids).unwrap());
    DemoTarget::new("policies/lifted.json", list)
}

impl Stage {
    fn tighten(&mut self, entries: &[(&str, &str)]) {
        self.repository.list("tightening", &withheld(entries)).unwrap();
        self.publish(&["tightening"]);
    }

    fn lift(&mut self, ids: &[&str]) {
        self.repository.list("governance", &lifted(ids)).unwrap();
        self.publish(&["governance"]);
    }

    async fn loosens(&self, id: &str) -> bool {
        match load(&self.settings).await {
            Ok(_) => false,
            Err(NotTrusted::Kept(KeptFault::Loosened { id: gone })) if gone.to_string() == id => true,
            Err(refusal) => panic!("refused for another reason: {refusal:?}"),
        }
    }
}

const AF: (&str, &str) = ("af", r#""what":{"agency":"AF"}"#);
const CSN: (&str, &str) = ("csn", r#""what":{"agency":"CSN"}"#);

#[tokio::test]
async fn one_person_can_add_an_entry_and_not_take_it_away() {
    let mut stage = Stage::kept().await;
    stage.tighten(&[AF]);
    stage.load_and_keep().await;
    stage.tighten(&[AF, CSN]);
    stage.load_and_keep().await;
    stage.tighten(&[CSN]);
    assert!(stage.loosens("af").await);
    stage.tighten(&[]);
    assert!(stage.loosens("af").await);
}

#[tokio::test]
async fn an_entry_that_governance_has_lifted_may_go() {
    let mut stage = Stage::kept().await;
    stage.tighten(&[AF]);
    stage.load_and_keep().await;
    stage.lift(&["af"]);
    stage.tighten(&[]);
    stage.load_and_keep().await;
    stage.lift(&[]);
    stage.load_and_keep().await;
}

#[tokio::test]
async fn an_entry_that_was_lifted_when_it_was_kept_may_go_with_its_lifting() {
    let mut stage = Stage::kept().await;
    stage.tighten(&[AF]);
    stage.lift(&["af"]);
    stage.load_and_keep().await;
    stage.lift(&[]);
    stage.tighten(&[]);
    load(&stage.settings).await.unwrap();
}

#[tokio::test]
async fn an_entry_that_withholds_less_under_its_old_name_is_gone() {
    let mut stage = Stage::kept().await;
    stage.tighten(&[AF]);
    stage.load_and_keep().await;
    stage.tighten(&[("af", r#""what":{"agency":"AF","dataset":"inskrivning"}"#)]);
    assert!(stage.loosens("af").await);
    stage.tighten(&[("af", r#""what":{"agency":"AF"},"roles":["arbetsmarknad"]"#)]);
    assert!(stage.loosens("af").await);
}

#[tokio::test]
async fn a_list_that_leaves_the_repository_takes_its_entries_with_it() {
    let mut stage = Stage::kept().await;
    stage.tighten(&[AF]);
    stage.load_and_keep().await;
    let tightening = stage.repository.document_mut("tightening").unwrap();
    tightening.signed["targets"] = serde_json::json!({});
    stage.publish(&["tightening"]);
    assert!(stage.loosens("af").await);
}

#[tokio::test]
async fn what_one_person_signed_as_one_delegation_is_not_taken_for_another() {
    // Both on-line keys are stolen; the keys of the three delegations are in part the same.
    for (served, signed_as) in
        [("tightening", "shadow"), ("shadow", "tightening"), ("tightening", "governance"), ("governance", "shadow")]
    {
        let mut stage = Stage::new();
        stage.settings.memory = Memory::ThisLoadOnly;
        let other = stage.repository.document(signed_as).unwrap().signed.clone();
        stage.repository.document_mut(served).unwrap().signed = other;
        stage.publish(&[]);
        let refusal = stage.refusal().await;
        assert!(
            matches!(
                &refusal,
                NotTrusted::Structure(StructureFault::Delegation { role, fault: DelegationFault::Unnamed }) if role == served
            ),
            "{signed_as} as {served}: {refusal:?}"
        );
    }
}
