//! A database that is none for this store, and what a store never holds.

use ssbtx_open_cases::StoreFault;
use ssbtx_postgresql::DatabaseFault;

use crate::place::{Place, Refused};
use crate::register::{CASE, CONSUMER, OTHER, PERSON, Register, key, later};

#[tokio::test]
async fn tables_of_another_version_are_refused() {
    let place = Place::database();
    drop(Register::open(&place).await);
    let session = place.session().await;
    session.client().batch_execute("INSERT INTO ssbtx_cases.version VALUES (2)").await.unwrap();
    let refused = place.store(&key()).await.err();
    let Some(Refused::Database(StoreFault::Postgres(DatabaseFault::Schema { found: 2, expected: 1, .. }))) = refused
    else {
        panic!("{refused:?}")
    };
}

#[tokio::test]
async fn a_value_that_this_program_does_not_write_is_told_of() {
    let place = Place::database();
    let register = Register::open(&place).await;
    register.register(CASE, &[PERSON], later(1)).await.unwrap();
    place.session().await.client().batch_execute("UPDATE ssbtx_cases.person SET relation = 9").await.unwrap();
    let found = register.try_standing(CASE, PERSON).await;
    assert!(matches!(found, Err(StoreFault::Value { column: "relation", found: 9 })), "{found:?}");
}

#[tokio::test]
async fn the_key_of_a_store_cannot_be_exchanged_under_a_host_that_runs() {
    let place = Place::database();
    let register = Register::open(&place).await;
    register.register(CASE, &[PERSON], later(1)).await.unwrap();
    let session = place.session().await;
    session.client().batch_execute("UPDATE ssbtx_cases.key SET id = sha256('another')").await.unwrap();
    let end = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    session.client().batch_execute(end).await.unwrap();
    // The connections that are made after that see it.
    let mut told = Vec::new();
    for _ in 0..2 {
        told.push(register.try_standing(CASE, PERSON).await);
    }
    assert!(matches!(told.last(), Some(Err(StoreFault::OtherKey { .. }))), "{told:?}");
}

#[tokio::test]
async fn no_row_of_the_store_holds_a_name_a_case_or_an_identity_number() {
    let place = Place::database();
    let register = Register::open(&place).await;
    register.register(CASE, &[PERSON, OTHER], later(1)).await.unwrap();
    let session = place.session().await;
    let mut rows = 0;
    for table in ["key", "open_case", "person"] {
        let every = format!("SELECT whole::text FROM ssbtx_cases.{table} AS whole");
        for row in session.client().query(&every, &[]).await.unwrap() {
            let shown: String = row.get(0);
            for secret in [PERSON, OTHER, &PERSON[2..], CASE, CONSUMER, "162020000001"] {
                let digits: Vec<String> = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
                assert!(!shown.contains(secret) && !shown.contains(&digits.concat()), "{table}: {shown}");
            }
            rows += 1;
        }
    }
    assert_eq!(rows, 4);
}
