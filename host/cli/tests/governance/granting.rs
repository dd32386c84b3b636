//! `ssbtx policy grant`.

use std::fs;

use ssbtx_core::Grant;
use ssbtx_stage::components;

use crate::office::{POLICY, WIDE};

fn path(target: &str) -> String {
    components::path(target).to_str().unwrap().to_owned()
}

fn grant(arguments: &[&str]) -> crate::office::Ended {
    let adapters = path("adapters");
    let words = ["policy", "grant", "--adapters", &adapters, "--today", "2026-03-01"];
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ssbtx"));
    crate::office::Ended::of(&command.args(words).args(arguments).output().unwrap())
}

#[test]
fn the_smallest_grant_is_written_and_shown_and_against_the_one_in_force_only_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old.grant.json"), folder.path().join("new.grant.json"));
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    let said = grant(&[&path(POLICY), "--agency", "AF", "--out", old]).done().said;
    assert!(said.contains("Arbetsförmedlingen (AF) låter rollen arbetsmarknad se"), "{said}");
    let written = Grant::parse(&fs::read(old).unwrap()).unwrap();
    assert_eq!(written.role().as_str(), "arbetsmarknad");

    let same = grant(&[&path(POLICY), "--agency", "AF", "--against", old]).done().said;
    assert!(same.contains("medgivandet i kraft räcker"), "{same}");
    let wider = grant(&[&path(WIDE), "--agency", "AF", "--against", old, "--out", new]).done().said;
    assert!(wider.contains("Nytt mot medgivandet i kraft") && wider.contains("Förnamn"), "{wider}");
    assert!(Grant::parse(&fs::read(new).unwrap()).is_ok());
    grant(&[&path(POLICY), "--agency", "MIV", "--against", old]).not_done("is of `AF`, asked about `MIV`");
}

#[test]
fn an_agency_of_which_nothing_is_opened_is_asked_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("csn.grant.json");
    let said = grant(&[&path(POLICY), "--agency", "CSN", "--out", file.to_str().unwrap()]).done().said;
    assert!(said.contains("inget medgivande behövs"), "{said}");
    assert!(!file.exists());
}

#[test]
fn a_grant_for_programs_is_the_file_that_is_signed() {
    let said = grant(&[&path(POLICY), "--agency", "AF", "--format", "json"]).done().json();
    assert_eq!(said["kind"], "ssbtx-grant");
    assert_eq!(said["agency"], "AF");
}
