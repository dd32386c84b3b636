//! What an adapter is, seen from outside.

use serde::Serialize;
use ssbtx_core::Catalogue;
use ssbtx_runtime::{Adapter, Candidate, Limit, SandboxSettings};

use crate::cases;
use crate::comparison::{Change, compare};
use crate::finding::{Finding, Level};
use crate::lint::lint;

/// What an admitted adapter is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inspection {
    /// The agency that it says it speaks for.
    pub agency: String,
    /// Its catalogue's version.
    pub version: String,
    /// The digest of the component: what those who sign will sign.
    pub sha256: String,
    /// The upstreams that an operator must configure for it.
    pub upstreams: Vec<String>,
    /// How many cases it carries.
    pub cases: usize,
    /// What it takes of what the host and the contract allow.
    pub uses: Vec<Use>,
    /// What there is to say about its catalogue and its cases, the heaviest first.
    pub findings: Vec<Finding>,
    /// What its catalogue changes against another's; absent where there is none to compare with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<Change>>,
}

/// What an adapter takes of what it may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Use {
    /// Of what, with its unit.
    pub what: &'static str,
    /// How much it takes.
    pub found: u64,
    /// The most that it may: the host's limit, or the contract's.
    pub most: u64,
}

impl Inspection {
    /// Whether nothing found must be mended.
    pub fn is_in_order(&self) -> bool {
        self.findings.iter().all(|finding| finding.level != Level::Fault)
    }
}

/// Looks at an adapter that was admitted, puts its own cases to it, and compares its catalogue with another's.
pub async fn inspect(
    candidate: &Candidate,
    adapter: &Adapter,
    settings: &SandboxSettings,
    against: Option<&Catalogue>,
) -> Inspection {
    let catalogue = adapter.catalogue();
    let changes = against.map(|old| compare(old, catalogue));
    let (cases, case_finding) = cases::findings(candidate.bytes(), adapter).await;
    let mut findings = lint(catalogue);
    findings.extend(case_finding);
    findings.sort_by_key(|finding| finding.level);
    let same_version = against.is_some_and(|old| old.version() == catalogue.version());
    if same_version && changes.as_ref().is_some_and(|changes| !changes.is_empty()) {
        let text = format!("the catalogue changed and its version is `{}` as before", catalogue.version());
        findings.insert(0, Finding::fault("version-unchanged", "", text));
    }
    Inspection {
        agency: catalogue.agency().to_string(),
        version: catalogue.version().to_owned(),
        sha256: candidate.digest().to_string(),
        upstreams: adapter.upstreams().iter().map(ToString::to_string).collect(),
        cases,
        uses: uses(candidate, adapter, settings),
        findings,
        changes,
    }
}

fn uses(candidate: &Candidate, adapter: &Adapter, settings: &SandboxSettings) -> Vec<Use> {
    let catalogue = adapter.catalogue();
    let levels = catalogue.iter().filter_map(|(id, _)| catalogue.depth(id)).max().unwrap_or_default();
    let count = |count: usize| count as u64;
    vec![
        Use { what: "component, bytes", found: count(candidate.bytes().len()), most: settings.value(Limit::Component) },
        Use { what: "largest reply, bytes", found: count(adapter.reply_bytes()), most: settings.value(Limit::Reply) },
        Use { what: "upstreams", found: count(adapter.upstreams().len()), most: 8 },
        Use { what: "elements", found: count(catalogue.elements().len()), most: 8_192 },
        Use { what: "datasets", found: count(catalogue.datasets().len()), most: 256 },
        Use { what: "levels below the root", found: u64::from(levels), most: 32 },
    ]
}
