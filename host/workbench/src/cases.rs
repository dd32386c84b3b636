//! The cases that an adapter carries, put to it.

use std::error::Error;

use ssbtx_runtime::Adapter;
use ssbtx_self_test::{cases_of, test_adapter};

use crate::finding::Finding;

/// How many cases a component carries, and what there is to say about them.
///
/// # Shape
///
/// | rule | level | found |
/// |---|---|---|
/// | `cases-unusable` | fault | what it carries are no cases: no host takes it |
/// | `case-broken` | fault | a case does not hold: no host takes it |
/// | `no-cases` | warning | it carries none, so that a host takes it whatever it does |
pub(crate) async fn findings(component: &[u8], adapter: &Adapter) -> (usize, Option<Finding>) {
    let cases = match cases_of(component) {
        Ok(cases) => cases,
        Err(invalid) => return (0, Some(Finding::fault("cases-unusable", "", told(&invalid)))),
    };
    if cases.is_empty() {
        let text = "it carries no cases, so that a host cannot find out whether it still does what it should: `ssbtx adapter pack`";
        return (0, Some(Finding::warning("no-cases", "", text)));
    }
    let failed = test_adapter(adapter, &cases).await.err();
    (cases.len(), failed.map(|failed| Finding::fault("case-broken", "", told(&failed))))
}

/// An error and all that it comes from, in one line.
fn told(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
