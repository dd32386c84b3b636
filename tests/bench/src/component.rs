//! The components, with their sizes and what an exchange takes in each.

use crate::statistics::Pairs;
use crate::table::{aligned, rounded};

/// One component that a host loads.
pub struct ComponentLine {
    /// Its name in a repository.
    pub target: &'static str,
    /// Its size.
    pub bytes: usize,
    /// An adapter's exchange.
    pub exchange: Option<Exchange>,
}

/// Planning a question and absorbing its reply, in microseconds: in the sandbox, and the same code natively.
pub struct Exchange {
    /// The size of the reply.
    pub reply_bytes: usize,
    /// What it takes.
    pub microseconds: Pairs,
}

/// The components as a Markdown table.
pub(crate) fn components_table(lines: &[ComponentLine]) -> String {
    aligned(["component", "bytes", "reply [bytes]", "exchange [µs]", "natively [µs]", "ratio"], lines.iter().map(cells))
}

fn cells(line: &ComponentLine) -> [String; 6] {
    let none = || "–".to_owned();
    let of = |value: Option<f64>| value.map_or_else(none, rounded);
    let times = line.exchange.as_ref().map(|exchange| &exchange.microseconds);
    [
        format!("`{}`", line.target),
        line.bytes.to_string(),
        line.exchange.as_ref().map_or_else(none, |exchange| exchange.reply_bytes.to_string()),
        of(times.and_then(Pairs::ours)),
        of(times.and_then(Pairs::reference)),
        of(times.and_then(Pairs::ratio).map(|ratio| ratio.median)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adapter_is_told_with_its_exchange_and_a_policy_with_its_size() {
        let mut microseconds = Pairs::default();
        microseconds.push(60.0, 20.0);
        let exchange = Some(Exchange { reply_bytes: 2098, microseconds });
        let adapter = ComponentLine { target: "adapters/af/adapter.wasm", bytes: 145_623, exchange };
        let policy = ComponentLine { target: "policies/x/policy.wasm", bytes: 33_974, exchange: None };
        insta::assert_snapshot!(components_table(&[adapter, policy]), @r"
        | component                  | bytes  | reply [bytes] | exchange [µs] | natively [µs] | ratio |
        |----------------------------|--------|---------------|---------------|---------------|-------|
        | `adapters/af/adapter.wasm` | 145623 | 2098          | 60.0          | 20.0          | 3.00  |
        | `policies/x/policy.wasm`   | 33974  | –             | –             | –             | –     |
        ");
    }
}
