//! Two hosts behind a balancer are restarted in turn under load: no question is lost, and every answer has its record.

mod balancer;

use std::collections::BTreeSet;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use ssbtx_stage::client::{Client, Received};
use ssbtx_stage::host::Host;
use ssbtx_stage::pki::Identity;
use ssbtx_stage::questions::Asking;
use tokio::task::JoinHandle;

use crate::play::{ALVAR, Play};
use balancer::{Balancer, Seat};

#[tokio::test(flavor = "multi_thread")]
async fn a_rolling_restart_under_load_loses_no_question_and_no_record() {
    let mut play = Play::begin();
    // As long as it takes until the balancer has looked a few times.
    play.change("ssbtx.toml", "drain-ms = 0", "drain-ms = 500");
    let other = beside(&play);
    play.host.kill().unwrap();
    play.start_again().unwrap();
    let second = Host::start(&other, &other.with_extension("log")).unwrap();
    let balancer = Balancer::start(&play.pki).await;
    balancer.put(Seat::First, &play.host);
    balancer.put(Seat::Second, &second);
    balancer.until_ready(Seat::First).await;
    balancer.until_ready(Seat::Second).await;

    let over = Arc::new(AtomicBool::new(false));
    let askers: Vec<_> =
        (0..ASKERS).map(|number| ask_on(number, Customer::of(&play, &balancer), Arc::clone(&over))).collect();
    balancer.until_answered_through(Seat::First).await;
    play.host.terminate().unwrap();
    play.host.end().unwrap();
    play.start_again().unwrap();
    balancer.put(Seat::First, &play.host);
    balancer.until_ready(Seat::First).await;
    balancer.until_answered_through(Seat::First).await;
    second.stop().unwrap();
    let second = Host::start(&other, &other.with_extension("log")).unwrap();
    balancer.put(Seat::Second, &second);
    balancer.until_ready(Seat::Second).await;
    balancer.until_answered_through(Seat::Second).await;
    over.store(true, Ordering::Relaxed);

    let mut answered = BTreeSet::new();
    for asker in askers {
        answered.extend(asker.await.unwrap());
    }
    play.host.terminate().unwrap();
    play.host.end().unwrap();
    second.stop().unwrap();
    let recorded: BTreeSet<_> =
        [play.audit_folder(), other.with_file_name("audit")].iter().flat_map(|log| cases(log)).collect();
    assert!(answered.len() > ASKERS, "{answered:?}");
    assert_eq!(answered.difference(&recorded).count(), 0);
}

/// Asks one question after the other until it is over, and gives the cases of those that were answered, which are all.
///
/// What was never sent is sent again: no connection came about, so nobody can have read it. Anything else that goes wrong fails the test.
fn ask_on(number: usize, customer: Customer, over: Arc<AtomicBool>) -> JoinHandle<Vec<String>> {
    tokio::spawn(async move {
        let (mut answered, mut client) = (Vec::new(), customer.client());
        for count in 0.. {
            // Half of them keep their connection for as long as they may, and half take a new one for every question.
            if number.is_multiple_of(2) {
                client = customer.client();
            }
            let case = format!("EB-{number}-{count}");
            let received = ask(&client, &case).await;
            assert_eq!(received.status, 200, "{case}: {}", received.body);
            answered.push(case);
            if over.load(Ordering::Relaxed) {
                break;
            }
        }
        answered
    })
}

async fn ask(client: &Client, case: &str) -> Received {
    let asking = Asking { case: case.to_owned(), ..Asking::about(ALVAR).including(&["AF", "MIV"]) };
    loop {
        match client.post_json("/v1/questions", asking.to_json().to_string()).await {
            Ok(received) => return received,
            Err(error) if was_never_sent(&error) => {}
            Err(error) => panic!("{case}: {error:?}"),
        }
    }
}

fn was_never_sent(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<hyper_util::client::legacy::Error>()
            .is_some_and(hyper_util::client::legacy::Error::is_connect)
    })
}

/// Somebody who knows the balancer alone.
struct Customer {
    address: SocketAddr,
    roots: PathBuf,
    identity: Identity,
}

impl Customer {
    fn of(play: &Play, balancer: &Balancer) -> Self {
        let Identity { chain, key, fingerprint } = &play.pki.ekonomiskt_bistand;
        let identity = Identity { chain: chain.clone(), key: key.clone(), fingerprint: fingerprint.clone() };
        Self { address: balancer.address(), roots: play.pki.host_roots.clone(), identity }
    }

    fn client(&self) -> Client {
        Client::new(self.address, &self.roots, Some(&self.identity)).unwrap()
    }
}

/// The configuration of another host of the same kind, with folders of its own.
pub(crate) fn beside(play: &Play) -> PathBuf {
    let folder = play.folder().join("second");
    fs::create_dir(&folder).unwrap();
    for file in ["consumers.toml", "subject.key", "cases.key"] {
        fs::copy(play.folder().join(file), folder.join(file)).unwrap();
    }
    let first = fs::read_to_string(play.folder().join("ssbtx.toml")).unwrap();
    let audit = play.audit_folder().display().to_string();
    let path = folder.join("ssbtx.toml");
    fs::write(&path, first.replace(&audit, &folder.join("audit").display().to_string())).unwrap();
    path
}

/// The cases of the questions that a log has records of.
fn cases(log: &Path) -> Vec<String> {
    let segments = fs::read_dir(log).unwrap().map(|entry| entry.unwrap().path());
    let segments = segments.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    let texts = segments.map(|path| fs::read_to_string(path).unwrap());
    let lines = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
    let case =
        |line: String| serde_json::from_str::<Value>(&line).unwrap()["record"]["case"].as_str().map(str::to_owned);
    lines.filter_map(case).collect()
}

/// Enough that some question is always under way.
const ASKERS: usize = 4;
