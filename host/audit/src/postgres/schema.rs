//! The tables that a log lies in.

use super::fault::PostgresFault;
use super::session::Session;

/// Sees to it that the tables are there in the form that this version knows.
pub(super) async fn ensure(session: &Session) -> Result<(), PostgresFault> {
    if version(session).await?.is_none() {
        session.ask(session.client().batch_execute(POSTGRES_SCHEMA)).await?;
    }
    match version(session).await? {
        Some(VERSION) => Ok(()),
        found => {
            let server = session.server().to_owned();
            Err(PostgresFault::Schema { server, found: found.unwrap_or_default(), expected: VERSION })
        }
    }
}

/// The version of what is there, where anything is.
async fn version(session: &Session) -> Result<Option<i32>, PostgresFault> {
    let client = session.client();
    let asked = async {
        let exists = client.query_one("SELECT to_regclass('ssbtx_audit.version') IS NOT NULL", &[]).await?;
        if !exists.try_get::<_, bool>(0)? {
            return Ok(None);
        }
        let version = client.query_one("SELECT coalesce(max(version), 0) FROM ssbtx_audit.version", &[]).await?;
        version.try_get(0).map(Some)
    };
    session.ask(asked).await
}

const VERSION: i32 = 1;
/// The statements that make the tables of an audit log in PostgreSQL, with the rights that roles need in a comment, for whoever owns the schema.
pub const POSTGRES_SCHEMA: &str = include_str!("schema.sql");
