//! Every context that a policy can be asked in.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;
use ssbtx_core::{BasisId, Context, InvalidName, LegalBasis, PurposeCode, Relation, Role, Standing};

/// Every context in which a host can ask the policies of one role, laid out in four directions.
///
/// Purpose and role are one each: a host has no other. A day stands for all days up to the next one of the list, since no legal basis begins or
/// ends between them; that a policy does not decide otherwise in between is checked, not assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    role: Role,
    purpose: PurposeCode,
    consents: Vec<Vec<BasisId>>,
    days: Vec<Date>,
}

/// A context's place: relation, consents, protected identity, day, each as a position in its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point(pub(crate) [usize; DIRECTIONS]);

impl Space {
    /// Lays out the contexts.
    ///
    /// Days are today, each first and last day of a legal basis, and the day after each last day. Consents are none, each of those named alone, and
    /// all of them.
    ///
    /// # Errors
    ///
    /// [`InvalidName`] never in practice: the host's own purpose is a name.
    pub fn new<'b>(
        role: Role,
        bases: impl IntoIterator<Item = &'b LegalBasis>,
        consents: &BTreeSet<BasisId>,
        today: Date,
    ) -> Result<Self, InvalidName> {
        let mut days = BTreeSet::from([today]);
        for basis in bases {
            if let Standing::InForce { from, until } = basis.standing {
                days.insert(from);
                days.extend(until);
                days.extend(until.and_then(|until| until.tomorrow().ok()));
            }
        }
        let mut combinations = vec![Vec::new()];
        combinations.extend(consents.iter().map(|consent| vec![consent.clone()]));
        if consents.len() > 1 {
            combinations.push(consents.iter().cloned().collect());
        }
        let purpose = PurposeCode::CASE_WORK.parse()?;
        Ok(Self { role, purpose, consents: combinations, days: days.into_iter().collect() })
    }

    /// The role that asks.
    pub fn role(&self) -> &Role {
        &self.role
    }

    /// The purpose of every question.
    pub fn purpose(&self) -> &PurposeCode {
        &self.purpose
    }

    /// The combinations of consents.
    pub fn consents(&self) -> &[Vec<BasisId>] {
        &self.consents
    }

    /// The days, in order; at least one.
    pub fn days(&self) -> &[Date] {
        &self.days
    }

    /// How many contexts there are.
    pub fn len(&self) -> usize {
        self.sizes().iter().product()
    }

    /// Whether there is none, which never is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every context's place, in order.
    pub fn points(&self) -> impl Iterator<Item = Point> + use<> {
        let [relations, consents, protections, days] = self.sizes();
        (0..relations).flat_map(move |relation| {
            (0..consents).flat_map(move |consent| {
                (0..protections)
                    .flat_map(move |protection| (0..days).map(move |day| Point([relation, consent, protection, day])))
            })
        })
    }

    /// The context at a place; none outside the space.
    pub fn context(&self, point: Point) -> Option<Context> {
        let [relation, consents, protection, day] = point.0;
        Some(Context {
            role: self.role.clone(),
            purpose: self.purpose.clone(),
            relation: *RELATIONS.get(relation)?,
            consents: self.consents.get(consents)?.clone(),
            protected_identity: *PROTECTION.get(protection)?,
            asked_on: *self.days.get(day)?,
        })
    }

    /// The last day that a day stands for; for the last of the list, ten years on.
    pub fn last_day_of(&self, day: usize) -> Option<Date> {
        match self.days.get(day + 1) {
            Some(next) => next.yesterday().ok(),
            None => self.days.get(day)?.checked_add(Span::new().years(10)).ok(),
        }
    }

    pub(crate) fn sizes(&self) -> [usize; DIRECTIONS] {
        [RELATIONS.len(), self.consents.len(), PROTECTION.len(), self.days.len()]
    }
}

impl Point {
    /// The position of its day.
    pub(crate) fn day(self) -> usize {
        let [_, _, _, day] = self.0;
        day
    }
}

/// How many directions a space has.
pub(crate) const DIRECTIONS: usize = 4;
/// The relations, in the order of the first direction.
pub(crate) const RELATIONS: [Relation; 3] = [Relation::Subject, Relation::HouseholdAdult, Relation::HouseholdChild];
/// Whether the identity is protected, in the order of the third direction.
pub(crate) const PROTECTION: [bool; 2] = [false, true];

#[cfg(test)]
mod tests {
    use ssbtx_core::Bilingual;

    use super::*;

    fn basis(from: &str, until: Option<&str>) -> LegalBasis {
        LegalBasis {
            id: "a".parse().unwrap(),
            act: "SoL".to_owned(),
            provision: "1 §".to_owned(),
            item: None,
            standing: Standing::InForce {
                from: from.parse().unwrap(),
                until: until.map(|until| until.parse().unwrap()),
            },
            title: Bilingual { sv: "a".to_owned(), en: "a".to_owned() },
        }
    }

    #[test]
    fn every_day_on_which_a_basis_begins_or_ends_is_reviewed_and_the_day_after() {
        let bases = [basis("2025-07-01", None), basis("2026-01-01", Some("2026-06-30"))];
        let today = "2026-03-01".parse().unwrap();
        let space = Space::new("a".parse().unwrap(), &bases, &BTreeSet::new(), today).unwrap();
        let days: Vec<String> = space.days().iter().map(Date::to_string).collect();
        assert_eq!(days, ["2025-07-01", "2026-01-01", "2026-03-01", "2026-06-30", "2026-07-01"]);
        assert_eq!(space.last_day_of(0).unwrap().to_string(), "2025-12-31");
        assert_eq!(space.last_day_of(4).unwrap().to_string(), "2036-07-01");
        assert_eq!(space.len(), 3 * 2 * 5);
        assert_eq!(space.points().filter_map(|point| space.context(point)).count(), space.len());
    }

    #[test]
    fn consents_are_none_each_alone_and_all() {
        let names = ["a", "b"].map(|name| name.parse().unwrap()).into();
        let space = Space::new("a".parse().unwrap(), &[], &names, "2026-03-01".parse().unwrap()).unwrap();
        let lengths: Vec<usize> = space.consents().iter().map(Vec::len).collect();
        assert_eq!(lengths, [0, 1, 1, 2]);
    }
}
