//! A database that is away, hangs and comes back: calls end in time, say that nobody knows, and find everything when it is there again.

use std::time::{Duration, Instant};

use ssbtx_open_cases::{NotRegistered, StoreFault};
use ssbtx_postgresql::DatabaseFault;

use crate::place::{Place, Refused};
use crate::postgres::Postgres;
use crate::register::{CASE, INSIDE, OTHER, PERSON, Register, key, later};

#[tokio::test]
async fn a_look_up_ends_in_time_while_the_database_hangs_and_finds_everything_when_it_goes_on() {
    let server = Postgres::start().unwrap();
    let register = Register::open(&Place::on(&server)).await;
    register.register(CASE, &[PERSON], later(1)).await.unwrap();
    server.freeze().unwrap();
    for _ in 0..2 {
        let began = Instant::now();
        let found = register.try_standing(CASE, PERSON).await;
        assert!(matches!(found, Err(StoreFault::Postgres(DatabaseFault::TimedOut { .. }))), "{found:?}");
        assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    }
    // A change waits longer, and not without end. Nobody can tell whether the database will do it when it goes on, so it is another case.
    let began = Instant::now();
    let closed = register.try_close("2026-000124").await;
    assert!(matches!(closed, Err(StoreFault::Postgres(DatabaseFault::TimedOut { .. }))), "{closed:?}");
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    server.thaw().unwrap();
    assert_eq!(register.standing(CASE, PERSON).await, INSIDE);
}

#[tokio::test]
async fn many_look_ups_at_a_database_that_hangs_wait_no_longer_than_one() {
    let server = Postgres::start().unwrap();
    let register = Register::open(&Place::on(&server)).await;
    register.register(CASE, &[PERSON], later(1)).await.unwrap();
    server.freeze().unwrap();
    let began = Instant::now();
    let looking: Vec<_> = (0..40)
        .map(|_| {
            let register = register.clone();
            tokio::spawn(async move { register.try_standing(CASE, PERSON).await.is_err() })
        })
        .collect();
    for look in looking {
        assert!(look.await.unwrap());
    }
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
}

#[tokio::test]
async fn what_was_registered_outlasts_a_crash_of_the_database_and_is_found_by_the_first_call_after_it() {
    let mut server = Postgres::start().unwrap();
    let place = Place::on(&server);
    let register = Register::open(&place).await;
    for crash in 0..3 {
        let case = format!("2026-{crash}");
        register.register(&case, &[PERSON], later(1)).await.unwrap();
        server.crash().unwrap();
        assert!(matches!(register.try_standing(&case, PERSON).await, Err(StoreFault::Postgres(_))));
        let refused = register.register(CASE, &[OTHER], later(1)).await;
        assert!(matches!(refused, Err(NotRegistered::Store(StoreFault::Postgres(_)))), "{refused:?}");
        // Nor does a host begin that could not tell who is inside.
        assert!(matches!(place.store(&key()).await, Err(Refused::Database(StoreFault::Postgres(_)))));
        server.begin().unwrap();
        assert_eq!(register.standing(&case, PERSON).await, INSIDE);
        register.register(&case, &[PERSON, OTHER], later(1)).await.unwrap();
    }
}

#[tokio::test]
async fn connections_that_the_database_closed_are_not_used_again() {
    let server = Postgres::start().unwrap();
    let register = Register::open(&Place::on(&server)).await;
    register.register(CASE, &[PERSON], later(1)).await.unwrap();
    let others = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = 'ssbtx'";
    assert!(server.sql(others).unwrap().parse::<u32>().unwrap() > 0);
    // The word of it comes by the same connection, a moment later.
    tokio::task::yield_now().await;
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        outcomes.push(register.try_standing(CASE, PERSON).await.ok());
    }
    assert_eq!(outcomes.last(), Some(&Some(INSIDE)), "{outcomes:?}");
    register.register(CASE, &[PERSON, OTHER], later(1)).await.unwrap();
}
