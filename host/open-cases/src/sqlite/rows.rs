//! Every question to the file.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use ssbtx_core::Relation;

use crate::names::{CaseName, ConsumerKey, PersonName};
use crate::numbers::{counted, known_case, number, relation};
use crate::store::{KnownCase, Registered, StoreFault, StoredCase};

pub(super) fn register(
    connection: &Connection,
    case: &StoredCase,
    most: u64,
    now: Timestamp,
) -> Result<Registered, StoreFault> {
    let is_known = self::case(connection, case.case, now)?.is_some();
    if !is_known && count(connection, case.consumer, now)? >= most {
        return Ok(Registered::NoRoom);
    }
    let StoredCase { consumer, case: name, persons, until } = case;
    connection.prepare_cached("DELETE FROM cases WHERE name = ?1")?.execute([name.as_bytes()])?;
    connection.prepare_cached("INSERT INTO cases (name, consumer, until) VALUES (?1, ?2, ?3)")?.execute(params![
        name.as_bytes(),
        consumer.as_bytes(),
        until.as_second()
    ])?;
    let mut insert =
        connection.prepare_cached("INSERT INTO persons (name, case_name, relation) VALUES (?1, ?2, ?3)")?;
    for (person, relation) in persons {
        insert.execute(params![person.as_bytes(), name.as_bytes(), number(*relation)])?;
    }
    Ok(if is_known { Registered::Again } else { Registered::New })
}

pub(super) fn close(connection: &Connection, case: CaseName, now: Timestamp) -> Result<bool, StoreFault> {
    let is_known = self::case(connection, case, now)?.is_some();
    connection.prepare_cached("DELETE FROM cases WHERE name = ?1")?.execute([case.as_bytes()])?;
    Ok(is_known)
}

pub(super) fn case(connection: &Connection, case: CaseName, now: Timestamp) -> Result<Option<KnownCase>, StoreFault> {
    const QUERY: &str = "
        SELECT until, (SELECT count(*) FROM persons WHERE case_name = cases.name) FROM cases WHERE name = ?1 AND until > ?2";
    let row = connection
        .prepare_cached(QUERY)?
        .query_row(params![case.as_bytes(), now.as_second()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    row.map(|(until, persons)| known_case(until, persons)).transpose()
}

pub(super) fn person(
    connection: &Connection,
    person: PersonName,
    now: Timestamp,
) -> Result<Option<Relation>, StoreFault> {
    const QUERY: &str = "
        SELECT relation FROM persons JOIN cases ON cases.name = persons.case_name WHERE persons.name = ?1 AND until > ?2";
    let found: Option<i64> = connection
        .prepare_cached(QUERY)?
        .query_row(params![person.as_bytes(), now.as_second()], |row| row.get(0))
        .optional()?;
    found.map(relation).transpose()
}

pub(super) fn count(connection: &Connection, consumer: ConsumerKey, now: Timestamp) -> Result<u64, StoreFault> {
    let count = connection
        .prepare_cached("SELECT count(*) FROM cases WHERE consumer = ?1 AND until > ?2")?
        .query_row(params![consumer.as_bytes(), now.as_second()], |row| row.get(0))?;
    counted(count)
}

pub(super) fn purge(connection: &Connection, now: Timestamp) -> Result<(), StoreFault> {
    connection.prepare_cached("DELETE FROM cases WHERE until <= ?1")?.execute([now.as_second()])?;
    Ok(())
}
