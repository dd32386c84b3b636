//! What a host would say of the source's set, without a host.

use ssbtx_trust::Memory;

use crate::attempt_failed::AttemptFailed;
use crate::course::Course;
use crate::demands::Demands;
use crate::settings::RolloutSettings;
use crate::status::{EditionStatus, Origin};
use crate::telling::tell;

/// Loads and examines the source's set as a host with these settings would, and logs what it would.
///
/// It leaves the folder of the last good copy alone, which a running host may be using, and so remembers nothing: a set that is older than the
/// host's is not told from it.
///
/// # Errors
///
/// [`AttemptFailed`], with what a host would refuse.
pub async fn rehearse(settings: &RolloutSettings) -> Result<EditionStatus, AttemptFailed> {
    let mut repository = settings.repository.clone();
    repository.memory = Memory::ThisLoadOnly;
    let trusted = ssbtx_trust::load(&repository).await.map_err(AttemptFailed::NotTrusted)?;
    let now = (repository.now)();
    let examined = Demands::of(settings).examine(&trusted, None, now, &mut Course::begin()).await?;
    let status = EditionStatus::of(&examined, Origin::Source, trusted.fingerprint(), now);
    tell(&status, None, &settings.roles);
    Ok(status)
}
