//! Who is told of what was decided.

use std::sync::Arc;

use ssbtx_core::{AgencyId, Context, Decision};

use crate::edition::Edition;

/// Is told of every question that was answered, once its record is on the disk: what the policies were told and what was decided, never what an agency
/// said or whom it was about.
///
/// It stands between the record and the answer, so it must return at once: what takes time is done elsewhere.
pub trait Observer: Send + Sync {
    /// A question was answered under this edition. The context is the one that the question ended in; `decisions` has the base services of which
    /// something was decided for it, in the order of the answer.
    fn answered(&self, edition: &Arc<Edition>, context: &Context, decisions: &[(AgencyId, Arc<Decision>)]);
}

/// Nobody is told.
impl Observer for () {
    fn answered(&self, _edition: &Arc<Edition>, _context: &Context, _decisions: &[(AgencyId, Arc<Decision>)]) {}
}
