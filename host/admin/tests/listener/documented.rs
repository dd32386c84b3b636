//! What the documentation says of the metrics, and what they are.

use std::collections::{BTreeMap, BTreeSet};

use ssbtx_admin::AdminLimits;
use ssbtx_broker::QuestionEnding;
use ssbtx_core::BASE_SERVICES;
use ssbtx_rollout::{Stage, TrustState};
use ssbtx_runtime::{Function, Stop};
use ssbtx_upstream::{BreakerState, Ending};

use crate::openmetrics::{Family, parse};
use crate::place::Place;
use crate::sample::Sample;

const GUIDE: &str = include_str!("../../../../docs/admin.md");
const ALARMS: &str = include_str!("../../../../docs/alarms.yml");
const OPERATIONS: &str = include_str!("../../../../docs/operations.md");

async fn scrape() -> BTreeMap<String, Family> {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    parse(&place.get("/metrics").await.body)
}

/// The name that a query uses: of a histogram, the family's.
fn queried(name: &str, family: &Family) -> String {
    match family.kind.as_str() {
        "counter" => format!("{name}_total"),
        "info" => format!("{name}_info"),
        _ => name.to_owned(),
    }
}

/// Every name of a metric in a text.
fn named(text: &str) -> BTreeSet<String> {
    let is_part = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_';
    text.match_indices("ssbtx_")
        .map(|(at, _)| text[at..].chars().take_while(|character| is_part(*character)).collect())
        .collect()
}

/// The alarms, each with its name and what its rule says.
fn alarms() -> Vec<(&'static str, &'static str)> {
    ALARMS.split("- alert: ").skip(1).map(|rule| rule.split_once('\n').unwrap()).collect()
}

/// Every name of an alarm that stands in a guide.
fn told_of(guide: &'static str) -> BTreeSet<&'static str> {
    guide.split('`').filter(|word| word.starts_with("Ssbtx")).collect()
}

/// The rows of the guide's table, each a list of metrics and of labels.
fn rows() -> Vec<(BTreeSet<String>, BTreeSet<String>)> {
    GUIDE
        .lines()
        .filter(|line| line.starts_with("| `ssbtx_"))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let labels = cells[2].split(',').map(|label| label.trim().trim_matches('`').to_owned());
            (named(cells[1]), labels.filter(|label| !label.is_empty()).collect())
        })
        .collect()
}

#[tokio::test]
async fn the_guide_lists_every_metric_with_its_labels_and_no_other() {
    let families = scrape().await;
    let documented: BTreeMap<String, BTreeSet<String>> = rows()
        .into_iter()
        .flat_map(|(names, labels)| names.into_iter().map(move |name| (name, labels.clone())))
        .collect();
    let scraped: BTreeMap<String, BTreeSet<String>> = families
        .iter()
        .map(|(name, family)| {
            let labels = family.samples.keys().flat_map(BTreeMap::keys).cloned();
            (queried(name, family), labels.filter(|label| label != "le" && label != "part").collect())
        })
        .collect();
    assert_eq!(documented, scraped);
}

#[tokio::test]
async fn every_alarm_is_about_metrics_that_exist_and_says_cause_and_remedy() {
    let families = scrape().await;
    let known: BTreeSet<String> = families
        .iter()
        .flat_map(|(name, family)| {
            let bucket = (family.kind == "histogram").then(|| format!("{name}_bucket"));
            bucket.into_iter().chain([queried(name, family)])
        })
        .collect();
    let mut names = BTreeSet::new();
    for (name, rule) in alarms() {
        let expression = rule.lines().find_map(|line| line.trim().strip_prefix("expr: ")).unwrap();
        let of: BTreeSet<String> = named(expression);
        assert!(!of.is_empty() && of.is_subset(&known), "{name}: {of:?}");
        assert!(["cause: ", "remedy: ", "severity: "].into_iter().all(|key| rule.contains(key)), "{name}");
        assert!(names.insert(name), "{name} is there twice");
        assert!(GUIDE.contains(&format!("`{name}`")), "the guide does not say when {name} comes");
    }
    assert_eq!(told_of(GUIDE), names);
}

#[test]
fn the_operators_guide_tells_of_no_alarm_that_there_is_not_and_of_every_one_that_wakes_somebody() {
    let told = told_of(OPERATIONS);
    for (name, rule) in alarms() {
        assert!(told.contains(name) || !rule.contains("severity: critical"), "the guide does not tell of {name}");
    }
    let names = alarms().into_iter().map(|(name, _)| name).collect();
    assert!(told.is_subset(&names), "{:?}", told.difference(&names));
}

#[tokio::test]
async fn the_value_of_every_label_is_of_a_closed_set_or_a_signed_or_configured_name() {
    let states = TrustState::ALL.map(TrustState::label).into_iter().chain(BreakerState::ALL.map(BreakerState::label));
    let states = states.chain(Ending::ALL.map(Ending::label)).chain(["writing", "stalled", "failed"]);
    let states: Vec<&str> = states.chain(["answered", "nothing-found", "not-asked", "not-permitted"]).collect();
    let stages: Vec<&str> = Stage::ALL.map(Stage::label).into();
    for (metric, family) in scrape().await {
        for (label, value) in family.samples.keys().flatten() {
            let value = value.as_str();
            let is_closed = match label.as_str() {
                "agency" => BASE_SERVICES.iter().any(|agency| agency.as_str() == value),
                "state" => states.contains(&value),
                "stage" => stages.contains(&value),
                "front" => ["soap-v10", "json-v1"].contains(&value),
                "outcome" => QuestionEnding::ALL.iter().any(|ending| ending.label() == value),
                "function" => Function::ALL.iter().any(|function| function.label() == value),
                "why" => Stop::ALL.iter().any(|stop| stop.label() == value),
                "kind" => ["adapter", "policy", "shadow"].contains(&value),
                "change" => ["opened", "closed"].contains(&value),
                "limit" => value.starts_with("consumer-") || value.starts_with("caseworker-"),
                "result" => {
                    ["active", "renewed", "refused", "taken", "exported", "dropped", "lost", "inside", "outside"]
                        .contains(&value)
                }
                "le" | "part" => true,
                // Names that are signed, configured or published.
                "role" | "basis" | "dataset" | "name" | "version" | "sha256" | "which" | "code" => value.len() <= 64,
                _ => false,
            };
            assert!(is_closed, "{metric}: {label}=\"{value}\"");
        }
    }
}
