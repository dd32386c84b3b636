//! The tables that something lies in.

use crate::fault::DatabaseFault;
use crate::session::Session;

/// Tables with a version, which stands in a table `version` among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// What the schema is called in the database.
    pub name: &'static str,
    /// The version that this program knows.
    pub version: i32,
    /// The statements that make it where there is none.
    pub statements: &'static str,
}

impl Schema {
    /// Sees to it that the tables are there in the form that this version knows.
    ///
    /// # Errors
    ///
    /// [`DatabaseFault::Schema`] where they are of another version; another fault where they cannot be looked at, or are missing and cannot be made.
    pub async fn ensure(&self, session: &Session) -> Result<(), DatabaseFault> {
        if self.found(session).await?.is_none() {
            session.ask(session.client().batch_execute(self.statements)).await?;
        }
        match self.found(session).await? {
            Some(found) if found == self.version => Ok(()),
            found => {
                let (schema, server) = (self.name, session.server().to_owned());
                Err(DatabaseFault::Schema { schema, server, found: found.unwrap_or_default(), expected: self.version })
            }
        }
    }

    /// The version of what is there, where anything is.
    async fn found(&self, session: &Session) -> Result<Option<i32>, DatabaseFault> {
        let (client, table) = (session.client(), format!("{}.version", self.name));
        let asked = async {
            let exists = client.query_one("SELECT to_regclass($1::text) IS NOT NULL", &[&table]).await?;
            if !exists.try_get::<_, bool>(0)? {
                return Ok(None);
            }
            let newest = format!("SELECT coalesce(max(version), 0) FROM {table}");
            client.query_one(&newest, &[]).await?.try_get(0).map(Some)
        };
        session.ask(asked).await
    }
}
