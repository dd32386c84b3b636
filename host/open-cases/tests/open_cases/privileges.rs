//! The host's role can do what it must, and nothing else.

use std::sync::Arc;

use ssbtx_open_cases::{CaseLimits, OpenCases, POSTGRES_SCHEMA, PostgresStore};
use ssbtx_postgresql::{DatabaseFault, Session};

use crate::place::{SHARED, database};
use crate::register::{CASE, INSIDE, OTHER, PERSON, Register, key, later};

#[tokio::test]
async fn a_role_with_the_rights_that_the_schema_lists_does_everything_that_a_host_does_and_nothing_else() {
    SHARED.sql("CREATE ROLE ssbtx_host LOGIN").unwrap();
    SHARED.sql("CREATE DATABASE privileges").unwrap();
    let owner = Session::to_write(&database(&SHARED, "privileges", "postgres")).await.unwrap();
    owner.client().batch_execute(POSTGRES_SCHEMA).await.unwrap();
    let grants: Vec<&str> = POSTGRES_SCHEMA.lines().filter_map(|line| line.strip_prefix("--   GRANT ")).collect();
    assert_eq!(grants.len(), 5);
    for grant in grants {
        owner.client().batch_execute(&format!("GRANT {grant}")).await.unwrap();
    }
    let of_the_host = database(&SHARED, "privileges", "ssbtx_host");
    let store = PostgresStore::connect(of_the_host.clone(), &key()).await.unwrap();
    let register = Register::of(OpenCases::new(key(), Arc::new(store), CaseLimits::default()));
    register.register(CASE, &[PERSON], later(1)).await.unwrap();
    register.register(CASE, &[PERSON, OTHER], later(1)).await.unwrap();
    assert_eq!(register.standing(CASE, OTHER).await, INSIDE);
    assert!(register.close(CASE).await);

    let host = Session::to_write(&of_the_host).await.unwrap();
    for statement in [
        "UPDATE ssbtx_cases.key SET id = sha256('')",
        "DELETE FROM ssbtx_cases.key",
        "INSERT INTO ssbtx_cases.version VALUES (2)",
        "TRUNCATE ssbtx_cases.open_case CASCADE",
        "UPDATE ssbtx_cases.person SET relation = 1",
        "DROP TABLE ssbtx_cases.person",
        "CREATE TABLE ssbtx_cases.more ()",
    ] {
        let refused = host.ask(host.client().batch_execute(statement)).await;
        assert!(
            matches!(&refused, Err(DatabaseFault::Refused { code, .. }) if code == "42501"),
            "{statement}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_role_without_those_rights_is_refused_with_the_servers_code() {
    SHARED.sql("CREATE ROLE stranger LOGIN").unwrap();
    SHARED.sql("CREATE DATABASE strange").unwrap();
    let fault = PostgresStore::connect(database(&SHARED, "strange", "stranger"), &key()).await.unwrap_err().to_string();
    assert!(fault.ends_with("refused with sqlstate `42501`"), "{fault}");
}
