//! A log in PostgreSQL: a row for every line, with the same bytes as in a file.
//!
//! One host writes to a log at a time, in a session that holds the log's advisory lock: what a session had begun has ended, in one way or the other, before
//! the next can have the lock. So a batch whose commit was never heard of is found committed or not, and nothing is written twice or left out.

mod beginning;
mod checkpoint_rows;
mod columns;
mod fault;
mod line_rows;
mod removing;
mod rows;
mod schema;
mod searching;
mod settings;
mod store;
mod writing_session;

pub(crate) use beginning::{first_line, newest_removal};
pub(crate) use checkpoint_rows::{CHECKPOINTS, CheckpointRows, kept_edge};
pub use fault::PostgresFault;
pub(crate) use line_rows::{follow, follow_after};
pub(crate) use removing::{after_old, remove_announced};
pub use schema::POSTGRES_SCHEMA;
pub use searching::PostgresSearch;
pub use settings::PostgresSettings;
pub(crate) use store::Store;
