//! What a line is found by in a database.

use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

use crate::indexed::Indexed;

/// The columns beside a line, derived from it. All are empty for a line of which nothing can be said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    numbers: [Option<i64>; NUMBERS],
    texts: [Option<String>; TEXTS],
}

impl Columns {
    /// Those of a line.
    pub(super) fn of(line: &[u8]) -> Self {
        let Ok(indexed) = Indexed::of(line) else { return Self::default() };
        let folded = indexed.caseworker_folded();
        let Indexed { at, unrecorded, kind, question, front, consumer, organisation, caseworker, .. } = indexed;
        let (subject_key, subject_hmac) = indexed.subject.map(|named| (named.key, named.hmac_sha256)).unzip();
        let (earlier_key, earlier_hmac) = indexed.earlier_subject.map(|named| (named.key, named.hmac_sha256)).unzip();
        let parts = (!indexed.parts.is_empty()).then(|| serde_json::to_string(&indexed.parts).ok()).flatten();
        Self {
            numbers: [Some(at.as_microsecond()), i64::try_from(unrecorded).ok()],
            texts: [
                Some(kind),
                question,
                front,
                consumer,
                organisation,
                caseworker,
                folded,
                indexed.case,
                indexed.role,
                indexed.open_case,
                indexed.why,
                subject_key,
                subject_hmac,
                earlier_key,
                earlier_hmac,
                indexed.look_up,
                parts,
            ],
        }
    }

    /// Those of a row, which has them from `at` on.
    pub(super) fn of_row(row: &Row, at: usize) -> Result<Self, tokio_postgres::Error> {
        let mut columns = Self::default();
        for (number, into) in (at..).zip(&mut columns.numbers) {
            *into = row.try_get(number)?;
        }
        for (number, into) in (at + NUMBERS..).zip(&mut columns.texts) {
            *into = row.try_get(number)?;
        }
        Ok(columns)
    }

    /// In the order of [`NAMES`].
    pub(super) fn values(&self) -> impl Iterator<Item = &(dyn ToSql + Sync)> {
        let numbers = self.numbers.iter().map(|number| -> &(dyn ToSql + Sync) { number });
        numbers.chain(self.texts.iter().map(|text| -> &(dyn ToSql + Sync) { text }))
    }

    /// Their types, in the same order.
    pub(super) fn types() -> impl Iterator<Item = Type> {
        [Type::INT8; NUMBERS].into_iter().chain([Type::TEXT; TEXTS])
    }
}

/// Their names.
pub(super) const NAMES: &str = "at, unrecorded, kind, question, front, consumer, organisation, caseworker, caseworker_folded, case_id, role, open_case, why, \
                                subject_key, subject_hmac, earlier_key, earlier_hmac, look_up, parts";
const NUMBERS: usize = 2;
const TEXTS: usize = 17;
