use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};
use ssbtx_core::{
    AcceptedPending, AcceptedScope, Context, Decision, Grant, Lifted, Restrictions, Sha256Digest, Tightening,
};
use ssbtx_review::{
    Agreement, Archive, Block, Departures, Direction, Effect, Gap, Gathered, Recorded, Replay, Row, UnreadableRecord,
    Word, grants_for,
};
use ssbtx_runtime::{Candidate, SandboxSettings, Workbench};
use ssbtx_stage::components::read;

use crate::bench::{Bench, TODAY, review, wait};

const ARBETSMARKNAD: &str = "policies/arbetsmarknad/policy.wasm";
const AF: &str = "adapters/af/adapter.wasm";
const TIGHTENING: &str = r#"{"kind":"ssbtx-tightening","version":1,"withheld":[{"id":"fel-i-inskrivning","since":"2026-03-01","reason":{"sv":"fel","en":"wrong"},"what":{"agency":"AF","dataset":"inskrivning"}}]}"#;
const LIFTED: &str = r#"{"kind":"ssbtx-lifted","version":1,"lifted":["fel-i-inskrivning"]}"#;

#[derive(Default)]
struct Shelf(BTreeMap<Sha256Digest, Vec<u8>>);

impl Shelf {
    fn with(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        self.0.insert(Sha256Digest::of(&bytes), bytes);
        self
    }
}

impl Archive for Shelf {
    fn bytes(&self, digest: Sha256Digest) -> Option<Vec<u8>> {
        self.0.get(&digest).cloned()
    }
}

fn grant() -> Grant {
    let bench = Bench::get();
    let grants = wait(grants_for(&bench.arbetsmarknad, &bench.arbetsformedlingen(), &[].into(), TODAY)).unwrap();
    grants.into_iter().next().unwrap()
}

fn shelf() -> Shelf {
    Shelf::default().with(read(ARBETSMARKNAD)).with(read(AF)).with(grant().to_json()).with(TIGHTENING).with(LIFTED)
}

fn replay(shelf: Shelf) -> Replay<Shelf> {
    Replay::new(Workbench::new(SandboxSettings::default()).unwrap(), shelf)
}

/// A record of a question to Arbetsförmedlingen, as a host that decides rightly writes it.
fn record(tightening: &str, lifted: &str) -> Value {
    let bench = Bench::get();
    let listed = bench.arbetsformedlingen();
    let catalogue = &listed.first().unwrap().catalogue;
    let context = Context {
        role: bench.arbetsmarknad.role().clone(),
        purpose: "arendehandlaggning".parse().unwrap(),
        relation: ssbtx_core::Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: TODAY,
    };
    let verdicts = wait(bench.arbetsmarknad.decide(&context, catalogue)).unwrap();
    let accepted = AcceptedPending::default().with("ssbtx-arbetsmarknad".parse().unwrap(), AcceptedScope::EveryDataset);
    let parsed =
        |text: &str| if text.is_empty() { Tightening::default() } else { Tightening::parse(text.as_bytes()).unwrap() };
    let lifted_list = if lifted.is_empty() { Lifted::default() } else { Lifted::parse(lifted.as_bytes()).unwrap() };
    let restrictions = Restrictions::new([Arc::new(grant())], &parsed(tightening), &lifted_list);
    let adapter = Sha256Digest::of(&read(AF));
    let decision = Decision::within(
        catalogue,
        &verdicts,
        bench.arbetsmarknad.bases(),
        &accepted,
        &context,
        adapter,
        &restrictions,
    );
    let sha256 = |text: &str| (!text.is_empty()).then(|| Sha256Digest::of(text.as_bytes()).to_string());
    json!({
        "kind": "question",
        "question": "0197c0de-0000-7000-8000-000000000001",
        "role": "arbetsmarknad",
        "context": {
            "purpose": "arendehandlaggning", "relation": "subject", "consents": [], "protectedIdentity": false,
            "askedOn": TODAY.to_string(),
        },
        "edition": {
            "trustVersion": 1,
            "policy": { "name": "arbetsmarknad", "version": "1", "sha256": Sha256Digest::of(&read(ARBETSMARKNAD)).to_string() },
            "tightening": sha256(tightening),
            "lifted": sha256(lifted),
            "grants": { "AF": Sha256Digest::of(&grant().to_json()).to_string() },
        },
        "acceptedPending": [{ "basis": "ssbtx-arbetsmarknad", "datasets": null }],
        "agencies": [{
            "agency": "AF",
            "adapter": { "version": "1", "sha256": adapter.to_string() },
            "mask": decision.unwrap().mask().digest().to_string(),
        }],
    })
}

fn recorded(record: &Value) -> Recorded {
    Recorded::parse(record.to_string().as_bytes()).unwrap().unwrap()
}

fn paths(line: &Gathered) -> Vec<String> {
    line.paths.clone()
}

fn word(shelf: Shelf, record: &Value) -> Word {
    wait(replay(shelf).compare(&recorded(record))).word()
}

#[test]
fn a_decision_that_is_made_again_is_the_one_that_was_recorded() {
    assert_eq!(word(shelf(), &record("", "")), Word::Agrees);
    assert_eq!(word(shelf(), &record(TIGHTENING, "")), Word::Agrees);
    assert_eq!(word(shelf(), &record(TIGHTENING, LIFTED)), Word::Agrees);
}

