//! Nothing that an agency wrote, and nothing that names the person, reaches a log, the audit log, standard error or the disk.

pub(crate) mod markers;

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::lefi::{AKTORSID, LefiAsking, everything};
use ssbtx_stage::questions::Asking;

use crate::contract::encoded_document;
use crate::play::{ALVAR, Play, Staging, state};

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn assert_nowhere(play: &Play, markers: &[String], except_in_audit: &[String]) {
    // A component carries its cases, which are about test persons: it was signed before anybody asked.
    let is_component = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "wasm");
    // The log of the host is one of these files: its standard error goes there.
    for file in files(play.folder()).into_iter().filter(|file| !is_component(file)) {
        let content = fs::read(&file).unwrap();
        let content = String::from_utf8_lossy(&content);
        let in_audit = file.starts_with(play.audit_folder());
        let forbidden = markers.iter().chain(except_in_audit.iter().filter(|_| !in_audit));
        for marker in forbidden {
            assert!(!content.contains(marker.as_str()), "`{marker}` is in {}", file.display());
        }
    }
}

/// Everything that an answer in SOAP says, with what it carries in base64.
fn told(answer: &str) -> String {
    let encoded = [Agency::Csn, Agency::Fk].into_iter().filter_map(|agency| encoded_document(answer, agency));
    encoded.fold(answer.to_owned(), |told, document| told + &document)
}

#[tokio::test]
async fn no_value_of_an_answer_or_question_is_found_in_logs_audit_or_work_folder() {
    let play = Play::staged(Staging { log_filter: EVERYTHING, deadline_ms: 1500, ..Staging::default() });
    // What each agency writes about the person, first as it is, then with a marker in every field.
    let answer = play.ask(&Asking::about(ALVAR)).await;
    let by_agency = Agency::ALL.map(|agency| {
        assert_eq!(state(&answer, agency.code()), "answered", "{agency}: {answer}");
        let sent = play.agencies.last_answer(agency, ALVAR).unwrap();
        let (marked, markers) = markers::marked(agency, &sent);
        play.agencies.set_answer(agency, ALVAR, &marked);
        (agency, markers)
    });
    let mut markers = vec![ALVAR.to_owned(), ALVAR[2..].to_owned(), format!("{}-{}", &ALVAR[2..8], &ALVAR[8..])];
    markers.extend(by_agency.iter().flat_map(|(_, markers)| markers.clone()));
    // The asker's own words: an audit record must hold who asked in which case and why, and nothing else may.
    let asking = Asking {
        // Some quote the person's number in them: that is taken out.
        caseworker: format!("zqCaseworkerqz {ALVAR}"),
        // CSN takes 31 characters.
        case: format!("zqCaseqz {}-{}", &ALVAR[..8], &ALVAR[8..]),
        purpose: format!("zqPurposeqz om {}", &ALVAR[2..]),
        correlation_id: Some("zqCorrelationqz".to_owned()),
        requester: "zqRequesterqz".to_owned(),
        ..Asking::about(ALVAR)
    };
    markers.extend(["zqCorrelationqz", "zqRequesterqz"].map(str::to_owned));
    let askers_words = ["zqCaseworkerqz", "zqCaseqz", "zqPurposeqz"].map(str::to_owned);

    for identity in [&play.pki.ekonomiskt_bistand, &play.pki.arbetsmarknad] {
        let json = play.ask_as(identity, &asking).await.to_string();
        let soap = told(&play.ask_soap_about_something_odd(identity, &asking).await.body);
        let may_see_everything = identity.fingerprint == play.pki.ekonomiskt_bistand.fingerprint;
        for answer in [json, soap] {
            for (agency, markers) in &by_agency {
                let may_see = may_see_everything || ["AF", "FK", "MIV"].contains(&agency.code());
                let is_there = markers.iter().any(|marker| answer.contains(marker));
                assert_eq!(
                    is_there, may_see,
                    "{agency}: the markers must be in the answers, or this test shows nothing"
                );
            }
        }
    }
    for fault in Fault::NAMED {
        for agency in Agency::ALL {
            play.agencies.set_fault(agency, Some(fault));
        }
        play.ask(&asking).await;
    }
    for agency in Agency::ALL {
        play.agencies.set_fault(agency, None);
    }
    markers.extend(ask_what_cannot_be_asked(&play, &asking).await);

    let logged = play.host.logged().unwrap();
    assert!(logged.contains("agency call"), "the host must have logged at trace, or this test shows nothing");
    // It stands in the host's configuration, as it must, and nowhere else.
    let (_, aktorsid) = AKTORSID[0];
    assert!(!logged.contains(aktorsid) && !json!(play.records()).to_string().contains(aktorsid));
    assert_nowhere(&play, &markers, &askers_words);
}

/// Asks what is refused as a whole, and what an adapter refuses to put to Försäkringskassan; gives what must then be nowhere.
async fn ask_what_cannot_be_asked(play: &Play, asking: &Asking) -> Vec<String> {
    let client = play.client(&play.pki.ekonomiskt_bistand);
    let refused =
        asking.to_soap().replace("<personidentitet>", "<personident>").replace("</personidentitet>", "</personident>");
    client.post_soap(refused).await.unwrap();
    client.post_json("/v1/questions", asking.to_json().to_string().replace("period", "perriod")).await.unwrap();
    let of_the_caller = everything(ALVAR, &asking.period.0, &asking.period.1);
    let mut written = vec![BASE64_STANDARD.encode(of_the_caller)];
    for question in [
        json!({ "zqLefiqz": ALVAR }).to_string(),
        json!({ "personnummer": "zqLefiqz" }).to_string(),
        json!({ "personnummer": ALVAR, "period": { "from": "zqLefiqz", "tom": "zqLefiqz" } }).to_string(),
        everything(ALVAR, "2026-01-01", "2026-01-31").replace("FK:SJP", "zqLefiqz"),
        "zqLefiqz".to_owned(),
    ] {
        written.push(BASE64_STANDARD.encode(&question));
        let asking = Asking { lefi: LefiAsking::written(question), ..asking.clone() }.including(&["FK"]);
        let answer = play.ask_soap(&asking).await.body;
        assert!(answer.contains("LEFI-") && !answer.contains("zqLefiqz"), "{answer}");
    }
    written.push("zqLefiqz".to_owned());
    written
}

/// All logs at trace, but the compiler's, which runs before any question and writes gigabytes about components, and the engine's about its own
/// types: it writes a line for every text that goes into a component, and a policy that waits for that does not decide in time.
const EVERYTHING: &str = "trace,cranelift_codegen=info,cranelift_frontend=info,regalloc2=info,\
                          wasmtime_internal_cranelift=info,wasmtime::runtime::type_registry=info";
