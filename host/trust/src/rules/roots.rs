//! The roots, from the trusted one to the newest.

use tough::schema::{RoleType, Root, Signed};

use super::needs_enough_persons;
use crate::journal::Journal;
use crate::last_good::RootChain;
use crate::not_trusted::NotTrusted;
use crate::settings::RepositorySettings;
use crate::{keys, persons};

/// Every root of the chain: each was verified by the one before it, and each says who targets, and so who governance is.
pub(super) fn count_persons(
    beginning: &RootChain,
    journal: &Journal,
    settings: &RepositorySettings,
) -> Result<(), NotTrusted> {
    let known = beginning.since_trusted().map(|(version, bytes)| (format!("{version}.root.json"), bytes.to_vec()));
    let new = journal.entries().into_iter().filter(|entry| entry.role() == "root");
    for (file, bytes) in known.chain(new.map(|entry| (entry.file().to_owned(), entry.bytes().to_vec()))) {
        let root: Signed<Root> =
            serde_json::from_slice(&bytes).map_err(|source| NotTrusted::Malformed { file, source })?;
        keys::are_distinct("root", &root.signed.keys)?;
        for kind in [RoleType::Root, RoleType::Targets] {
            let role = root.signed.roles.get(&kind);
            let threshold = role.map_or(0, |role| role.threshold.get());
            needs_enough_persons(&kind.to_string(), threshold, settings)?;
            let key_ids = role.map_or(&[][..], |role| &role.keyids);
            persons::are_distinct(&kind.to_string(), key_ids, &root.signed.keys)?;
        }
    }
    Ok(())
}
