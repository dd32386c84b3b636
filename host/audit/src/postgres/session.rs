//! One connection.

use std::future::Future;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::config::TargetSessionAttrs;
use tokio_postgres::{Client, Error, NoTls};

use super::fault::PostgresFault;
use super::settings::PostgresSettings;

/// A connection that can be asked; it ends with this.
pub(super) struct Session {
    client: Client,
    connection: JoinHandle<()>,
    server: String,
}

impl Session {
    /// Connects to a server that takes lines.
    pub(super) async fn to_write(settings: &PostgresSettings) -> Result<Self, PostgresFault> {
        Self::connect(settings, TargetSessionAttrs::ReadWrite).await
    }

    /// Connects to a server that may be a standby, and can change nothing.
    pub(super) async fn to_read(settings: &PostgresSettings) -> Result<Self, PostgresFault> {
        let session = Self::connect(settings, TargetSessionAttrs::Any).await?;
        session.ask(session.client.batch_execute("SET default_transaction_read_only = on")).await?;
        Ok(session)
    }

    async fn connect(settings: &PostgresSettings, to: TargetSessionAttrs) -> Result<Self, PostgresFault> {
        let server = settings.server().to_owned();
        let mut config = settings.config().clone();
        config.target_session_attrs(to);
        let connecting = async {
            if let Some(tls) = settings.tls() {
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

    /// Asks something that is to be answered within the time of one step.
    pub(super) async fn ask<T>(&self, asked: impl Future<Output = Result<T, Error>>) -> Result<T, PostgresFault> {
        in_time(&self.server, asked).await
    }

    /// Asks something that may take long.
    pub(super) async fn ask_long<T>(&self, asked: impl Future<Output = Result<T, Error>>) -> Result<T, PostgresFault> {
        asked.await.map_err(|error| PostgresFault::of(&self.server, &error))
    }

    /// What takes questions.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The database, as it is shown.
    pub(super) fn server(&self) -> &str {
        &self.server
    }

    /// Ends when the connection has. Cancel safe; not to be called again after that.
    pub(super) async fn ended(&mut self) {
        let _how = (&mut self.connection).await;
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Closed at once, also where the server does not answer.
        self.connection.abort();
    }
}

async fn in_time<T>(server: &str, asked: impl Future<Output = Result<T, Error>>) -> Result<T, PostgresFault> {
    match timeout(STEP, asked).await {
        Ok(answer) => answer.map_err(|error| PostgresFault::of(server, &error)),
        Err(_) => Err(PostgresFault::TimedOut { server: server.to_owned() }),
    }
}

/// How long one step may take: short enough that one that fails leaves time for another connection before a question is given up.
pub(super) const STEP: Duration = Duration::from_secs(4);
