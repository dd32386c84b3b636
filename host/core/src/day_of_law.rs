//! The days between which a policy is told no difference.

use jiff::civil::Date;

use crate::legal_basis::{LegalBasis, Standing};

/// The day that stands for every day on which these legal bases stand as they do on `on`: the latest up to it on which one of them began, or had
/// ended the day before. A fixed day long past where there is none.
///
/// A policy is told this day and not the calendar's, so that what it says cannot change on a day that no legal basis accounts for. A review that asks on
/// each of these days has asked everything; if a policy could read the calendar, no review could be complete.
pub fn day_of_law(bases: &[LegalBasis], on: Date) -> Date {
    let turns = bases.iter().filter_map(|basis| match basis.standing {
        Standing::InForce { from, until } => Some([Some(from), until.and_then(|until| until.tomorrow().ok())]),
        Standing::Pending => None,
    });
    turns.flatten().flatten().filter(|turn| *turn <= on).max().unwrap_or(BEFORE_ALL_LAW)
}

/// Written as any other day, and before the first day of any basis.
const BEFORE_ALL_LAW: Date = Date::constant(1, 1, 1);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Bilingual;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn basis(standing: Standing) -> LegalBasis {
        LegalBasis {
            id: "a".parse().unwrap(),
            act: "SoL".to_owned(),
            provision: "1 §".to_owned(),
            item: None,
            standing,
            title: Bilingual { sv: "a".to_owned(), en: "a".to_owned() },
        }
    }

    fn bases() -> [LegalBasis; 3] {
        let in_force = |from, until: Option<&str>| Standing::InForce { from: day(from), until: until.map(day) };
        [in_force("2025-07-01", None), in_force("2026-01-01", Some("2026-06-30")), Standing::Pending].map(basis)
    }

    #[test]
    fn a_policy_cannot_tell_two_days_apart_on_which_the_law_is_the_same() {
        for (on, told) in [
            ("2025-06-30", "0001-01-01"),
            ("2025-07-01", "2025-07-01"),
            ("2025-12-31", "2025-07-01"),
            ("2026-01-01", "2026-01-01"),
            ("2026-06-30", "2026-01-01"),
            ("2026-07-01", "2026-07-01"),
            ("2999-12-31", "2026-07-01"),
        ] {
            assert_eq!(day_of_law(&bases(), day(on)).to_string(), told, "{on}");
        }
    }

    #[test]
    fn every_basis_stands_on_the_day_that_is_told_as_it_does_on_the_day_itself() {
        let stands = |basis: &LegalBasis, on: Date| match basis.standing {
            Standing::InForce { from, until } => from <= on && until.is_none_or(|until| on <= until),
            Standing::Pending => false,
        };
        for on in day("2025-06-01").series(jiff::Span::new().days(1)).take(500) {
            let told = day_of_law(&bases(), on);
            assert!(bases().iter().all(|basis| stands(basis, on) == stands(basis, told)), "{on}");
            assert_eq!(day_of_law(&bases(), told), told, "{on}");
        }
    }

    #[test]
    fn a_policy_without_law_is_always_told_the_same_day() {
        let pending = [basis(Standing::Pending)];
        assert_eq!(day_of_law(&pending, day("2026-11-22")), day_of_law(&[], day("2030-01-01")));
    }
}
