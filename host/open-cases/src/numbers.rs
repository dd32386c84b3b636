//! How values stand in a store: as whole numbers, the same in every store.

use jiff::Timestamp;
use ssbtx_core::Relation;

use crate::store::{KnownCase, StoreFault};

/// A relation's number: one never changes its meaning.
pub(crate) fn number(relation: Relation) -> i32 {
    match relation {
        Relation::Subject => 1,
        Relation::HouseholdAdult => 2,
        Relation::HouseholdChild => 3,
    }
}

/// The relation of a number.
pub(crate) fn relation(found: i64) -> Result<Relation, StoreFault> {
    let relation = Relation::ALL.into_iter().find(|relation| i64::from(number(*relation)) == found);
    relation.ok_or(StoreFault::Value { column: "relation", found })
}

/// A case of its end, in seconds since 1970, and its number of persons.
pub(crate) fn known_case(until: i64, persons: i64) -> Result<KnownCase, StoreFault> {
    let end = Timestamp::from_second(until).map_err(|_| StoreFault::Value { column: "until", found: until })?;
    Ok(KnownCase { persons: counted(persons)?, until: end })
}

/// What was counted.
pub(crate) fn counted(found: i64) -> Result<u64, StoreFault> {
    u64::try_from(found).map_err(|_| StoreFault::Value { column: "count", found })
}
