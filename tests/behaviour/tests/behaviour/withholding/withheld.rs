//! What governance withholds at once, and what it takes to open it again.

use std::collections::BTreeSet;

use ssbtx_core::{AgencyId, Bilingual, Lifted, Sha256Digest, Tightened, TightenedEntry, Tightening};
use ssbtx_stage::components;
use ssbtx_stage::questions::Asking;
use ssbtx_stage::repository::DemoTarget;

use super::{asked, reason, staging};
use crate::play::{ALVAR, Play, state};

#[tokio::test]
async fn what_is_withheld_at_once_is_gone_from_the_next_answer_with_its_reason_on_both_fronts() {
    let mut play = Play::staged(staging());
    let before = play.ask(&asking()).await;
    assert_eq!((state(&before, "AF"), state(&before, "MIV")), ("answered", "answered"));

    let element = entry("fel-namn", Tightened::Element(AgencyId::AF, "Svar/Fornamn".to_owned()));
    let answer = withheld(&mut play, std::slice::from_ref(&element)).await;
    let told = reason(&answer, "AF", "Svar/Fornamn").unwrap();
    assert_eq!((&told["reason"], &told["tightening"]), (&"tightened".into(), &"fel-namn".into()));
    assert_eq!(state(&answer, "AF"), "answered");
    let soap = soap(&play).await;
    assert!(!soap.contains(":Fornamn>Alvar<") && soap.contains("ArbetssokandeRegistrerad"), "{soap}");

    let dataset = entry("fel-inskrivning", Tightened::Dataset(AgencyId::AF, "inskrivning".parse().unwrap()));
    let answer = withheld(&mut play, &[element.clone(), dataset.clone()]).await;
    assert!(answer.to_string().contains("\"tightening\":\"fel-inskrivning\""), "{answer}");
    assert!(!self::soap(&play).await.contains("ArbetssokandeRegistrerad"));
    let asked_before = asked(&play);

    // Nothing is left of either, so neither is asked.
    let adapter = Sha256Digest::of(&components::read("adapters/miv/adapter.wasm"));
    let adapter = entry("fel-program", Tightened::Adapter(adapter));
    let agency = entry("fel-af", Tightened::Agency(AgencyId::AF));
    let answer = withheld(&mut play, &[element, dataset, adapter, agency]).await;
    assert_eq!((state(&answer, "AF"), state(&answer, "MIV")), ("not-permitted", "not-permitted"));
    let told = answer.to_string();
    assert!(told.contains("\"tightening\":\"fel-program\"") && told.contains("\"tightening\":\"fel-af\""), "{told}");
    let soap = self::soap(&play).await;
    for expected in ["SSBT-108", "Uppgifter är tillfälligt spärrade: fel-program."] {
        assert!(soap.contains(expected), "{expected}: {soap}");
    }
    assert_eq!(asked(&play), asked_before, "an agency of which nothing may be seen is asked");
}

#[tokio::test]
async fn a_role_that_is_not_named_sees_what_is_withheld_from_another() {
    let mut play = Play::staged(staging());
    let mut entry = entry("fel-for-en-roll", Tightened::Agency(AgencyId::AF));
    entry.roles = Some(BTreeSet::from(["ekonomiskt-bistand".parse().unwrap()]));
    let answer = withheld(&mut play, &[entry]).await;
    assert_eq!(state(&answer, "AF"), "not-permitted");
    let other = play.ask_as(&play.pki.arbetsmarknad, &asking()).await;
    assert_eq!(state(&other, "AF"), "answered");
}

