//! What commands do with changes.

use std::path::Path;

use anyhow::Context;
use serde_json::json;
use ssbtx_signing::{Change, ChangeFault, PublicKey, Repository, Required, Standing};

use super::{Failed, Format, print, print_json};

/// Opens a change. One that is not there cannot be opened; one that is not what it must be is refused.
pub fn open(folder: &Path) -> Result<Change, Failed> {
    Change::open(folder).map_err(|error| {
        let not_done = matches!(error, ChangeFault::File(_) | ChangeFault::NoChange(_));
        let error = anyhow::Error::from(error).context("open the change");
        if not_done { Failed::NotDone(error) } else { Failed::Refused(error) }
    })
}

/// Begins a change of a repository. What is drafted into it comes whole or not at all: if drafting fails, nothing is left.
pub fn draft(
    folder: &Path,
    repository: &Path,
    enter: impl FnOnce(&mut Change) -> Result<(), Failed>,
) -> Result<Change, Failed> {
    let repository = Repository::open(repository).context("read the repository").map_err(Failed::NotDone)?;
    let mut change = Change::create(folder, &repository).context("begin the change").map_err(Failed::NotDone)?;
    match enter(&mut change) {
        Ok(()) => Ok(change),
        Err(failed) => {
            // It was made here a moment ago, in a folder that was empty.
            let removed = std::fs::remove_dir_all(folder);
            removed.with_context(|| format!("remove `{}`", folder.display())).map_err(Failed::NotDone)?;
            Err(failed)
        }
    }
}

/// Prints what a change changes, who has signed, and who has to.
pub fn show_open(change: &Change, format: Format) -> Result<(), Failed> {
    let required = required(change)?;
    let differences = change.differences().context("compare the change").map_err(Failed::NotDone)?;
    if format == Format::Json {
        let required: Vec<_> = required.iter().map(as_json).collect();
        let folder = change.folder().display().to_string();
        return print_json(&json!({ "change": folder, "differences": differences, "signatures": required }));
    }
    differences.iter().try_for_each(print)?;
    print("")?;
    show_required(&required)
}

/// Prints who has signed and who has to.
pub fn show_required(required: &[Required]) -> Result<(), Failed> {
    for one in required {
        let by = match one.standing {
            Standing::Before => " (by the old root)",
            Standing::After => "",
        };
        let names = |keys: &mut dyn Iterator<Item = &PublicKey>| {
            let names: Vec<String> = keys.map(PublicKey::holder).collect();
            if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
        };
        let signed = names(&mut one.signed.iter());
        let (role, found, expected) = (one.role, one.signed.len(), one.threshold);
        let rest = if one.is_met() {
            String::new()
        } else {
            format!("; {} more of: {}", one.missing(), names(&mut one.open()))
        };
        print(format_args!("{role}{by}: signed by {found} of {expected}: {signed}{rest}"))?;
    }
    Ok(())
}

pub(super) fn required(change: &Change) -> Result<Vec<Required>, Failed> {
    change.required().context("count the signatures").map_err(Failed::Refused)
}

fn as_json(required: &Required) -> serde_json::Value {
    let key = |key: &PublicKey| json!({ "person": key.person().map(ToString::to_string), "key": key.id().as_str() });
    json!({
        "role": required.role.name(),
        "by": match required.standing { Standing::Before => "before", Standing::After => "after" },
        "threshold": required.threshold,
        "missing": required.missing(),
        "signed": required.signed.iter().map(key).collect::<Vec<_>>(),
        "open": required.open().map(key).collect::<Vec<_>>(),
    })
}
