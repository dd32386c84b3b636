//! Several hosts with one store.

use ssbtx_core::Relation;
use ssbtx_open_cases::{CaseLimits, NotRegistered, Registered, Standing};
use tokio::task::JoinHandle;

use crate::place::Place;
use crate::register::{CASE, CONSUMER, INSIDE, OTHER, PERSON, Register, later, now};

#[tokio::test]
async fn what_one_host_was_told_the_other_knows_at_once() {
    let place = Place::database();
    let (one, other) = (Register::open(&place).await, Register::open(&place).await);
    assert_eq!(one.register(CASE, &[PERSON], later(1)).await.unwrap(), Registered::New);
    assert_eq!(other.standing(CASE, PERSON).await, INSIDE);
    assert_eq!(other.register(CASE, &[OTHER], later(2)).await.unwrap(), Registered::Again);
    assert_eq!((one.standing(CASE, PERSON).await, one.standing(CASE, OTHER).await), (Standing::Outside, INSIDE));
    assert!(one.close(CASE).await);
    assert_eq!(other.standing(CASE, OTHER).await, Standing::Outside);
    assert!(!other.close(CASE).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consumer_has_no_more_open_cases_than_it_may_however_many_hosts_it_tells_at_once() {
    let place = Place::database();
    let limits = CaseLimits { most_cases: 10, ..CaseLimits::default() };
    let hosts = [Register::with(&place, limits).await, Register::with(&place, limits).await];
    let told: Vec<JoinHandle<_>> = (0..40)
        .map(|number: usize| {
            let host = hosts[number % 2].clone();
            tokio::spawn(async move { host.register(&format!("2026-{number}"), &[PERSON], later(1)).await })
        })
        .collect();
    let mut registered = 0;
    for told in told {
        match told.await.unwrap() {
            Ok(Registered::New) => registered += 1,
            Err(NotRegistered::NoRoom { most: 10 }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(registered, 10);
    assert_eq!(hosts[0].cases.count(CONSUMER, now()).await.unwrap(), 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_case_that_is_registered_and_closed_at_once_is_whole_or_not_there() {
    let place = Place::database();
    let hosts = [Register::open(&place).await, Register::open(&place).await];
    let told: Vec<JoinHandle<()>> = (0..4)
        .map(|number: usize| {
            let host = hosts[number % 2].clone();
            tokio::spawn(async move {
                for turn in 0..25 {
                    if (number + turn).is_multiple_of(3) {
                        host.try_close(CASE).await.unwrap();
                    } else {
                        let persons = if turn % 2 == 0 { &[PERSON, OTHER][..] } else { &[OTHER] };
                        host.register(CASE, persons, later(1)).await.unwrap();
                    }
                }
            })
        })
        .collect();
    for told in told {
        told.await.unwrap();
    }
    hosts[0].register(CASE, &[PERSON], later(1)).await.unwrap();
    assert_eq!(hosts[1].known(CASE).await.map(|known| known.persons), Some(1));
    assert!(hosts[1].close(CASE).await);
    let left = place.session().await;
    let left = left.client().query_one("SELECT count(*) FROM ssbtx_cases.person", &[]).await.unwrap();
    assert_eq!(left.get::<_, i64>(0), 0);
}

#[tokio::test]
async fn many_cases_that_have_ended_are_removed_with_the_persons_in_them() {
    let place = Place::database();
    let register = Register::open(&place).await;
    register.register(CASE, &[PERSON], later(9)).await.unwrap();
    let session = place.session().await;
    let ended = "INSERT INTO ssbtx_cases.open_case SELECT sha256(number::text::bytea), sha256('consumer'), 0 FROM generate_series(1, 1200) AS number; \
                 INSERT INTO ssbtx_cases.person SELECT sha256('of ' || name), name, 1 FROM ssbtx_cases.open_case WHERE until = 0";
    session.client().batch_execute(ended).await.unwrap();
    assert_eq!(register.standing_at(later(1), CONSUMER, CASE, PERSON).await, Standing::Inside(Relation::Subject));
    for table in ["open_case", "person"] {
        let left = session.client().query_one(&format!("SELECT count(*) FROM ssbtx_cases.{table}"), &[]).await.unwrap();
        assert_eq!(left.get::<_, i64>(0), 1, "{table}");
    }
}
