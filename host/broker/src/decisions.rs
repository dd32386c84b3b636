//! What a role may see of an agency: decided once for each policy, catalogue and context, then remembered.

use std::sync::Arc;

use quick_cache::sync::Cache;
use ssbtx_core::{
    AcceptedPending, Catalogue, Context, Decision, Refusal, Sha256Digest, Verdict, VerdictCount, WithholdReason,
};
use ssbtx_runtime::{DecideFailed, FieldFilter};

/// The decisions of one edition.
///
/// The key is everything that a decision follows from: the policy's bytes, the catalogue's content and the context, which holds the day. The
/// accepted pending bases are the edition's own and do not change while it lives.
pub(crate) struct Decisions {
    cache: Cache<Key, Arc<Decision>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    policy: Sha256Digest,
    catalogue: Sha256Digest,
    context: Context,
}

/// Why there is no decision; nothing is disclosed then.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Undecided {
    /// The policy trapped, went past a limit, or did not decide on this role and purpose.
    #[error("policy gave no verdicts")]
    Policy(#[source] DecideFailed),
    /// The policy did not give one verdict per element.
    #[error(transparent)]
    VerdictCount(#[from] VerdictCount),
}

impl Decisions {
    pub(crate) fn new() -> Self {
        Self { cache: Cache::new(CAPACITY) }
    }

    /// Decides, or remembers what was decided.
    pub(crate) async fn decide(
        &self,
        policy: &FieldFilter,
        catalogue: &Arc<Catalogue>,
        context: &Context,
        accepted: &AcceptedPending,
    ) -> Result<Arc<Decision>, Undecided> {
        let key = Key { policy: policy.identity().sha256, catalogue: catalogue.digest(), context: context.clone() };
        self.cache.get_or_insert_async(&key, decide(policy, catalogue, context, accepted)).await
    }
}

async fn decide(
    policy: &FieldFilter,
    catalogue: &Arc<Catalogue>,
    context: &Context,
    accepted: &AcceptedPending,
) -> Result<Arc<Decision>, Undecided> {
    let verdicts = match policy.decide(context, catalogue).await {
        Ok(verdicts) => verdicts,
        // A policy that does not know an agency opens nothing of it.
        Err(DecideFailed::Refused(Refusal::UnknownAgency)) => {
            vec![Verdict::Withhold(WithholdReason::NoLegalBasis); catalogue.elements().len()]
        }
        Err(failed) => return Err(Undecided::Policy(failed)),
    };
    Ok(Arc::new(Decision::new(catalogue, &verdicts, policy.bases(), accepted, context.asked_on)?))
}

/// Two roles, seven agencies, three relations, protected or not: 84 contexts a day, with room for consents.
const CAPACITY: usize = 1024;
