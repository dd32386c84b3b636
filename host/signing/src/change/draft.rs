//! Editing what is to be signed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use ssbtx_core::Sha256Digest;
use ssbtx_trust::TargetName;
use tough::schema::{Target, Targets};

use super::{Change, ChangeFault, METADATA, TARGETS};
use crate::file;
use crate::role::OfflineRole;
use crate::role_set::{Content, RoleSetFault, pretty};
use crate::terms::Terms;

/// A target, as a role lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// The digest of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Its length, in bytes.
    pub length: u64,
    /// What is signed beside it; null where nothing is.
    pub custom: Value,
}

impl Change {
    /// Lists a target in the metadata of the one role that may list it, in place of one of that name if there is one.
    ///
    /// `custom` is what is signed beside it, an object, or null for nothing.
    ///
    /// # Errors
    ///
    /// [`ChangeFault`], where nobody is delegated to sign such a target, or somebody has signed the role already.
    pub fn put_target(
        &mut self,
        name: &TargetName,
        bytes: &[u8],
        custom: &Value,
        terms: &Terms,
    ) -> Result<(), ChangeFault> {
        let role = OfflineRole::Delegated(name.delegation());
        let mut entry = json!({
            "length": bytes.len(),
            "hashes": { "sha256": Sha256Digest::of(bytes).to_string() },
        });
        if let (Some(entry), false) = (entry.as_object_mut(), custom.is_null()) {
            entry.insert("custom".to_owned(), custom.clone());
        }
        let malformed = |source| RoleSetFault::Malformed { role: role.name(), source };
        let target: Target = serde_json::from_value(entry).map_err(malformed)?;
        let mut targets = self.edited_targets(role, terms)?;
        targets.targets.insert(framework_name(name)?, target);
        file::write(&self.target_path(name), bytes)?;
        self.put(role, Content::Targets(targets))
    }

    /// Takes a target out of the metadata of the one role that may list it.
    ///
    /// # Errors
    ///
    /// [`ChangeFault`], where it is not listed, or somebody has signed the role already.
    pub fn remove_target(&mut self, name: &TargetName, terms: &Terms) -> Result<(), ChangeFault> {
        let role = OfflineRole::Delegated(name.delegation());
        let mut targets = self.edited_targets(role, terms)?;
        if targets.targets.remove(&framework_name(name)?).is_none() {
            return Err(ChangeFault::NoTarget { role: role.name(), target: name.to_string() });
        }
        self.put(role, Content::Targets(targets))
    }

    /// Takes a role as it is into the change, to be signed anew: one version later, valid from now.
    ///
    /// # Errors
    ///
    /// [`ChangeFault`], where there is no such role, or somebody has signed it already.
    pub fn renew(&mut self, role: OfflineRole, terms: &Terms) -> Result<(), ChangeFault> {
        let content = self.edited(role, terms)?;
        self.put(role, content)
    }

    /// What a role will list when the change is published, in the order of names; nothing where there is no such role.
    pub fn targets(&self, role: OfflineRole) -> Vec<Listed> {
        let base = || self.base.as_ref().and_then(|base| base.content(role));
        let Some(Content::Targets(targets)) = self.drafts.get(&role).cloned().or_else(base) else { return Vec::new() };
        listed(&targets)
    }

    /// The bytes of a target that the change lists anew; nothing where the repository has them.
    ///
    /// # Errors
    ///
    /// [`ChangeFault`] where the file cannot be read, or is not what the role lists.
    pub fn target_bytes(&self, name: &TargetName) -> Result<Option<Vec<u8>>, ChangeFault> {
        let role = OfflineRole::Delegated(name.delegation());
        let Some(bytes) = file::read_if_there(&self.target_path(name))? else { return Ok(None) };
        let listed = self.targets(role).into_iter().find(|listed| listed.name == name.to_string());
        if listed.is_none_or(|listed| listed.sha256 != Sha256Digest::of(&bytes).to_string()) {
            return Err(ChangeFault::TargetDiffers { role: role.name(), target: name.to_string() });
        }
        Ok(Some(bytes))
    }

    /// A role's content, ready to be edited: the draft if there is one, else the content in force, renewed.
    pub(crate) fn edited(&self, role: OfflineRole, terms: &Terms) -> Result<Content, ChangeFault> {
        if !self.signatures(role).is_empty() {
            return Err(ChangeFault::Signed { role: role.name() });
        }
        if let Some(draft) = self.drafts.get(&role) {
            return Ok(draft.clone());
        }
        let content = self.base.as_ref().and_then(|base| base.content(role));
        let content = content.ok_or_else(|| ChangeFault::NoRole { role: role.name() })?;
        Ok(content.renewed(terms.lifetimes.of(role).from(terms.now)))
    }

    pub(crate) fn edited_targets(&self, role: OfflineRole, terms: &Terms) -> Result<Targets, ChangeFault> {
        match self.edited(role, terms)? {
            Content::Targets(targets) => Ok(targets),
            Content::Root(_) => Err(ChangeFault::NoRole { role: role.name() }),
        }
    }

    pub(crate) fn put(&mut self, role: OfflineRole, content: Content) -> Result<(), ChangeFault> {
        let path = self.path(METADATA).join(format!("{role}.json"));
        file::write(&path, &pretty(&content.to_json()))?;
        self.drafts.insert(role, content);
        Ok(())
    }

    fn target_path(&self, name: &TargetName) -> PathBuf {
        self.path(TARGETS).join(name.to_string())
    }
}

pub(crate) fn listed(targets: &Targets) -> Vec<Listed> {
    let custom = |target: &Target| {
        if target.custom.is_empty() { Value::Null } else { target.custom.clone().into_iter().collect() }
    };
    let mut listed: Vec<Listed> = targets
        .targets
        .iter()
        .map(|(name, target)| Listed {
            name: name.raw().to_owned(),
            sha256: hex::encode(&target.hashes.sha256),
            length: target.length,
            custom: custom(target),
        })
        .collect();
    listed.sort_by(|a, b| a.name.cmp(&b.name));
    listed
}

/// Every role's content in a change's folder.
pub(super) fn read(folder: &Path) -> Result<BTreeMap<OfflineRole, Content>, ChangeFault> {
    let mut drafts = BTreeMap::new();
    for name in file::names(folder)? {
        let role = name.strip_suffix(".json").and_then(|stem| stem.parse().ok());
        let role: OfflineRole = role.ok_or_else(|| ChangeFault::NoRole { role: name.escape_default().to_string() })?;
        drafts.insert(role, Content::parse(role, &file::read(&folder.join(name))?)?);
    }
    Ok(drafts)
}

fn framework_name(name: &TargetName) -> Result<tough::TargetName, ChangeFault> {
    let no_target = || ChangeFault::NoTarget { role: name.delegation().to_string(), target: name.to_string() };
    tough::TargetName::new(name.to_string()).map_err(|_| no_target())
}
