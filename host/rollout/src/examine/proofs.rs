//! What was examined before and found right.

use std::collections::VecDeque;

use ssbtx_core::Sha256Digest;

/// What was examined before and found right, each by a digest of everything that the outcome follows from.
///
/// A component is a function of what it is given, so what held once holds whenever all of that is the same: also for a set that comes back after
/// others, as one that is withdrawn and published again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Proofs(VecDeque<Sha256Digest>);

impl Proofs {
    pub(super) fn hold(&self, what: Sha256Digest) -> bool {
        self.0.contains(&what)
    }

    /// Adds one; what was not added for the longest time goes.
    pub(super) fn add(&mut self, what: Sha256Digest) {
        self.0.retain(|known| *known != what);
        self.0.push_back(what);
        if self.0.len() > MOST {
            self.0.pop_front();
        }
    }
}

/// A set of seven adapters and two policies has eleven.
const MOST: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: usize) -> Sha256Digest {
        Sha256Digest::of(&number.to_be_bytes())
    }

    #[test]
    fn what_was_found_right_is_remembered_until_much_else_was() {
        let mut proofs = Proofs::default();
        assert!(!proofs.hold(number(0)));
        (0..MOST).for_each(|one| proofs.add(number(one)));
        proofs.add(number(0));
        proofs.add(number(MOST));
        assert!(proofs.hold(number(0)) && proofs.hold(number(MOST)), "the newest are there");
        assert!(!proofs.hold(number(1)), "the oldest is not");
    }
}
