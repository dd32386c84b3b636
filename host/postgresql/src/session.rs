//! One connection.

use std::future::Future;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::config::TargetSessionAttrs;
use tokio_postgres::{Client, Error, NoTls};

use crate::database::Database;
use crate::fault::DatabaseFault;

/// A connection that can be asked; it ends with this.
pub struct Session {
    client: Client,
    connection: JoinHandle<()>,
    server: String,
}

impl Session {
    /// Connects to a server that takes writes.
    ///
    /// # Errors
    ///
    /// [`DatabaseFault`]; also where the server is a standby.
    pub async fn to_write(database: &Database) -> Result<Self, DatabaseFault> {
        Self::connect(database, TargetSessionAttrs::ReadWrite).await
    }

    /// Connects to a server that takes writes, keeps what it confirms and does not wait long for anything.
    ///
    /// # Errors
    ///
    /// [`DatabaseFault::NotDurable`] where a commit would be confirmed before it is on the disk, [`DatabaseFault::Encoding`] where one character could stop all
    /// writing; another fault as for [`Session::to_write`].
    pub async fn to_commit(database: &Database) -> Result<Self, DatabaseFault> {
        let session = Self::to_write(database).await?;
        session.ask(session.client.batch_execute(LIMITS)).await?;
        session.ensure_durable().await?;
        session.ensure_every_character().await?;
        Ok(session)
    }

    /// Connects to a server that may be a standby, and can change nothing.
    ///
    /// # Errors
    ///
    /// [`DatabaseFault`]
    pub async fn to_read(database: &Database) -> Result<Self, DatabaseFault> {
        let session = Self::connect(database, TargetSessionAttrs::Any).await?;
        session.ask(session.client.batch_execute(READ_ONLY)).await?;
        Ok(session)
    }

    /// Connects to a server that takes writes, so that what is read is what was committed last; changes nothing and does not wait long for anything.
    ///
    /// # Errors
    ///
    /// As [`Session::to_write`].
    pub async fn to_read_newest(database: &Database) -> Result<Self, DatabaseFault> {
        let session = Self::to_write(database).await?;
        session.ask(session.client.batch_execute(&format!("{LIMITS}; {READ_ONLY}"))).await?;
        Ok(session)
    }

    async fn connect(database: &Database, to: TargetSessionAttrs) -> Result<Self, DatabaseFault> {
        let server = database.shown().to_owned();
        let mut config = database.config().clone();
        config.target_session_attrs(to);
        let connecting = async {
            if let Some(tls) = database.tls() {
                let (client, connection) = config.connect(tls).await?;
                Ok((client, tokio::spawn(async move { drop(connection.await) })))
            } else {
                let (client, connection) = config.connect(NoTls).await?;
                Ok((client, tokio::spawn(async move { drop(connection.await) })))
            }
        };
        let (client, connection) = in_time(&server, connecting).await?;
        Ok(Self { client, connection, server })
    }

    /// Asks something that is to be answered within the time of one step, which is 4 seconds.
    ///
    /// # Errors
    ///
    /// [`DatabaseFault`]
    pub async fn ask<T>(&self, asked: impl Future<Output = Result<T, Error>>) -> Result<T, DatabaseFault> {
        in_time(&self.server, asked).await
    }

    /// Asks something that may take long.
    ///
    /// # Errors
    ///
    /// [`DatabaseFault`]
    pub async fn ask_long<T>(&self, asked: impl Future<Output = Result<T, Error>>) -> Result<T, DatabaseFault> {
        asked.await.map_err(|error| DatabaseFault::of(&self.server, &error))
    }

    /// What takes questions.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The database, as it is shown.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Ends when the connection has. Cancel safe; not to be called again after that.
    pub async fn ended(&mut self) {
        let _how = (&mut self.connection).await;
    }

    /// Sees to it that a commit is on the disk when it is confirmed.
    async fn ensure_durable(&self) -> Result<(), DatabaseFault> {
        let client = &self.client;
        let asked = async {
            let commits = setting(client, "synchronous_commit").await?;
            // The operator may ask for more than the disk of one server.
            if commits != "remote_apply" {
                client.batch_execute("SET synchronous_commit = on").await?;
            }
            let commits = setting(client, "synchronous_commit").await?;
            Ok([("fsync", setting(client, "fsync").await?), ("synchronous_commit", commits)])
        };
        for (setting, found) in self.ask(asked).await? {
            if !["on", "remote_apply"].contains(&found.as_str()) {
                return Err(DatabaseFault::NotDurable { server: self.server.clone(), setting, found });
            }
        }
        Ok(())
    }

    /// Sees to it that the database keeps every text: one in another encoding refuses the first character that it does not have.
    async fn ensure_every_character(&self) -> Result<(), DatabaseFault> {
        let found: String = self.ask(setting(&self.client, "server_encoding")).await?;
        let server = self.server.clone();
        if found == "UTF8" { Ok(()) } else { Err(DatabaseFault::Encoding { server, found }) }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Closed at once, also where the server does not answer.
        self.connection.abort();
    }
}

async fn setting(client: &Client, name: &str) -> Result<String, Error> {
    client.query_one("SELECT current_setting($1)", &[&name]).await?.try_get(0)
}

async fn in_time<T>(server: &str, asked: impl Future<Output = Result<T, Error>>) -> Result<T, DatabaseFault> {
    match timeout(STEP, asked).await {
        Ok(answer) => answer.map_err(|error| DatabaseFault::of(server, &error)),
        Err(_) => Err(DatabaseFault::TimedOut { server: server.to_owned() }),
    }
}

/// How long one step may take: short enough that one that fails leaves time for another connection before a question is given up.
const STEP: Duration = Duration::from_secs(4);
/// What a session may cost when its host is gone: the server notices within seconds, and lets go of its locks.
const LIMITS: &str = "SET statement_timeout = '4s'; SET lock_timeout = '4s'; SET idle_in_transaction_session_timeout = '4s'; \
                      SET client_connection_check_interval = '1s'; SET tcp_keepalives_idle = 5; \
                      SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";
const READ_ONLY: &str = "SET default_transaction_read_only = on";
