//! Legal bases that begin or end soon: what closes or opens by itself, told while there is time to act.
//!
//! A basis that ends closes its elements on the day after its last, without anybody doing anything, and one that begins opens them. Both are
//! right by law and a surprise to whoever was not told.

mod affected;
mod announcer;

use jiff::civil::Date;
use jiff::{Span, Unit};
use serde::Serialize;
use ssbtx_core::{BasisId, LegalBasis, Role, Standing};

use crate::text::as_text;

pub use affected::AffectedDataset;
pub use announcer::Announcer;

/// That a legal basis of an active policy begins or ends within [`Announcement::AHEAD_DAYS`].
///
/// # Shape
///
/// `{"role", "basis", "act", "provision", "item", "event": "begins" | "ends", "date", "daysLeft", "affected": [{"agency", "dataset", "elements"}] | null}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    /// The policy's role.
    #[serde(serialize_with = "as_text")]
    pub role: Role,
    /// The basis.
    #[serde(serialize_with = "as_text")]
    pub basis: BasisId,
    /// The act.
    pub act: String,
    /// The provision in it.
    pub provision: String,
    /// The numbered item of the regulation, where it has one.
    pub item: Option<String>,
    /// What happens.
    pub event: Event,
    /// The first day that it is in force, or the last.
    pub date: Date,
    /// From today to that day: 0 on the last day itself.
    pub days_left: i32,
    /// What opens or closes by it, of questions about the person that the case is about, without consents and without a protected identity. Absent where
    /// the policy could not be asked in time; empty where other bases open the same.
    pub affected: Option<Vec<AffectedDataset>>,
}

/// What happens to a legal basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// It comes into force.
    Begins,
    /// It is in force for the last time.
    Ends,
}

impl Announcement {
    /// How long ahead a day is announced.
    ///
    /// # Units
    ///
    /// Days. 90, since preparing, reviewing and signing another policy takes a quarter with several authorities.
    pub const AHEAD_DAYS: i32 = 90;

    /// The announcements of a role's legal bases, in the order of days, without what is affected.
    fn of(role: &Role, bases: &[LegalBasis], today: Date) -> Vec<Self> {
        let mut announcements: Vec<Self> = bases
            .iter()
            .flat_map(|basis| days(basis).into_iter().flatten().map(move |(event, date)| (basis, event, date)))
            .filter_map(|(basis, event, date)| {
                let days_left = within_reach(today, event, date)?;
                Some(Self::new(role, basis, event, date, days_left))
            })
            .collect();
        announcements.sort_by(|one, other| one.date.cmp(&other.date).then_with(|| one.basis.cmp(&other.basis)));
        announcements
    }

    fn new(role: &Role, basis: &LegalBasis, event: Event, date: Date, days_left: i32) -> Self {
        Self {
            role: role.clone(),
            basis: basis.id.clone(),
            act: basis.act.clone(),
            provision: basis.provision.clone(),
            item: basis.item.clone(),
            event,
            date,
            days_left,
            affected: None,
        }
    }
}

/// The days on which a basis begins and ends, where they are decided.
fn days(basis: &LegalBasis) -> [Option<(Event, Date)>; 2] {
    match basis.standing {
        Standing::InForce { from, until } => [Some((Event::Begins, from)), until.map(|until| (Event::Ends, until))],
        Standing::Pending => [None, None],
    }
}

/// How many days are left, where the day is neither past nor too far ahead. A basis that begins today has begun.
fn within_reach(today: Date, event: Event, date: Date) -> Option<i32> {
    let days: i32 = today.until((Unit::Day, date)).as_ref().map(Span::get_days).ok()?;
    let first = match event {
        Event::Begins => 1,
        Event::Ends => 0,
    };
    (first..=Announcement::AHEAD_DAYS).contains(&days).then_some(days)
}

#[cfg(test)]
mod tests {
    use ssbtx_core::Bilingual;

    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 22);

    #[test]
    fn an_end_is_announced_from_ninety_days_ahead_until_its_last_day() {
        for (date, left) in [
            (Date::constant(2026, 11, 21), None),
            (TODAY, Some(0)),
            (Date::constant(2026, 12, 31), Some(39)),
            (Date::constant(2027, 2, 20), Some(90)),
            (Date::constant(2027, 2, 21), None),
            (Date::MAX, None),
        ] {
            assert_eq!(within_reach(TODAY, Event::Ends, date), left, "{date}");
        }
    }

    #[test]
    fn a_basis_that_begins_today_has_begun_and_is_not_announced() {
        assert_eq!(within_reach(TODAY, Event::Begins, TODAY), None);
        assert_eq!(within_reach(TODAY, Event::Begins, Date::constant(2026, 11, 23)), Some(1));
    }

    fn basis(id: &str, standing: Standing) -> LegalBasis {
        LegalBasis {
            id: id.parse().unwrap(),
            act: "SoL (2025:400)".to_owned(),
            provision: "15 kap. 11 §".to_owned(),
            item: None,
            standing,
            title: Bilingual { sv: String::new(), en: String::new() },
        }
    }

    fn in_force(id: &str, from: &str, until: Option<&str>) -> LegalBasis {
        let until = until.map(|until| until.parse().unwrap());
        basis(id, Standing::InForce { from: from.parse().unwrap(), until })
    }

    #[test]
    fn what_begins_and_what_ends_is_announced_in_the_order_of_days() {
        let bases = [
            in_force("ends-late", "2025-07-01", Some("2027-01-31")),
            in_force("ends-soon", "2025-07-01", Some("2026-12-31")),
            in_force("begins", "2027-01-01", None),
            in_force("passes", "2026-12-01", Some("2026-12-02")),
            in_force("stays", "2025-07-01", None),
            basis("practice", Standing::Pending),
        ];
        let announcements = Announcement::of(&"arbetsmarknad".parse().unwrap(), &bases, TODAY);
        let told: Vec<String> = announcements
            .iter()
            .map(|one| format!("{} {} {:?} {}", one.date, one.basis, one.event, one.days_left))
            .collect();
        assert_eq!(
            told,
            [
                "2026-12-01 passes Begins 9",
                "2026-12-02 passes Ends 10",
                "2026-12-31 ends-soon Ends 39",
                "2027-01-01 begins Begins 40",
                "2027-01-31 ends-late Ends 70"
            ]
        );
    }
}
