//! Which persons a consumer has an open case about.
//!
//! The law lets a caseworker reach only persons with an open case at the nämnd, and the operator holds a consumer to that where it says so. A consumer
//! registers its cases with the persons in them ([`OpenCases::register`]) and closes them ([`OpenCases::close`]); [`OpenCases::standing`] tells
//! whether a person is in one. What follows from that is decided elsewhere.
//!
//! # What is kept
//!
//! For each case: HMAC-SHA-256 under a key of its own over consumer, organisation and case, one over the consumer, the end, and for each person in
//! it HMAC-SHA-256 over consumer, organisation, case and person, and how the person stands to the case. No identity number, case id or name is kept, and
//! the digests of one person in two cases have nothing in common. Whoever has the store without the key learns how many cases there are, when they end, and
//! how many persons of which standing each has.
//!
//! [`SqliteStore`] keeps it in one file on this host's disk. Where several hosts answer one consumer they need one store: [`PostgresStore`] keeps it in a
//! database that all of them use (`postgres/schema.sql`).

mod figures;
mod names;
mod numbers;
mod open_cases;
mod postgres;
mod sqlite;
mod store;

pub use figures::{ConsumerFigures, GateResult};
pub use names::{CaseKey, CaseName, ConsumerKey, PersonName};
pub use open_cases::{CaseLimits, CaseOf, NotRegistered, OpenCases, Standing};
pub use postgres::{POSTGRES_SCHEMA, PostgresStore};
pub use sqlite::{NotOpened, SqliteStore};
pub use store::{CaseStore, KnownCase, Registered, StoreFault, StoredCase};
