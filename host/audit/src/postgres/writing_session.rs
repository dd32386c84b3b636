//! A connection that writes a log, and keeps others from doing so.

use std::pin::pin;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::time::{Instant, sleep};
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Error, Row, Statement};

use super::columns::{Columns, NAMES};
use super::fault::PostgresFault;
use super::line_rows;
use super::schema::SCHEMA;
use super::settings::PostgresSettings;
use crate::chain::{Head, Linked};
use crate::checkpoint::Origin;
use ssbtx_core::Sha256Digest;
use ssbtx_postgresql::Session;

/// A session that holds a log's lock on a server that keeps what it confirms.
pub(super) struct WritingSession {
    session: Session,
    log: String,
    adding: Statement,
}

impl WritingSession {
    /// Connects, sees to it that a commit lasts, that the tables are there and that nobody else writes; for the last it waits as long as `patience`.
    pub(super) async fn take(settings: &PostgresSettings, patience: Duration) -> Result<Self, PostgresFault> {
        let session = Session::to_commit(settings.database()).await?;
        SCHEMA.ensure(&session).await?;
        lock(&session, settings.log(), patience).await?;
        let copy = format!("COPY ssbtx_audit.line (log, sequence, line, hash, {NAMES}) FROM STDIN BINARY");
        let adding = session.ask(session.client().prepare(&copy)).await?;
        Ok(Self { session, log: settings.log().as_str().to_owned(), adding })
    }

    /// The end of the log, by the word of its last row.
    pub(super) async fn head(&self) -> Result<Head, PostgresFault> {
        let last = "SELECT sequence, hash FROM ssbtx_audit.line WHERE log = $1 ORDER BY sequence DESC LIMIT 1";
        let asked =
            async { self.session.client().query_opt(last, &[&self.log]).await?.map(|row| head(&row)).transpose() };
        Ok(self.session.ask(asked).await?.flatten().unwrap_or(Head::START))
    }

    /// The last lines of the log, the first of them first.
    pub(super) async fn tail(&self) -> Result<Vec<Row>, PostgresFault> {
        let last = line_rows::question(&format!("ORDER BY sequence DESC LIMIT {TAIL}"));
        let mut rows = self.session.ask(self.session.client().query(&last, &[&self.log])).await?;
        rows.reverse();
        Ok(rows)
    }

    /// Adds lines, all of them or none; they are committed when it returns.
    ///
    /// The commit is a statement of its own: of a copy that commits by itself, a server that is stopped in that moment may tell the end although it
    /// never committed it.
    pub(super) async fn add(&self, lines: &[Linked]) -> Result<(), PostgresFault> {
        let client = self.session.client();
        // Sent one after the other without waiting, as they are polled. Where the copy fails, the commit undoes it.
        let adding = async {
            tokio::try_join!(biased; client.batch_execute("BEGIN"), self.copy(lines), client.batch_execute("COMMIT"))
        };
        self.session.ask(adding).await?;
        Ok(())
    }

    /// Keeps a checkpoint, unless it was kept before.
    pub(super) async fn keep(&self, size: i64, note: &str, edge: &[u8]) -> Result<(), PostgresFault> {
        let keeping =
            "INSERT INTO ssbtx_audit.checkpoint (log, size, note, edge) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let values: [&(dyn ToSql + Sync); 4] = [&self.log, &size, &note, &edge];
        self.session.ask(self.session.client().execute(keeping, &values)).await?;
        Ok(())
    }

    /// Ends when the connection has. Cancel safe; not to be called again after that.
    pub(super) async fn ended(&mut self) {
        self.session.ended().await;
    }

    /// By copying, since the driver writes a statement's values to its log, and those of a copy to none.
    async fn copy(&self, lines: &[Linked]) -> Result<(), Error> {
        let types: Vec<Type> =
            [Type::TEXT, Type::INT8, Type::BYTEA, Type::BYTEA].into_iter().chain(Columns::types()).collect();
        let copying = self.session.client().copy_in(&self.adding).await?;
        let mut rows = pin!(BinaryCopyInWriter::new(copying, &types));
        for Linked { line, head } in lines {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            // A log of more lines than a database counts is full: it refuses the number.
            let sequence = i64::try_from(head.sequence).unwrap_or(-1);
            let (hash, columns) = (head.hash.as_bytes().as_slice(), Columns::of(line));
            let own: [&(dyn ToSql + Sync); 4] = [&self.log, &sequence, &line, &hash];
            let values: Vec<_> = own.into_iter().chain(columns.values()).collect();
            rows.as_mut().write(&values).await?;
        }
        rows.finish().await.map(drop)
    }
}

fn head(row: &Row) -> Result<Option<Head>, Error> {
    let (sequence, hash): (i64, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
    let hash = <[u8; 32]>::try_from(hash).ok().map(Sha256Digest::from_bytes);
    Ok(u64::try_from(sequence).ok().zip(hash).map(|(sequence, hash)| Head { sequence, hash }))
}

/// Takes the log's lock, which the session then holds to its end.
async fn lock(session: &Session, log: &Origin, patience: Duration) -> Result<(), PostgresFault> {
    let name = Sha256::new().chain_update("ssbtx audit log ").chain_update(log.as_str()).finalize();
    let key = name.iter().take(8).fold(0_i64, |key, byte| key << 8 | i64::from(*byte));
    let began = Instant::now();
    loop {
        let client = session.client();
        let taken = async { client.query_one("SELECT pg_try_advisory_lock($1)", &[&key]).await?.try_get(0) };
        if session.ask(taken).await? {
            return Ok(());
        }
        if began.elapsed() >= patience {
            return Err(PostgresFault::InUse { server: session.server().to_owned(), log: log.clone() });
        }
        sleep(LOOK).await;
    }
}

/// How many lines are verified when a log is opened.
const TAIL: usize = 1000;
const LOOK: Duration = Duration::from_millis(20);
