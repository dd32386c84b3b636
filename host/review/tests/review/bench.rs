//! The components that reviews are tried on, admitted once.

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::OnceLock;

use jiff::civil::Date;
use ssbtx_review::{Decides, Listed, Refused, Review};
use ssbtx_runtime::{Candidate, FieldFilter, SandboxSettings, Workbench};
use ssbtx_stage::components::{TARGETS, read};

pub(crate) const TODAY: Date = Date::constant(2026, 3, 1);

/// Every adapter and both policies.
pub(crate) struct Bench {
    workbench: Workbench,
    pub(crate) listed: Vec<Listed>,
    pub(crate) ekonomiskt_bistand: FieldFilter,
    pub(crate) arbetsmarknad: FieldFilter,
}

impl Bench {
    pub(crate) fn get() -> &'static Self {
        static BENCH: OnceLock<Bench> = OnceLock::new();
        BENCH.get_or_init(|| {
            let workbench = Workbench::new(SandboxSettings::default()).unwrap();
            let policy = |role: &str| {
                let candidate = Candidate::new(read(&format!("policies/{role}/policy.wasm")));
                wait(workbench.policy(&candidate)).unwrap()
            };
            let adapters = TARGETS.iter().filter(|target| target.starts_with("adapters/"));
            let listed = adapters
                .map(|target| Listed::from(&wait(workbench.adapter(&Candidate::new(read(target)))).unwrap()))
                .collect();
            let (ekonomiskt_bistand, arbetsmarknad) = (policy("ekonomiskt-bistand"), policy("arbetsmarknad"));
            Self { workbench, listed, ekonomiskt_bistand, arbetsmarknad }
        })
    }

    /// A guest that is a policy.
    pub(crate) fn guest(&self, name: &str) -> FieldFilter {
        wait(self.workbench.policy(&Candidate::new(read(&format!("guests/{name}.wasm"))))).unwrap()
    }

    /// The catalogue of Arbetsförmedlingen alone: for what does not need all of them.
    pub(crate) fn arbetsformedlingen(&self) -> Vec<Listed> {
        self.listed.iter().filter(|listed| listed.catalogue.agency().as_str() == "AF").cloned().collect()
    }
}

pub(crate) fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Reviews against Arbetsförmedlingen's catalogue, which is enough for what a change is.
pub(crate) fn review<P: Decides>(old: Option<&P>, new: &P, consents: &[&str]) -> Result<Review, Refused> {
    let consents: BTreeSet<_> = consents.iter().map(|name| name.parse().unwrap()).collect();
    wait(Review::of(old, new, Bench::get().arbetsformedlingen(), &consents, TODAY))
}
