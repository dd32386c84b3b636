//! `/metrics`, read as a scraper reads it.

use std::collections::BTreeMap;

use http::header;
use ssbtx_admin::AdminLimits;
use ssbtx_rollout::TrustState;

use crate::openmetrics::{Family, Labels, parse, series};
use crate::place::Place;
use crate::sample::{Sample, digest};

async fn scrape(place: &Place) -> BTreeMap<String, Family> {
    let answer = place.get("/metrics").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/openmetrics-text; version=1.0.0; charset=utf-8");
    parse(&answer.body)
}

fn labels<const N: usize>(labels: [(&str, &str); N]) -> Labels {
    labels.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[tokio::test]
async fn a_scrape_tells_of_the_edition_the_trust_the_bases_and_the_shadows() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let families = scrape(&place).await;
    let value = |name: &str, of: Labels| families[name].samples[&of];
    let near = |found: f64, expected: f64| (found - expected).abs() < 0.5;
    assert!(near(value("ssbtx_edition_trust_version", labels([])), 1.0));
    assert!(near(value("ssbtx_edition_activated_timestamp_seconds", labels([])), 1_795_334_400.0));
    assert!(near(value("ssbtx_editions_alive", labels([])), 1.0));
    let sha256 = digest("AF 1").to_string();
    let adapter = labels([("kind", "adapter"), ("name", "AF"), ("version", "1.1"), ("sha256", &sha256)]);
    assert!(near(value("ssbtx_component", adapter), 1.0));
    let refused = labels([("stage", "verified"), ("result", "refused")]);
    assert!(near(value("ssbtx_rollout_attempts", refused), 3.0));
    assert!(near(value("ssbtx_rollout_watching", labels([])), 1.0));
    assert!(near(value("ssbtx_trust_expires_timestamp_seconds", labels([("role", "governance")])), 1_796_083_200.0));
    assert!(near(value("ssbtx_trust_state", labels([("state", "valid")])), 1.0));
    assert!(near(value("ssbtx_trust_state", labels([("state", "closed")])), 0.0));
    // One of three is lifted, and one of those in effect matches nothing.
    assert!(near(value("ssbtx_tightening_entries", labels([])), 2.0));
    assert!(near(value("ssbtx_tightening_unmatched", labels([])), 1.0));
    assert!(near(value("ssbtx_tightening_in_advance", labels([])), 1.0));
    assert!(near(value("ssbtx_shadow_left_out", labels([("role", "ekonomiskt-bistand")])), 1.0));
    let ending = labels([("role", "arbetsmarknad"), ("basis", "forsoksverksamhet")]);
    assert!(near(value("ssbtx_basis_ends_timestamp_seconds", ending), 1_798_758_000.0));
    // A basis without an end has none.
    assert_eq!(families["ssbtx_basis_ends_timestamp_seconds"].samples.len(), 1);
    assert_eq!(families["ssbtx_basis_begins_timestamp_seconds"].samples.len(), 2);
    let opened = [("role", "arbetsmarknad"), ("agency", "AF"), ("dataset", "inskrivning"), ("change", "opened")];
    assert!(near(value("ssbtx_shadow_elements", labels(opened)), 30.0));
    for (name, expected) in [("compared", 10.0), ("failures", 1.0), ("skipped", 2.0)] {
        let found = value(&format!("ssbtx_shadow_{name}"), labels([("role", "arbetsmarknad")]));
        assert!(near(found, expected), "{name}: {found}");
    }
}

#[tokio::test]
async fn a_scrape_tells_of_every_agency_with_its_upstreams_added_up_and_of_no_upstream() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let families = scrape(&place).await;
    let value = |name: &str, of: Labels| format!("{:.0}", families[name].samples[&of]);
    let of = |agency: &str, state: &str| labels([("agency", agency), ("state", state)]);
    assert_eq!(value("ssbtx_agency_breakers", of("AF", "half-open")), "2");
    assert_eq!(value("ssbtx_agency_breakers", of("AF", "closed")), "0");
    assert_eq!(value("ssbtx_agency_breakers", of("CSN", "closed")), "1");
    assert_eq!(value("ssbtx_agency_in_flight", labels([("agency", "AF")])), "6");
    assert_eq!(value("ssbtx_agency_waiting", labels([("agency", "CSN")])), "1");
    assert_eq!(value("ssbtx_agency_exchanges", of("AF", "responded")), "2");
    assert_eq!(value("ssbtx_agency_exchanges", of("CSN", "full")), "8");
    // One exchange of 30 ms with each of the two upstreams.
    let slower = |bound: &str| value("ssbtx_agency_exchange_seconds", labels([("agency", "AF"), ("le", bound)]));
    assert_eq!((slower("0.025").as_str(), slower("0.05").as_str()), ("0", "2"));
    let agencies = families.iter().filter(|(name, _)| name.starts_with("ssbtx_agency_"));
    for sample in agencies.flat_map(|(_, family)| family.samples.keys()) {
        assert!(sample.keys().all(|label| ["agency", "state", "le", "part"].contains(&label.as_str())), "{sample:?}");
    }
}