#[test]
fn whatever_a_decision_follows_from_is_noticed_when_it_is_another() {
    let right = record("", "");
    let altered = |pointer: &str, value: Value| {
        let mut record = right.clone();
        *record.pointer_mut(pointer).unwrap() = value;
        word(shelf(), &record)
    };
    assert_eq!(altered("/context/protectedIdentity", json!(true)), Word::Disagrees);
    assert_eq!(altered("/acceptedPending", json!([])), Word::Disagrees);
    assert_eq!(altered("/acceptedPending/0/datasets", json!(["AF/inskrivning"])), Word::Disagrees);
    assert_eq!(altered("/edition/grants", json!({})), Word::Disagrees);
    assert_eq!(
        altered("/edition/tightening", json!(Sha256Digest::of(TIGHTENING.as_bytes()).to_string())),
        Word::Disagrees
    );
    assert_eq!(altered("/agencies/0/mask", json!("0".repeat(64))), Word::Disagrees);
    assert_eq!(word(shelf(), &right), Word::Agrees);
}

#[test]
fn what_is_not_in_the_repository_any_more_is_named() {
    let all = [read(ARBETSMARKNAD), read(AF), grant().to_json(), TIGHTENING.into(), LIFTED.into()];
    for (missing, what) in ["policy", "adapter", "grant", "tightening", "lifted"].into_iter().enumerate() {
        let others = all.iter().enumerate().filter(|(position, _)| *position != missing);
        let shelf = others.fold(Shelf::default(), |shelf, (_, bytes)| shelf.with(bytes.clone()));
        let replayed = wait(replay(shelf).compare(&recorded(&record(TIGHTENING, LIFTED))));
        let digest = Sha256Digest::of(&all[missing]);
        let expected = Agreement::CannotTell(Gap::Missing { what, digest });
        assert_eq!(replayed.0.into_values().collect::<Vec<_>>(), [expected], "{what}");
    }
}

#[test]
fn bytes_that_are_kept_under_anothers_digest_are_not_taken() {
    let mut shelf = shelf();
    let digest = Sha256Digest::of(&read(ARBETSMARKNAD));
    shelf.0.insert(digest, b"another".to_vec());
    let replayed = wait(replay(shelf).compare(&recorded(&record("", ""))));
    let expected = Agreement::CannotTell(Gap::Unreadable { what: "policy", digest });
    assert_eq!(replayed.0.into_values().collect::<Vec<_>>(), [expected]);
}

#[test]
fn an_agency_about_which_nothing_was_decided_says_nothing() {
    let mut record = record("", "");
    record["agencies"][0]["mask"] = Value::Null;
    record["agencies"][0]["adapter"] = Value::Null;
    let replayed = wait(replay(shelf()).compare(&recorded(&record)));
    assert_eq!(replayed.0.into_values().collect::<Vec<_>>(), [Agreement::NothingDecided]);
}

#[test]
fn under_another_policy_the_difference_is_what_the_review_reports() {
    let bench = Bench::get();
    // The honest guest opens every element on one basis, for whichever role.
    let other = wait(
        Workbench::new(SandboxSettings::default()).unwrap().policy(&Candidate::new(read("guests/policy-honest.wasm"))),
    )
    .unwrap();
    let mut departures = Departures::default();
    let mut replay = replay(shelf());
    let recorded = recorded(&record("", ""));
    for _ in 0..2 {
        wait(replay.compare_under(&recorded, &other, &mut departures)).unwrap();
    }
    assert_eq!(departures.questions(), 2);
    let list = departures.list();
    assert!(
        list.iter().all(|departure| departure.questions == 2 && departure.direction == Direction::Opened),
        "{list:#?}"
    );
    let told: BTreeSet<String> = list.iter().flat_map(|departure| &departure.elements).flat_map(paths).collect();
    let opened = |policy| -> BTreeSet<String> {
        let review = review(None, policy, &[]).unwrap();
        let at = |row: &Row| {
            row.contexts.iter().flat_map(Block::points).any(|point| {
                let context = review.space.context(point).unwrap();
                Context { role: recorded.context.role.clone(), ..context } == recorded.context
            })
        };
        let datasets = review.disclosers.iter().flat_map(|discloser| &discloser.datasets);
        let rows = datasets.flat_map(|dataset| &dataset.rows).filter(|row| at(row));
        let disclosed = rows.filter(|row| row.change.after.effect != Effect::NotDisclosed);
        disclosed.flat_map(|row| &row.elements).flat_map(paths).collect()
    };
    let expected: BTreeSet<String> = &opened(&other) - &opened(&bench.arbetsmarknad);
    assert!(!told.is_empty());
    // The guest's review is made in its own role's contexts, which differ from the recorded ones in the role alone.
    assert_eq!(told, expected);
    let mut same = Departures::default();
    wait(replay.compare_under(&recorded, &bench.arbetsmarknad, &mut same)).unwrap();
    assert_eq!(same.list(), []);
}

#[test]
fn err_record() {
    assert_eq!(Recorded::parse(br#"{"kind":"recovered"}"#), Ok(None));
    for text in ["", "{}", "[1]", r#"{"kind":"question"}"#] {
        assert!(matches!(Recorded::parse(text.as_bytes()), Err(UnreadableRecord::Shape { .. })), "{text}");
    }
    for (pointer, name) in [
        ("/role", "role"),
        ("/context/purpose", "context.purpose"),
        ("/edition/policy/sha256", "edition.policy.sha256"),
        ("/agencies/0/mask", "agencies.mask"),
        ("/agencies/0/agency", "agencies.agency"),
    ] {
        let mut record = record("", "");
        *record.pointer_mut(pointer).unwrap() = json!("Å");
        assert_eq!(Recorded::parse(record.to_string().as_bytes()), Err(UnreadableRecord::Value(name)));
    }
    let told = UnreadableRecord::Value("role").to_string();
    insta::assert_snapshot!(told, @"`role` of the record is not what it must be");
}
