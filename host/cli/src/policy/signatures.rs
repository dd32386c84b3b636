//! Whose signatures a change lacks, as it is told.

use anyhow::Context;
use serde_json::{Value, json};
use ssbtx_signing::{Change, Required, Standing};

use super::Failed;

/// Who must sign a change, and who has.
pub(super) struct Signatures(Vec<Required>);

impl Signatures {
    pub(super) fn of(change: &Change) -> Result<Self, Failed> {
        let required = change.required().context("count the signatures of the change").map_err(Failed::Refused)?;
        Ok(Self(required))
    }

    /// Whether there are enough of them.
    pub(super) fn are_enough(&self) -> bool {
        self.0.iter().all(Required::is_met)
    }

    /// One line for each role: Swedish with English beside it.
    pub(super) fn as_text(&self) -> String {
        let mut lines = vec!["Underskrifter · signatures".to_owned()];
        for required in &self.0 {
            let standing = match required.standing {
                Standing::Before => " (före ändringen · before the change)",
                Standing::After => "",
            };
            let (signed, threshold) = (required.signed.len(), required.threshold);
            let mut line = format!("- {}{standing}: {signed} av {threshold} · {signed} of {threshold}", required.role);
            if !required.signed.is_empty() {
                let names: Vec<String> = required.signed.iter().map(ssbtx_signing::PublicKey::holder).collect();
                line = format!("{line}; har skrivit under · have signed: {}", names.join(", "));
            }
            if !required.is_met() {
                let names: Vec<String> = required.open().map(ssbtx_signing::PublicKey::holder).collect();
                let missing = required.missing();
                line = format!("{line}; {missing} saknas av · {missing} missing of: {}", names.join(", "));
            }
            lines.push(line);
        }
        lines.join("\n")
    }

    pub(super) fn as_json(&self) -> Value {
        let names = |keys: &mut dyn Iterator<Item = String>| keys.collect::<Vec<String>>();
        self.0
            .iter()
            .map(|required| {
                json!({
                    "role": required.role.to_string(),
                    "keys": match required.standing { Standing::Before => "before", Standing::After => "after" },
                    "threshold": required.threshold,
                    "signed": names(&mut required.signed.iter().map(ssbtx_signing::PublicKey::holder)),
                    "open": names(&mut required.open().map(ssbtx_signing::PublicKey::holder)),
                    "missing": required.missing(),
                })
            })
            .collect()
    }
}