#[tokio::test]
async fn every_metric_says_what_it_means_and_has_the_type_of_its_name() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let families = scrape(&place).await;
    let listed: Vec<String> = families.iter().map(|(name, family)| format!("{name} {}", family.kind)).collect();
    insta::assert_snapshot!(listed.join("\n"), @"
    ssbtx_agency_breakers gauge
    ssbtx_agency_exchange_seconds histogram
    ssbtx_agency_exchanges counter
    ssbtx_agency_in_flight gauge
    ssbtx_agency_wait_seconds histogram
    ssbtx_agency_waiting gauge
    ssbtx_audit_append_seconds histogram
    ssbtx_audit_batches counter
    ssbtx_audit_checkpoints counter
    ssbtx_audit_condition gauge
    ssbtx_audit_queued gauge
    ssbtx_audit_records counter
    ssbtx_basis_begins_timestamp_seconds gauge
    ssbtx_basis_ends_timestamp_seconds gauge
    ssbtx_build info
    ssbtx_certificate_expires_timestamp_seconds gauge
    ssbtx_compiled_code_hits counter
    ssbtx_compiled_code_misses counter
    ssbtx_component info
    ssbtx_component_call_seconds histogram
    ssbtx_component_stops counter
    ssbtx_composition_seconds histogram
    ssbtx_configuration_loaded_timestamp_seconds gauge
    ssbtx_configuration_reloads counter
    ssbtx_connections gauge
    ssbtx_decision_cache_entries gauge
    ssbtx_decision_cache_hits counter
    ssbtx_decision_cache_misses counter
    ssbtx_draining gauge
    ssbtx_edition_activated_timestamp_seconds gauge
    ssbtx_edition_trust_version gauge
    ssbtx_editions_alive gauge
    ssbtx_limits_reached counter
    ssbtx_open_case_questions counter
    ssbtx_open_cases gauge
    ssbtx_part_failures counter
    ssbtx_parts counter
    ssbtx_process_open_files gauge
    ssbtx_process_resident_memory_bytes gauge
    ssbtx_process_start_timestamp_seconds gauge
    ssbtx_question_seconds histogram
    ssbtx_questions counter
    ssbtx_questions_refused counter
    ssbtx_questions_under_way gauge
    ssbtx_revocation_list_expires_timestamp_seconds gauge
    ssbtx_rollout_attempts counter
    ssbtx_rollout_last_look_timestamp_seconds gauge
    ssbtx_rollout_last_reached_timestamp_seconds gauge
    ssbtx_rollout_watching gauge
    ssbtx_sandbox_places gauge
    ssbtx_sandbox_places_taken gauge
    ssbtx_sandbox_wait_seconds histogram
    ssbtx_sandbox_waiting gauge
    ssbtx_shadow_compared counter
    ssbtx_shadow_elements counter
    ssbtx_shadow_failures counter
    ssbtx_shadow_left_out gauge
    ssbtx_shadow_skipped counter
    ssbtx_spans counter
    ssbtx_spans_waiting gauge
    ssbtx_tightening_entries gauge
    ssbtx_tightening_in_advance gauge
    ssbtx_tightening_unmatched gauge
    ssbtx_trust_expires_timestamp_seconds gauge
    ssbtx_trust_state gauge
    ");
    assert!(families.values().all(|family| family.help.ends_with('.')));
}

#[tokio::test]
async fn a_version_with_quotes_and_line_breaks_breaks_no_line() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let families = scrape(&place).await;
    let versions: Vec<&String> = families["ssbtx_component"].samples.keys().map(|labels| &labels["version"]).collect();
    assert!(versions.contains(&&"1.0 \"beta\"\\\n".to_owned()), "{versions:?}");
}

#[tokio::test]
async fn a_hundred_editions_leave_as_many_series_as_one() {
    let sample = Sample::new();
    let place = Place::new(sample.clone(), AdminLimits::default()).await;
    let first = series(&scrape(&place).await);
    for edition in 2..=100 {
        sample.change(|host| host.edition = edition);
    }
    let last = series(&scrape(&place).await);
    assert_eq!(last.len(), first.len());
    // Only versions and digests are others.
    let moved = last.difference(&first).all(|(name, _)| name == "ssbtx_component");
    assert!(moved);
}

#[tokio::test]
async fn of_the_states_of_trust_one_is_true() {
    let sample = Sample::new();
    let place = Place::new(sample.clone(), AdminLimits::default()).await;
    for state in TrustState::ALL {
        sample.change(|host| host.trust = state);
        let families = scrape(&place).await;
        let states = families["ssbtx_trust_state"].samples.iter();
        let is_true: Vec<&String> =
            states.filter(|(_, value)| **value > 0.5).map(|(labels, _)| &labels["state"]).collect();
        assert_eq!(is_true, [state.label()]);
    }
}

#[tokio::test]
async fn a_scrape_tells_of_questions_components_records_and_spans() {
    let place = Place::new(Sample::new(), AdminLimits::default()).await;
    let families = scrape(&place).await;
    let value = |name: &str, of: Labels| format!("{:.0}", families[name].samples[&of]);
    let answered = [("front", "json-v1"), ("role", "arbetsmarknad"), ("outcome", "answered")];
    assert_eq!(value("ssbtx_questions", labels(answered)), "1");
    assert_eq!(value("ssbtx_parts", labels([("agency", "AF"), ("state", "answered")])), "3");
    assert_eq!(value("ssbtx_part_failures", labels([("agency", "AF"), ("code", "SSBT-102")])), "1");
    let planned = [("kind", "adapter"), ("name", "AF"), ("function", "plan"), ("part", "count")];
    assert_eq!(value("ssbtx_component_call_seconds", labels(planned)), "1");
    assert_eq!(value("ssbtx_audit_condition", labels([("state", "stalled")])), "1");
    assert_eq!(value("ssbtx_audit_condition", labels([("state", "writing")])), "0");
    assert_eq!(value("ssbtx_questions_refused", labels([("front", "soap-v10"), ("code", "SSBT-217")])), "2");
    assert_eq!(value("ssbtx_revocation_list_expires_timestamp_seconds", labels([])), "1795392000");
    assert_eq!(value("ssbtx_spans", labels([("result", "lost")])), "2");
    assert_eq!(value("ssbtx_process_resident_memory_bytes", labels([])), "50000000");
}
