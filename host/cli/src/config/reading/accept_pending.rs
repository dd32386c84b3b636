//! Which pending legal bases are accepted.

use std::collections::BTreeSet;

use ssbtx_config_file::Table;
use ssbtx_core::{AcceptedPending, AcceptedScope, AgencyId, BasisId, DatasetId};

use super::Reading;
use crate::config_file;

impl Reading<'_> {
    pub(super) fn accepted_pending(&self) -> AcceptedPending {
        let mut accepted = AcceptedPending::default();
        let mut seen = BTreeSet::new();
        for table in self.root.tables("accept-pending", config_file::ACCEPT_PENDING) {
            let basis = table.text("basis", "the name of a legal basis", str::parse::<BasisId>);
            let scope = scope(&table);
            let (Some(basis), Some(scope)) = (basis, scope) else { continue };
            // The second would silently take the place of the first.
            if seen.insert(basis.clone()) {
                accepted = accepted.with(basis, scope);
            } else {
                table.fault("basis", format_args!("`{basis}` is accepted twice"));
            }
        }
        accepted
    }
}

fn scope(table: &Table<'_>) -> Option<AcceptedScope> {
    let expected = "a list of datasets, such as `[\"AF/inskrivning\"]`";
    let read = table.list("datasets", expected, |text| {
        dataset(text).ok_or_else(|| format!("`{text}` is not agency and dataset, such as `AF/inskrivning`"))
    });
    let Some(datasets) = read? else { return Some(AcceptedScope::EveryDataset) };
    if datasets.is_empty() {
        table.fault("datasets", "empty list, expected at least one dataset, or no such key for all of them");
    }
    Some(AcceptedScope::Datasets(datasets.into_iter().collect()))
}

/// Agency and dataset, as `AF/inskrivning`.
fn dataset(text: &str) -> Option<(AgencyId, DatasetId)> {
    let (agency, dataset) = text.split_once('/')?;
    Some((agency.parse().ok()?, dataset.parse().ok()?))
}
