//! What is demanded of a set before it is used.

use jiff::Timestamp;
use ssbtx_core::{AcceptedPending, day_in_sweden};
use ssbtx_runtime::Sandbox;
use ssbtx_trust::TrustedSet;

use crate::attempt_failed::AttemptFailed;
use crate::course::Course;
use crate::examine::{Examination, Examined};
use crate::reachable::Reachable;
use crate::settings::RolloutSettings;

/// What one host demands of a set, as it is configured.
#[derive(Clone, Copy)]
pub(crate) struct Demands<'s> {
    sandbox: &'s Sandbox,
    accepted_pending: &'s AcceptedPending,
    reachable: &'s Reachable,
}

impl<'s> Demands<'s> {
    pub(crate) fn of(settings: &'s RolloutSettings) -> Self {
        let RolloutSettings { sandbox, accepted_pending, reachable, .. } = settings;
        Self { sandbox, accepted_pending, reachable }
    }

    /// Examines a set, and looks whether the host is configured for it.
    pub(crate) async fn examine(
        self,
        trusted: &TrustedSet,
        earlier: Option<&Examined>,
        now: Timestamp,
        course: &mut Course,
    ) -> Result<Examined, AttemptFailed> {
        let Self { sandbox, accepted_pending, reachable } = self;
        let examination = Examination::begin(sandbox, trusted, accepted_pending, earlier).await?;
        reachable.suffices(examination.edition())?;
        Ok(examination.finish(day_in_sweden(now), course).await?)
    }
}
