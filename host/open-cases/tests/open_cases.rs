//! What the register of open cases promises, on real files.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use ssbtx_core::{CaseId, IdentityCheck, OrganisationNumber, PersonId, Relation};
use ssbtx_open_cases::{
    CaseKey, CaseLimits, CaseOf, KnownCase, NotOpened, NotRegistered, OpenCases, Registered, SqliteStore, Standing,
};

const PERSON: &str = "197701172392";
const OTHER: &str = "197701182383";
const CASE: &str = "2026-000123";
const CONSUMER: &str = "Exempelkommun";

fn now() -> Timestamp {
    "2026-01-01T08:00:00Z".parse().unwrap()
}

fn later(days: u64) -> Timestamp {
    now() + Duration::from_hours(24 * days)
}

fn person(digits: &str) -> PersonId {
    PersonId::parse(digits, IdentityCheck::DateAndCheckDigit).unwrap()
}

fn key() -> CaseKey {
    CaseKey::from_bytes([7; 32])
}

/// A register in a folder of its own.
struct Register {
    cases: OpenCases,
    organisation: OrganisationNumber,
}

impl Register {
    fn open(folder: &Path) -> Self {
        Self::with(folder, CaseLimits::default())
    }

    fn with(folder: &Path, limits: CaseLimits) -> Self {
        let store = SqliteStore::open(&folder.join("cases"), &key()).unwrap();
        Self::of(OpenCases::new(key(), Arc::new(store), limits))
    }

    fn of(cases: OpenCases) -> Self {
        Self { cases, organisation: "162020000001".parse().unwrap() }
    }

    async fn register(&self, case: &str, persons: &[&str], until: Timestamp) -> Result<Registered, NotRegistered> {
        let persons: Vec<_> = persons.iter().map(|digits| (person(digits), Relation::Subject)).collect();
        let case = CaseId::parse(case).unwrap();
        let of = CaseOf { consumer: CONSUMER, organisation: &self.organisation, case: &case };
        self.cases.register(of, &persons, until, now()).await
    }

    async fn close(&self, case: &str) -> bool {
        let case = CaseId::parse(case).unwrap();
        let of = CaseOf { consumer: CONSUMER, organisation: &self.organisation, case: &case };
        self.cases.close(of, now()).await.unwrap()
    }

    async fn standing_at(&self, at: Timestamp, consumer: &str, case: &str, digits: &str) -> Standing {
        let case = CaseId::parse(case).unwrap();
        let of = CaseOf { consumer, organisation: &self.organisation, case: &case };
        self.cases.standing(of, &person(digits), at).await.unwrap()
    }

    async fn standing(&self, case: &str, digits: &str) -> Standing {
        self.standing_at(now(), CONSUMER, case, digits).await
    }

    async fn known(&self, case: &str) -> Option<KnownCase> {
        let case = CaseId::parse(case).unwrap();
        let of = CaseOf { consumer: CONSUMER, organisation: &self.organisation, case: &case };
        self.cases.case(of, now()).await.unwrap()
    }
}

const INSIDE: Standing = Standing::Inside(Relation::Subject);

#[tokio::test]
async fn a_person_is_inside_the_case_that_was_registered_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(folder.path());
    assert_eq!(register.register(CASE, &[PERSON], later(1)).await.unwrap(), Registered::New);
    assert_eq!(register.standing(CASE, PERSON).await, INSIDE);
    assert_eq!(register.standing(CASE, OTHER).await, Standing::Outside);
    assert_eq!(register.standing("2026-000124", PERSON).await, Standing::Outside);
    assert_eq!(register.standing_at(now(), "Annan kommun", CASE, PERSON).await, Standing::Outside);
    let another = Register { organisation: "162020000003".parse().unwrap(), ..Register::of(register.cases.clone()) };
    assert_eq!(another.standing(CASE, PERSON).await, Standing::Outside);
    assert!(!another.close(CASE).await);
    assert_eq!(register.standing(CASE, PERSON).await, INSIDE);
}

#[tokio::test]
async fn a_case_is_open_up_to_its_end_and_not_at_it() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(folder.path());
    register.register(CASE, &[PERSON], later(1)).await.unwrap();
    let before = later(1) - Duration::from_secs(1);
    assert_eq!(register.standing_at(before, CONSUMER, CASE, PERSON).await, INSIDE);
    assert_eq!(register.standing_at(later(1), CONSUMER, CASE, PERSON).await, Standing::Outside);
}

#[tokio::test]
async fn what_has_ended_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(folder.path());
    register.register(CASE, &[PERSON], later(1)).await.unwrap();
    register.register("2026-000124", &[OTHER], later(9)).await.unwrap();
    // Whoever asks next, after the end, has it removed.
    assert_eq!(register.standing_at(later(2), CONSUMER, "2026-000124", OTHER).await, INSIDE);
    assert_eq!(register.known(CASE).await, None);
    assert_eq!(register.standing(CASE, PERSON).await, Standing::Outside);
}

