//! Connections to PostgreSQL, for whatever a host keeps there.
//!
//! A [`Database`] says where one is and how it is reached: TLS under the operator's own roots unless the connection stays on the machine, a password from
//! a file of its owner alone. A [`Session`] is one connection to it. Every step of one has a time, and what goes wrong is a [`DatabaseFault`] without the
//! database's own words, since those may quote a row. [`Session::to_commit`] gives one whose commits are on the disk when they are confirmed.
//!
//! What is kept there, when a connection is made anew and what is asked twice is for whoever uses this to decide.

mod database;
mod fault;
mod hidden;
mod schema;
mod session;
mod tls;

pub use database::{Database, DatabaseFiles, Server, SettingsFault};
pub use fault::DatabaseFault;
pub use hidden::Hidden;
pub use schema::Schema;
pub use session::Session;