#[tokio::test]
async fn one_person_lifts_nothing_and_the_threshold_does() {
    let mut play = Play::staged(staging());
    let closed = entry("fel-af", Tightened::Agency(AgencyId::AF));
    withheld(&mut play, &[closed]).await;
    let before = asked(&play);

    play.repository.document_mut("governance").unwrap().signers = vec!["governance-1".to_owned()];
    play.publish(&[lifting("fel-af")]);
    refused(&play, "metadata of role `governance` has too few valid signatures: 1, expected 2").await;
    assert_eq!(state(&play.ask(&asking()).await, "AF"), "not-permitted");
    assert_eq!(asked(&play)[0], before[0]);

    play.repository.document_mut("governance").unwrap().signers =
        ["governance-3", "governance-1"].map(str::to_owned).to_vec();
    let version = play.publish(&[lifting("fel-af")]);
    play.until_active(version).await;
    assert_eq!(state(&play.ask(&asking()).await, "AF"), "answered");
    assert_eq!(asked(&play)[0], before[0] + 1);
}

#[tokio::test]
async fn a_withholding_that_vanishes_is_refused_and_stays() {
    let mut play = Play::staged(staging());
    withheld(&mut play, &[entry("fel-af", Tightened::Agency(AgencyId::AF))]).await;
    play.publish(&[list(&[])]);
    refused(&play, "tightening `fel-af` is gone or changed, expected that it stands or that governance has lifted it")
        .await;
    assert_eq!(state(&play.ask(&asking()).await, "AF"), "not-permitted");
    play.repository.remove(TIGHTENING).unwrap();
    refused(&play, "tightening `fel-af` is gone").await;
    assert_eq!(state(&play.ask(&asking()).await, "AF"), "not-permitted");
}

#[tokio::test]
async fn what_is_withheld_is_withheld_still_after_the_host_was_started_again_without_its_source() {
    let mut play = Play::staged(staging());
    withheld(&mut play, &[entry("fel-af", Tightened::Agency(AgencyId::AF))]).await;
    play.host.kill().unwrap();
    std::fs::rename(play.repository.directory().join("metadata"), play.folder().join("gone")).unwrap();
    play.start_again().unwrap();
    assert_eq!(play.editions().await["active"]["origin"], "last-good-copy");
    assert_eq!(state(&play.ask(&asking()).await, "AF"), "not-permitted");
}

/// Withholds this and nothing else, and asks when the host has taken it.
async fn withheld(play: &mut Play, entries: &[TightenedEntry]) -> serde_json::Value {
    let version = play.publish(&[list(entries)]);
    let editions = play.until_active(version).await;
    let told = editions["active"]["tightening"]["entries"].as_array().map_or(0, Vec::len);
    assert_eq!(told, entries.len(), "{editions:#}");
    play.ask(&asking()).await
}

async fn refused(play: &Play, because: &str) {
    let is_so = |editions: &serde_json::Value| {
        let newest = &editions["attempts"][0];
        newest["result"] == "refused" && newest["reasons"].to_string().contains(because)
    };
    play.until(&format!("it is refused: {because}"), is_so).await;
}

async fn soap(play: &Play) -> String {
    let received = play.ask_soap_about_something_odd(&play.pki.ekonomiskt_bistand, &asking()).await;
    assert_eq!(received.status, 200, "{}", received.body);
    received.body
}

fn asking() -> Asking {
    Asking::about(ALVAR).including(&["AF", "MIV"])
}

fn entry(id: &str, what: Tightened) -> TightenedEntry {
    let reason = Bilingual { sv: "Fel i uppgifterna".to_owned(), en: "Wrong data".to_owned() };
    TightenedEntry { id: id.parse().unwrap(), since: "2026-11-22".parse().unwrap(), reason, what, roles: None }
}

fn list(entries: &[TightenedEntry]) -> DemoTarget {
    DemoTarget::new(TIGHTENING, Tightening::new(entries.to_vec()).unwrap().to_json())
}

fn lifting(id: &str) -> DemoTarget {
    DemoTarget::new("policies/lifted.json", Lifted::new(BTreeSet::from([id.parse().unwrap()])).unwrap().to_json())
}

const TIGHTENING: &str = "tightening/withheld.json";
