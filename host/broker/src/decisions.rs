//! What a role may see of an agency: decided once for each policy, adapter and context, then remembered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::sync::Cache;
use ssbtx_core::{
    AcceptedPending, Context, Decision, Refusal, Restrictions, Sha256Digest, Verdict, VerdictCount, WithholdReason,
};
use ssbtx_runtime::{Adapter, DecideFailed, FieldFilter};

use crate::figures::RememberedFigures;

/// The decisions of one edition.
///
/// The key is everything that a decision follows from: the policy's bytes, the adapter's, whose catalogue they hold, and the context with its role and
/// day. The accepted pending bases and what bounds each role's policy are the edition's own and do not change while it lives.
pub struct Decisions {
    cache: Cache<Key, Arc<Decision>>,
    asked: AtomicU64,
    misses: AtomicU64,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    policy: Sha256Digest,
    adapter: Sha256Digest,
    context: Context,
}

/// Why there is no decision; nothing is disclosed then.
#[derive(Debug, thiserror::Error)]
pub enum Undecided {
    /// The policy trapped, went past a limit, or did not decide on this role and purpose.
    #[error("policy gave no verdicts")]
    Policy(#[source] DecideFailed),
    /// The policy did not give one verdict per element.
    #[error(transparent)]
    VerdictCount(#[from] VerdictCount),
}

impl Default for Decisions {
    /// Nothing is decided yet.
    fn default() -> Self {
        Self { cache: Cache::new(CAPACITY), asked: AtomicU64::new(0), misses: AtomicU64::new(0) }
    }
}

impl Decisions {
    /// Decides, or remembers what was decided.
    ///
    /// # Errors
    ///
    /// [`Undecided`], where the policy gives no verdicts or too few or many: nothing is disclosed then, and nothing remembered.
    pub async fn decide(
        &self,
        policy: &FieldFilter,
        adapter: &Adapter,
        context: &Context,
        accepted: &AcceptedPending,
        restrictions: &Restrictions,
    ) -> Result<Arc<Decision>, Undecided> {
        let key =
            Key { policy: policy.identity().sha256, adapter: adapter.identity().sha256, context: context.clone() };
        self.asked.fetch_add(1, Ordering::Relaxed);
        let deciding = async {
            self.misses.fetch_add(1, Ordering::Relaxed);
            decide(policy, adapter, context, accepted, restrictions).await
        };
        self.cache.get_or_insert_async(&key, deciding).await
    }

    /// How often a decision was remembered, and how many are.
    pub fn figures(&self) -> RememberedFigures {
        let misses = self.misses.load(Ordering::Relaxed);
        let hits = self.asked.load(Ordering::Relaxed).saturating_sub(misses);
        RememberedFigures { hits, misses, kept: self.cache.len() }
    }
}

async fn decide(
    policy: &FieldFilter,
    adapter: &Adapter,
    context: &Context,
    accepted: &AcceptedPending,
    restrictions: &Restrictions,
) -> Result<Arc<Decision>, Undecided> {
    let catalogue = adapter.catalogue();
    let verdicts = match policy.decide(context, catalogue).await {
        Ok(verdicts) => verdicts,
        // A policy that does not know an agency opens nothing of it.
        Err(DecideFailed::Refused(Refusal::UnknownAgency)) => {
            vec![Verdict::Withhold(WithholdReason::NoLegalBasis); catalogue.elements().len()]
        }
        Err(failed) => return Err(Undecided::Policy(failed)),
    };
    let (bases, sha256) = (policy.bases(), adapter.identity().sha256);
    let decision = Decision::within(catalogue, &verdicts, bases, accepted, context, sha256, restrictions)?;
    Ok(Arc::new(decision))
}

/// Two roles, seven agencies, three relations, protected or not: 84 contexts a day, with room for consents.
const CAPACITY: usize = 1024;
