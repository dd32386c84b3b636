//! Every question to the database.
//!
//! Names are hidden from the driver's own log: it may write a statement's values when it is told to write much.

use jiff::Timestamp;
use ssbtx_core::Relation;
use ssbtx_postgresql::{Hidden, Session};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Error, Row};

use crate::names::{CaseName, ConsumerKey, PersonName};
use crate::numbers::{counted, known_case, number, relation};
use crate::store::{KnownCase, Registered, StoreFault, StoredCase};

/// Registers in one transaction. After a fault the session is to be closed, which undoes what was begun.
pub(super) async fn register(
    session: &Session,
    case: &StoredCase,
    most: u64,
    now: Timestamp,
) -> Result<Registered, StoreFault> {
    // A consumer's registrations come one after the other, on whichever hosts: none of them counts before another has added, and each sees what was.
    session.ask(session.client().batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED")).await?;
    let consumer = lock_of(case.consumer);
    change(session, "SELECT pg_advisory_xact_lock($1)", &[(&consumer, Type::INT8)]).await?;
    let is_known = self::case(session, case.case, now).await?.is_some();
    if !is_known && count(session, case.consumer, now).await? >= most {
        session.ask(session.client().batch_execute("ROLLBACK")).await?;
        return Ok(Registered::NoRoom);
    }
    put(session, case).await?;
    session.ask(session.client().batch_execute("COMMIT")).await?;
    Ok(if is_known { Registered::Again } else { Registered::New })
}

/// Puts a case in the place of what was known of it. Its row stays the same, so that whoever closes the case meanwhile waits for it and then removes it.
async fn put(session: &Session, StoredCase { consumer, case, persons, until }: &StoredCase) -> Result<(), StoreFault> {
    let (name, consumer, until) = (case.as_bytes().as_slice(), consumer.as_bytes().as_slice(), until.as_second());
    let values: &[Value<'_>] =
        &[(&Hidden(&name), Type::BYTEA), (&Hidden(&consumer), Type::BYTEA), (&until, Type::INT8)];
    change(session, PUT_CASE, values).await?;
    change(session, "DELETE FROM ssbtx_cases.person WHERE case_name = $1", &[(&Hidden(&name), Type::BYTEA)]).await?;
    let (persons, relations): (Vec<&[u8]>, Vec<i32>) =
        persons.iter().map(|(person, relation)| (person.as_bytes().as_slice(), number(*relation))).unzip();
    let values: &[Value<'_>] =
        &[(&Hidden(&name), Type::BYTEA), (&Hidden(&persons), Type::BYTEA_ARRAY), (&relations, Type::INT4_ARRAY)];
    change(session, PUT_PERSONS, values).await
}

pub(super) async fn close(session: &Session, case: CaseName, now: Timestamp) -> Result<bool, StoreFault> {
    let (name, now) = (case.as_bytes().as_slice(), now.as_second());
    let was_open = one(session, CLOSE, &[(&Hidden(&name), Type::BYTEA), (&now, Type::INT8)]).await?;
    Ok(was_open.unwrap_or_default())
}

pub(super) async fn case(session: &Session, case: CaseName, now: Timestamp) -> Result<Option<KnownCase>, StoreFault> {
    let (name, now) = (case.as_bytes().as_slice(), now.as_second());
    let values: &[Value<'_>] = &[(&Hidden(&name), Type::BYTEA), (&now, Type::INT8)];
    let asked = async {
        let row = session.client().query_typed_opt(CASE, values).await?;
        row.map(|row| Ok::<(i64, i64), Error>((row.try_get(0)?, row.try_get(1)?))).transpose()
    };
    session.ask(asked).await?.map(|(until, persons)| known_case(until, persons)).transpose()
}

pub(super) async fn person(
    session: &Session,
    person: PersonName,
    now: Timestamp,
) -> Result<Option<Relation>, StoreFault> {
    let (name, now) = (person.as_bytes().as_slice(), now.as_second());
    let found: Option<i32> = one(session, PERSON, &[(&Hidden(&name), Type::BYTEA), (&now, Type::INT8)]).await?;
    found.map(|found| relation(found.into())).transpose()
}

pub(super) async fn count(session: &Session, consumer: ConsumerKey, now: Timestamp) -> Result<u64, StoreFault> {
    let (consumer, now) = (consumer.as_bytes().as_slice(), now.as_second());
    let count: Option<i64> = one(session, COUNT, &[(&Hidden(&consumer), Type::BYTEA), (&now, Type::INT8)]).await?;
    counted(count.unwrap_or_default())
}

/// Forgets some of the cases whose end has come; says whether those were all that nobody else is at.
pub(super) async fn purge(session: &Session, now: Timestamp) -> Result<bool, StoreFault> {
    let values: &[Value<'_>] = &[(&now.as_second(), Type::INT8), (&AT_ONCE, Type::INT8)];
    let removed = session.ask(session.client().execute_typed(PURGE, values)).await?;
    Ok(removed < AT_ONCE.unsigned_abs())
}

type Value<'v> = (&'v (dyn ToSql + Sync), Type);

/// Has a statement carried out of which nothing is to be known but that it was.
async fn change(session: &Session, statement: &str, values: &[Value<'_>]) -> Result<(), StoreFault> {
    session.ask(session.client().execute_typed(statement, values)).await?;
    Ok(())
}

/// The one column of the one row that a question gives, if it gives one.
async fn one<T>(session: &Session, question: &str, values: &[Value<'_>]) -> Result<Option<T>, StoreFault>
where
    T: for<'r> tokio_postgres::types::FromSql<'r>,
{
    let asked = async {
        let row: Option<Row> = session.client().query_typed_opt(question, values).await?;
        row.map(|row| row.try_get(0)).transpose()
    };
    Ok(session.ask(asked).await?)
}

/// The lock that a consumer's registrations take one after the other. That two consumers may share one costs them time and nothing else.
fn lock_of(consumer: ConsumerKey) -> i64 {
    consumer.as_bytes().iter().take(8).fold(0, |lock, byte| lock << 8 | i64::from(*byte))
}

const CASE: &str = "SELECT until, (SELECT count(*) FROM ssbtx_cases.person WHERE case_name = open_case.name) \
                    FROM ssbtx_cases.open_case WHERE name = $1 AND until > $2";
const PERSON: &str = "SELECT relation FROM ssbtx_cases.person JOIN ssbtx_cases.open_case ON open_case.name = case_name \
                      WHERE person.name = $1 AND until > $2";
const COUNT: &str = "SELECT count(*) FROM ssbtx_cases.open_case WHERE consumer = $1 AND until > $2";
const CLOSE: &str = "DELETE FROM ssbtx_cases.open_case WHERE name = $1 RETURNING until > $2";
const PUT_CASE: &str = "INSERT INTO ssbtx_cases.open_case (name, consumer, until) VALUES ($1, $2, $3) \
                        ON CONFLICT (name) DO UPDATE SET consumer = excluded.consumer, until = excluded.until";
const PUT_PERSONS: &str = "INSERT INTO ssbtx_cases.person (name, case_name, relation) \
                           SELECT person, $1, relation FROM unnest($2, $3) AS registered (person, relation)";
/// A row that somebody else is at is theirs: so two hosts that purge do not wait for each other.
const PURGE: &str = "DELETE FROM ssbtx_cases.open_case WHERE name IN \
                     (SELECT name FROM ssbtx_cases.open_case WHERE until <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)";
/// So few that it is done at once, with the persons in them.
const AT_ONCE: i64 = 500;
