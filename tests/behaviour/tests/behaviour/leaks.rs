//! Nothing that an agency wrote, and nothing that names the person, reaches a log, the audit log, standard error or the disk.

use std::fs;
use std::path::{Path, PathBuf};

use ssbtx_base_services::{Agency, Fault};
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play, Staging};

/// Replaces the text of every element of an agency's document with a marker of its own, but what decides how it is read.
fn marked(agency: Agency, payload: &str, markers: &mut Vec<String>) -> String {
    let document = roxmltree::Document::parse(payload).unwrap();
    let mut text = payload.to_owned();
    let values: Vec<_> = document
        .descendants()
        .filter(|node| node.is_text() && !node.text().unwrap_or_default().trim().is_empty())
        .filter(|node| !DECISIVE.contains(&node.parent_element().unwrap().tag_name().name()))
        .map(|node| node.range())
        .collect();
    for (number, range) in values.into_iter().enumerate().rev() {
        let marker = format!("zq{}{number}qz", agency.code());
        text.replace_range(range, &marker);
        markers.push(marker);
    }
    text
}

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
    // The log of the host is one of these files: its standard error goes there.
    for file in files(play.folder()) {
        let content = fs::read(&file).unwrap();
        let content = String::from_utf8_lossy(&content);
        let in_audit = file.starts_with(play.audit_folder());
        let forbidden = markers.iter().chain(except_in_audit.iter().filter(|_| !in_audit));
        for marker in forbidden {
            assert!(!content.contains(marker.as_str()), "`{marker}` is in {}", file.display());
        }
    }
}

#[tokio::test]
async fn no_value_of_an_answer_or_question_is_found_in_logs_audit_or_work_folder() {
    let play = Play::staged(Staging { log_filter: EVERYTHING, deadline_ms: 1500, ..Staging::default() });
    // What each agency writes about the person, first as it is, then with a marker in every field.
    play.ask(&Asking::about(ALVAR)).await;
    let mut markers = vec![ALVAR.to_owned(), ALVAR[2..].to_owned(), format!("{}-{}", &ALVAR[2..8], &ALVAR[8..])];
    for agency in Agency::ALL {
        let sent = play.agencies.last_answer(agency, ALVAR).unwrap();
        play.agencies.set_answer(agency, ALVAR, &marked(agency, &sent, &mut markers));
    }
    // The asker's own words: an audit record must hold who asked in which case and why, and nothing else may.
    let asking = Asking {
        // Some quote the person's number in them: that is taken out.
        caseworker: format!("zqCaseworkerqz {ALVAR}"),
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
        let soap = play.ask_soap_about_something_odd(identity, &asking).await.body;
        for answer in [json, soap] {
            let is_there = |agency: &str| answer.contains(&format!("zq{agency}"));
            let may_see_the_a_kassor = identity.fingerprint == play.pki.ekonomiskt_bistand.fingerprint;
            assert!(
                is_there("AF") && is_there("MIV"),
                "the markers must be in the answers, or this test shows nothing"
            );
            assert_eq!(is_there("SO"), may_see_the_a_kassor);
        }
    }
    for fault in Fault::NAMED {
        play.agencies.set_fault(Agency::Af, Some(fault));
        play.ask(&asking.clone().including(&["AF"])).await;
    }
    let refused =
        asking.to_soap().replace("<personidentitet>", "<personident>").replace("</personidentitet>", "</personident>");
    play.client(&play.pki.ekonomiskt_bistand).post_soap(refused).await.unwrap();
    play.client(&play.pki.ekonomiskt_bistand)
        .post_json("/v1/questions", asking.to_json().to_string().replace("period", "perriod"))
        .await
        .unwrap();

    assert!(
        play.host.logged().unwrap().contains("agency call"),
        "the host must have logged at trace, or this test shows nothing"
    );
    assert_nowhere(&play, &markers, &askers_words);
}

/// All logs at trace, but the compiler's: it runs before any question and writes gigabytes about components.
const EVERYTHING: &str =
    "trace,cranelift_codegen=info,cranelift_frontend=info,regalloc2=info,wasmtime_internal_cranelift=info";

/// The elements whose text decides how the document is read.
const DECISIVE: [&str; 3] = ["StatusSokandeinformationKod", "Sekretessmarkering", "StatusSvarandeOrganisation"];