#[tokio::test]
async fn registering_again_puts_new_persons_in_the_place_of_the_old_ones() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(folder.path());
    register.register(CASE, &[PERSON], later(1)).await.unwrap();
    assert_eq!(register.register(CASE, &[OTHER], later(2)).await.unwrap(), Registered::Again);
    assert_eq!(register.standing(CASE, PERSON).await, Standing::Outside);
    assert_eq!(register.standing(CASE, OTHER).await, INSIDE);
    assert_eq!(register.known(CASE).await, Some(KnownCase { persons: 1, until: later(2) }));
}

#[tokio::test]
async fn a_closed_case_lets_nobody_through() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(folder.path());
    register.register(CASE, &[PERSON, OTHER], later(1)).await.unwrap();
    assert!(register.close(CASE).await);
    assert!(!register.close(CASE).await);
    for digits in [PERSON, OTHER] {
        assert_eq!(register.standing(CASE, digits).await, Standing::Outside);
    }
    assert_eq!(register.known(CASE).await, None);
}

#[tokio::test]
async fn a_person_stands_to_the_case_as_was_registered() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(folder.path());
    let case = CaseId::parse(CASE).unwrap();
    let of = CaseOf { consumer: CONSUMER, organisation: &register.organisation, case: &case };
    let persons = [(person(PERSON), Relation::HouseholdAdult), (person(OTHER), Relation::HouseholdChild)];
    register.cases.register(of, &persons, later(1), now()).await.unwrap();
    assert_eq!(register.standing(CASE, PERSON).await, Standing::Inside(Relation::HouseholdAdult));
    assert_eq!(register.standing(CASE, OTHER).await, Standing::Inside(Relation::HouseholdChild));
}

#[tokio::test]
async fn what_was_registered_is_there_when_the_store_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    Register::open(folder.path()).register(CASE, &[PERSON], later(1)).await.unwrap();
    assert_eq!(Register::open(folder.path()).standing(CASE, PERSON).await, INSIDE);
}

#[tokio::test]
async fn a_consumer_has_no_more_open_cases_than_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::with(folder.path(), CaseLimits { most_cases: 2, ..CaseLimits::default() });
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
}

#[tokio::test]
async fn a_case_without_persons_or_with_too_many_is_not_registered() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(folder.path());
    for found in [0, CaseLimits::MOST_PERSONS + 1] {
        let refused = register.register(CASE, &vec![PERSON; found], later(1)).await;
        assert!(matches!(refused, Err(NotRegistered::Persons { .. })), "{found}");
    }
    register.register(CASE, &[PERSON; CaseLimits::MOST_PERSONS], later(1)).await.unwrap();
    assert_eq!(register.known(CASE).await.map(|known| known.persons), Some(1));
}

#[tokio::test]
async fn a_case_does_not_end_before_it_begins_nor_later_than_the_host_allows() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(folder.path());
    let last = register.cases.last_end(now());
    for until in [now(), last + Duration::from_secs(1)] {
        let refused = register.register(CASE, &[PERSON], until).await;
        assert!(matches!(refused, Err(NotRegistered::Until { .. })), "{until}");
    }
    register.register(CASE, &[PERSON], last).await.unwrap();
}

#[tokio::test]
async fn no_file_of_the_store_holds_a_name_a_case_or_an_identity_number() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(folder.path());
    register.register(CASE, &[PERSON, OTHER], later(1)).await.unwrap();
    let mut files = 0;
    for entry in fs::read_dir(folder.path().join("cases")).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{path:?}");
        let bytes = fs::read(&path).unwrap();
        for secret in [PERSON, OTHER, &PERSON[2..], CASE, CONSUMER, "162020000001"] {
            let holds = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!holds, "{path:?} holds `{secret}`");
        }
        files += 1;
    }
    // The file, its write-ahead log and the index of that.
    assert_eq!(files, 3);
    assert_eq!(fs::metadata(folder.path().join("cases")).unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn a_store_is_of_no_use_with_another_key() {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(folder.path());
    register.register(CASE, &[PERSON], later(1)).await.unwrap();
    let other = CaseKey::from_bytes([8; 32]);
    let directory = folder.path().join("cases");
    assert!(matches!(SqliteStore::open(&directory, &other), Err(NotOpened::OtherKey { .. })));
    // Nor does it help to pass the key that it was begun with for the look at it.
    let store = Arc::new(SqliteStore::open(&directory, &key()).unwrap());
    let stolen = Register::of(OpenCases::new(other, store, CaseLimits::default()));
    assert_eq!(stolen.standing(CASE, PERSON).await, Standing::Outside);
}

#[test]
fn a_directory_or_file_that_others_may_read_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("cases");
    drop(SqliteStore::open(&directory, &key()).unwrap());
    let file = directory.join("open-cases.sqlite");
    for (path, mode, right) in [(&file, 0o640, 0o600), (&directory, 0o750, 0o700)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        assert!(matches!(SqliteStore::open(&directory, &key()), Err(NotOpened::Permissions { .. })), "{path:?}");
        fs::set_permissions(path, fs::Permissions::from_mode(right)).unwrap();
    }
    fs::write(&file, "no store of anything, and longer than the header of one is: ".repeat(40)).unwrap();
    assert!(matches!(SqliteStore::open(&directory, &key()), Err(NotOpened::Sqlite { .. })));
}
