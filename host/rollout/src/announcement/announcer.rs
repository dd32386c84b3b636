//! When what is to be announced is worked out and told.

use std::sync::{Arc, Weak};
use std::time::Duration;

use jiff::civil::Date;
use ssbtx_broker::Edition;
use ssbtx_runtime::FieldFilter;
use tokio::time::{Instant, timeout_at};
use tracing::warn;

use super::affected::affected;
use super::{Announcement, Event};

/// Announces, once for each edition and once more on each day.
#[derive(Default)]
pub struct Announcer {
    told: Weak<Edition>,
    on: Option<Date>,
    announcements: Arc<[Announcement]>,
}

impl Announcer {
    /// Nothing announced yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is to be announced of the active edition today, the day in Sweden. The first call with an edition or on a day logs each announcement as
    /// a warning; others cost nothing.
    ///
    /// It takes at most [`TIME`](Self::TIME): what a policy has not told by then is left out.
    pub async fn announce(&mut self, edition: &Arc<Edition>, today: Date) -> Arc<[Announcement]> {
        let is_told = self.told.as_ptr() == Arc::as_ptr(edition) && self.on == Some(today);
        if !is_told {
            self.announcements = announcements(edition, today).await;
            (self.told, self.on) = (Arc::downgrade(edition), Some(today));
            self.announcements.iter().for_each(tell);
        }
        Arc::clone(&self.announcements)
    }

    /// How long working out what is affected may take, for all announcements together.
    ///
    /// # Units
    ///
    /// 5 s. Two decisions of a well-behaved policy for each agency take some milliseconds; one that loops must not hold up whoever waits for this.
    pub const TIME: Duration = Duration::from_secs(5);
}

async fn announcements(edition: &Edition, today: Date) -> Arc<[Announcement]> {
    let deadline = Instant::now() + Announcer::TIME;
    let of = |policy: &FieldFilter| Announcement::of(policy.role(), policy.bases(), today);
    let mut announcements: Vec<Announcement> = edition.policies().flat_map(of).collect();
    for announcement in &mut announcements {
        announcement.affected = timeout_at(deadline, affected(edition, announcement)).await.ok().flatten();
    }
    announcements.into()
}

fn tell(announcement: &Announcement) {
    let Announcement { role, basis, act, provision, date, days_left, affected, .. } = announcement;
    let elements = affected.as_ref().map(|datasets| datasets.iter().map(|dataset| dataset.elements).sum::<usize>());
    match announcement.event {
        Event::Begins => {
            warn!(%role, %basis, act, provision, %date, days_left, elements, "legal basis begins soon");
        }
        Event::Ends => warn!(%role, %basis, act, provision, %date, days_left, elements, "legal basis ends soon"),
    }
}
