//! Legal bases that begin or end soon, with what rests on them.

use jiff::civil::Date;
use ssbtx_rollout::{Announcer, Event};
use ssbtx_stage::repository::DemoTarget;

use crate::place::{ADAPTER, POLICY, Place, target};

/// With a policy that discloses everything on one basis, in force from 2025-07-01.
fn place() -> Place {
    let targets = [target(ADAPTER, ADAPTER), target(POLICY, "guests/policy-honest.wasm")];
    let grants = ssbtx_stage::grants::for_targets(&targets).unwrap();
    Place::new(&targets.into_iter().chain(grants).collect::<Vec<DemoTarget>>())
}

#[tokio::test]
async fn a_basis_that_begins_is_announced_with_what_opens_by_it() {
    let place = place();
    let edition = place.edition().await;
    let announcements = Announcer::new().announce(&edition, Date::constant(2025, 6, 1)).await;
    let [announcement] = &*announcements else { panic!("{announcements:?}") };
    assert_eq!((announcement.event, announcement.days_left), (Event::Begins, 30));
    assert_eq!((announcement.role.as_str(), announcement.basis.as_str()), ("arbetsmarknad", "exempel"));
    let affected = announcement.affected.as_ref().unwrap();
    assert!(affected.iter().any(|dataset| dataset.dataset.as_str() == "inskrivning" && dataset.elements > 0));
    let shown = serde_json::to_value(announcement).unwrap();
    assert_eq!(
        (&shown["event"], &shown["date"], &shown["daysLeft"]),
        (&"begins".into(), &"2025-07-01".into(), &30.into())
    );
    assert_eq!(shown["affected"][0]["agency"], "AF");
}

#[tokio::test]
async fn a_basis_without_an_end_is_not_announced_once_it_has_begun() {
    let place = place();
    let edition = place.edition().await;
    assert!(Announcer::new().announce(&edition, Date::constant(2025, 7, 1)).await.is_empty());
}

#[tokio::test]
async fn announcements_are_worked_out_once_for_an_edition_and_a_day() {
    let place = place();
    let edition = place.edition().await;
    let mut announcer = Announcer::new();
    let today = Date::constant(2025, 6, 1);
    let first = announcer.announce(&edition, today).await;
    let again = announcer.announce(&edition, today).await;
    assert!(std::sync::Arc::ptr_eq(&first, &again));
    let next_day = announcer.announce(&edition, today.tomorrow().unwrap()).await;
    assert_eq!(next_day[0].days_left, 29);
}

#[tokio::test]
async fn a_policy_that_never_decides_does_not_hold_up_its_announcement() {
    let place = Place::new(&[target(ADAPTER, ADAPTER), target(POLICY, "guests/policy-loops.wasm")]);
    let edition = place.edition().await;
    let announcements = Announcer::new().announce(&edition, Date::constant(2025, 6, 1)).await;
    assert_eq!(announcements.len(), 1);
    assert_eq!(announcements[0].affected, None);
}
