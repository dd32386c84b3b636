//! A session that is opened: that it leads to a store, and to one of this key.

use ssbtx_postgresql::{Database, Hidden, Schema, Session};
use tokio_postgres::types::Type;

use crate::store::StoreFault;

/// The statements that make the tables of open cases in PostgreSQL, with the rights that the host's role needs in a comment, for whoever owns the schema.
pub const POSTGRES_SCHEMA: &str = include_str!("schema.sql");

/// Opens a session that changes what is kept; begins a store where there is none.
pub(super) async fn to_write(database: &Database, key_id: &[u8; 32]) -> Result<Session, StoreFault> {
    let session = Session::to_commit(database).await?;
    SCHEMA.ensure(&session).await?;
    let id = key_id.as_slice();
    let keep = "INSERT INTO ssbtx_cases.key (id) VALUES ($1) ON CONFLICT DO NOTHING";
    session.ask(session.client().execute_typed(keep, &[(&Hidden(&id), Type::BYTEA)])).await?;
    is_of(session, key_id).await
}

/// Opens a session that looks at what is kept, where it was committed last.
pub(super) async fn to_read(database: &Database, key_id: &[u8; 32]) -> Result<Session, StoreFault> {
    let session = Session::to_read_newest(database).await?;
    SCHEMA.ensure(&session).await?;
    is_of(session, key_id).await
}

/// The session, if what it leads to was begun with this key.
async fn is_of(session: Session, key_id: &[u8; 32]) -> Result<Session, StoreFault> {
    let asked = async {
        let row = session.client().query_typed_opt("SELECT id FROM ssbtx_cases.key", &[]).await?;
        row.map(|row| row.try_get::<_, Vec<u8>>(0)).transpose()
    };
    let begun_with = session.ask(asked).await?;
    if begun_with.as_deref() == Some(key_id.as_slice()) {
        Ok(session)
    } else {
        Err(StoreFault::OtherKey { server: session.server().to_owned() })
    }
}

const SCHEMA: Schema = Schema { name: "ssbtx_cases", version: 1, statements: POSTGRES_SCHEMA };
