//! What is kept, what is found, and what is not: the same in both stores.

use std::time::Duration;

use ssbtx_core::{CaseId, Relation};
use ssbtx_open_cases::{CaseKey, CaseLimits, CaseOf, KnownCase, NotRegistered, OpenCases, Registered, Standing};

use crate::place::{Refused, on_both};
use crate::register::{CASE, CONSUMER, INSIDE, OTHER, PERSON, Register, key, later, now, person};

#[tokio::test]
async fn a_person_is_inside_the_case_that_was_registered_and_no_other() {
    on_both(async |place| {
        let register = Register::open(&place).await;
        assert_eq!(register.register(CASE, &[PERSON], later(1)).await.unwrap(), Registered::New);
        assert_eq!(register.standing(CASE, PERSON).await, INSIDE);
        assert_eq!(register.standing(CASE, OTHER).await, Standing::Outside);
        assert_eq!(register.standing("2026-000124", PERSON).await, Standing::Outside);
        assert_eq!(register.standing_at(now(), "Annan kommun", CASE, PERSON).await, Standing::Outside);
        let another =
            Register { organisation: "162020000003".parse().unwrap(), ..Register::of(register.cases.clone()) };
        assert_eq!(another.standing(CASE, PERSON).await, Standing::Outside);
        assert!(!another.close(CASE).await);
        assert_eq!(register.standing(CASE, PERSON).await, INSIDE);
    })
    .await;
}

#[tokio::test]
async fn a_case_is_open_up_to_its_end_and_not_at_it() {
    on_both(async |place| {
        let register = Register::open(&place).await;
        register.register(CASE, &[PERSON], later(1)).await.unwrap();
        let before = later(1) - Duration::from_secs(1);
        assert_eq!(register.standing_at(before, CONSUMER, CASE, PERSON).await, INSIDE);
        assert_eq!(register.standing_at(later(1), CONSUMER, CASE, PERSON).await, Standing::Outside);
    })
    .await;
}

#[tokio::test]
async fn what_has_ended_is_forgotten() {
    on_both(async |place| {
        let register = Register::open(&place).await;
        register.register(CASE, &[PERSON], later(1)).await.unwrap();
        register.register("2026-000124", &[OTHER], later(9)).await.unwrap();
        // Whoever asks next, after the end, has it removed.
        assert_eq!(register.standing_at(later(2), CONSUMER, "2026-000124", OTHER).await, INSIDE);
        assert_eq!(register.known(CASE).await, None);
        assert_eq!(register.standing(CASE, PERSON).await, Standing::Outside);
    })
    .await;
}

#[tokio::test]
async fn registering_again_puts_new_persons_in_the_place_of_the_old_ones() {
    on_both(async |place| {
        let register = Register::open(&place).await;
        register.register(CASE, &[PERSON], later(1)).await.unwrap();
        assert_eq!(register.register(CASE, &[OTHER], later(2)).await.unwrap(), Registered::Again);
        assert_eq!(register.standing(CASE, PERSON).await, Standing::Outside);
        assert_eq!(register.standing(CASE, OTHER).await, INSIDE);
        assert_eq!(register.known(CASE).await, Some(KnownCase { persons: 1, until: later(2) }));
    })
    .await;
}

#[tokio::test]
async fn a_closed_case_lets_nobody_through() {
    on_both(async |place| {
        let register = Register::open(&place).await;
        register.register(CASE, &[PERSON, OTHER], later(1)).await.unwrap();
        assert!(register.close(CASE).await);
        assert!(!register.close(CASE).await);
        for digits in [PERSON, OTHER] {
            assert_eq!(register.standing(CASE, digits).await, Standing::Outside);
        }
        assert_eq!(register.known(CASE).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_person_stands_to_the_case_as_was_registered() {
    on_both(async |place| {
        let register = Register::open(&place).await;
        let case = CaseId::parse(CASE).unwrap();
        let of = CaseOf { consumer: CONSUMER, organisation: &register.organisation, case: &case };
        let persons = [(person(PERSON), Relation::HouseholdAdult), (person(OTHER), Relation::HouseholdChild)];
        register.cases.register(of, &persons, later(1), now()).await.unwrap();
        assert_eq!(register.standing(CASE, PERSON).await, Standing::Inside(Relation::HouseholdAdult));
        assert_eq!(register.standing(CASE, OTHER).await, Standing::Inside(Relation::HouseholdChild));
    })
    .await;
}

#[tokio::test]
async fn what_was_registered_is_there_when_the_store_is_opened_again() {
    on_both(async |place| {
        Register::open(&place).await.register(CASE, &[PERSON], later(1)).await.unwrap();
        assert_eq!(Register::open(&place).await.standing(CASE, PERSON).await, INSIDE);
    })
    .await;
}

#[tokio::test]
async fn a_consumer_has_no_more_open_cases_than_it_may() {
    on_both(async |place| {
        let register = Register::with(&place, CaseLimits { most_cases: 2, ..CaseLimits::default() }).await;
        register.register("1", &[PERSON], later(1)).await.unwrap();
        register.register("2", &[PERSON], later(1)).await.unwrap();
        let third = register.register("3", &[PERSON], later(1)).await;
        assert!(matches!(third, Err(NotRegistered::NoRoom { most: 2 })));
        // What is there may be renewed, and what is closed makes room.
        assert_eq!(register.register("2", &[OTHER], later(2)).await.unwrap(), Registered::Again);
        assert!(register.close("1").await);
        register.register("3", &[PERSON], later(1)).await.unwrap();
        assert_eq!(register.cases.count(CONSUMER, now()).await.unwrap(), 2);
        assert_eq!(register.cases.count("Annan kommun", now()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_case_without_persons_or_with_too_many_is_not_registered() {
    on_both(async |place| {
        let register = Register::open(&place).await;
        for found in [0, CaseLimits::MOST_PERSONS + 1] {
            let refused = register.register(CASE, &vec![PERSON; found], later(1)).await;
            assert!(matches!(refused, Err(NotRegistered::Persons { .. })), "{found}");
        }
        register.register(CASE, &[PERSON; CaseLimits::MOST_PERSONS], later(1)).await.unwrap();
        assert_eq!(register.known(CASE).await.map(|known| known.persons), Some(1));
    })
    .await;
}

#[tokio::test]
async fn a_case_does_not_end_before_it_begins_nor_later_than_the_host_allows() {
    on_both(async |place| {
        let register = Register::open(&place).await;
        let last = register.cases.last_end(now());
        for until in [now(), last + Duration::from_secs(1)] {
            let refused = register.register(CASE, &[PERSON], until).await;
            assert!(matches!(refused, Err(NotRegistered::Until { .. })), "{until}");
        }
        register.register(CASE, &[PERSON], last).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_store_is_of_no_use_with_another_key() {
    on_both(async |place| {
        let register = Register::open(&place).await;
        register.register(CASE, &[PERSON], later(1)).await.unwrap();
        let other = CaseKey::from_bytes([8; 32]);
        assert!(matches!(place.store(&other).await, Err(Refused::OtherKey)));
        // Nor does it help to pass the key that it was begun with for the look at it.
        let store = place.store(&key()).await.unwrap();
        let stolen = Register::of(OpenCases::new(other, store, CaseLimits::default()));
        assert_eq!(stolen.standing(CASE, PERSON).await, Standing::Outside);
    })
    .await;
}
