//! From the trusted root to the newest one known.

use std::collections::BTreeMap;

use bytes::Bytes;
use tough::schema::{Root, Signed};

use crate::not_trusted::KeptFault;

/// The root that a load begins at, with those that lead to it.
#[derive(Debug, Clone)]
pub(crate) struct RootChain {
    newest: Bytes,
    /// By version, the newest included, and those before the trusted one that were kept.
    roots: BTreeMap<u64, Bytes>,
    trusted: u64,
}

impl RootChain {
    /// A chain of the trusted root alone. One that cannot be read is left to the framework to refuse.
    pub(crate) fn of(trusted: &[u8]) -> Self {
        let newest = Bytes::copy_from_slice(trusted);
        let version = parse(trusted).map_or(0, |root| root.signed.version.get());
        Self { roots: BTreeMap::from([(version, newest.clone())]), newest, trusted: version }
    }

    /// As far as the kept roots lead on from the trusted one.
    ///
    /// Where the trusted root is newer than every kept one, the operator's word is newer than the memory, and the chain begins anew.
    ///
    /// # Errors
    ///
    /// [`KeptFault::ForeignRoot`], when the kept roots do not descend from the trusted one.
    pub(crate) fn reaching(trusted: &[u8], kept: &BTreeMap<u64, Bytes>) -> Result<Self, KeptFault> {
        let begun = Self::of(trusted);
        let Some(mut last) = parse(trusted).filter(|root| root.signed.verify_role(root).is_ok()) else {
            return Ok(begun);
        };
        let trusted_version = last.signed.version.get();
        let Some((&newest_version, newest)) = kept.last_key_value().filter(|(newest, _)| **newest >= trusted_version)
        else {
            return Ok(begun);
        };
        let foreign = || KeptFault::ForeignRoot { kept: newest_version, trusted: trusted_version };
        // Of two roots with one version and other content, one is forged.
        if let Some(same) = kept.get(&trusted_version) {
            parse(same).filter(|same| same.signed == last.signed).ok_or_else(foreign)?;
        }
        for version in trusted_version + 1..=newest_version {
            let next = kept.get(&version).and_then(|bytes| parse(bytes)).ok_or_else(foreign)?;
            let follows = next.signed.version.get() == version
                && last.signed.verify_role(&next).is_ok()
                && next.signed.verify_role(&next).is_ok();
            if !follows {
                return Err(foreign());
            }
            last = next;
        }
        let mut roots = kept.clone();
        roots.extend(begun.roots);
        Ok(Self { newest: newest.clone(), roots, trusted: trusted_version })
    }

    /// The newest root, byte for byte.
    pub(crate) fn newest(&self) -> &Bytes {
        &self.newest
    }

    /// Every root with its version, also those before the trusted one: who configures an older root again needs the way from there.
    pub(crate) fn roots(&self) -> &BTreeMap<u64, Bytes> {
        &self.roots
    }

    /// The trusted root and those after it, on which trust rests.
    pub(crate) fn since_trusted(&self) -> impl Iterator<Item = (u64, &Bytes)> {
        self.roots.range(self.trusted..).map(|(version, root)| (*version, root))
    }
}

fn parse(root: &[u8]) -> Option<Signed<Root>> {
    serde_json::from_slice(root).ok()
}
