//! The tables that a log lies in.

use ssbtx_postgresql::Schema;

/// The statements that make the tables of an audit log in PostgreSQL, with the rights that roles need in a comment, for whoever owns the schema.
pub const POSTGRES_SCHEMA: &str = include_str!("schema.sql");

pub(super) const SCHEMA: Schema = Schema { name: "ssbtx_audit", version: 1, statements: POSTGRES_SCHEMA };
