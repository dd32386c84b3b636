//! What `ssbtx policy review` says that another policy would open and close, question by question.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::Value;
use ssbtx_base_services::Agency;
use ssbtx_stage::components;
use ssbtx_stage::configuration::Accepted;
use ssbtx_stage::host::binary;

use crate::play::{Play, Staging};

/// The policy in force.
const POLICY: &str = "policies/arbetsmarknad/policy.wasm";
/// A policy of the same role that opens everything.
pub(crate) const WIDE: &str = "guests/policy-honest.wasm";

/// With two agencies, and everything accepted that the policy in force rests on.
pub(crate) fn staging() -> Staging {
    let staging = Staging::without(&[Agency::Csn, Agency::Fk, Agency::Skv, Agency::So, Agency::Tns]);
    let accept = |basis: &str| Accepted { basis: basis.to_owned(), datasets: Vec::new() };
    Staging { accepted: ["ssbtek-v10-practice", "ssbtx-arbetsmarknad"].map(accept).to_vec(), ..staging }
}

/// The review of the wide policy beside the one in force.
pub(crate) struct Reviewed(Value);

/// An element that goes one way: base service, dataset, path, and `opened` or `closed`.
pub(crate) type Departure = (String, String, String, &'static str);

impl Reviewed {
    /// Reviews it against the adapters of a play of this [`staging`], on the day of its questions.
    pub(crate) fn of(play: &Play, records: &[Value]) -> Self {
        let adapters = play.folder().join("adapters");
        fs::create_dir(&adapters).unwrap();
        for agency in ["af", "miv"] {
            let bytes = components::read(&format!("adapters/{agency}/adapter.wasm"));
            fs::write(adapters.join(format!("{agency}.wasm")), bytes).unwrap();
        }
        let day = text(&records[0]["context"]["askedOn"]);
        let mut review = Command::new(binary("ssbtx"));
        review.args(["policy", "review"]).args([POLICY, WIDE].map(components::path)).arg("--adapters").arg(adapters);
        Self(told(review.args(["--today", &day, "--format", "json"])))
    }

    /// In how many of these questions each element would have been opened or closed, where the operator has accepted every pending basis.
    ///
    /// Of a question, the context of its audit record counts.
    pub(crate) fn departures<'r>(&self, records: impl IntoIterator<Item = &'r Value>) -> BTreeMap<Departure, u64> {
        let mut departures = BTreeMap::new();
        for record in records {
            for departure in self.of_context(&record["context"]) {
                *departures.entry(departure).or_default() += 1;
            }
        }
        departures
    }

    fn of_context(&self, context: &Value) -> Vec<Departure> {
        let mut departures = Vec::new();
        for agency in list(&self.0["agencies"]) {
            for dataset in list(&agency["datasets"]) {
                for row in list(&dataset["rows"]).iter().filter(|row| is_about(row, context)) {
                    let Some(direction) = direction(row) else { continue };
                    for path in list(&row["elements"]).iter().flat_map(|line| list(&line["paths"])) {
                        let [base_service, dataset, path] = [&agency["baseService"], &dataset["id"], path].map(text);
                        departures.push((base_service, dataset, path, direction));
                    }
                }
            }
        }
        departures
    }
}

/// What a command that must succeed prints as JSON.
pub(crate) fn told(command: &mut Command) -> Value {
    let output = command.output().unwrap();
    let told = || String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}", told());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{command:?}: {error}: {}", told()))
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn is_about(row: &Value, context: &Value) -> bool {
    list(&row["contexts"]).iter().any(|block| {
        let holds = |direction: &str, value: &Value| list(&block[direction]).contains(value);
        holds("relations", &context["relation"])
            && holds("consents", &context["consents"])
            && holds("protectedIdentity", &context["protectedIdentity"])
            && holds("days", &context["askedOn"])
    })
}

fn direction(row: &Value) -> Option<&'static str> {
    match [&row["before"], &row["after"]].map(|cell| cell["effect"] != "not-disclosed") {
        [false, true] => Some("opened"),
        [true, false] => Some("closed"),
        _ => None,
    }
}
