//! Finding lines in a database.

use std::ops::Range;
use std::thread;

use jiff::Timestamp;
use tokio::runtime::Builder;
use tokio_postgres::types::ToSql;

use super::fault::PostgresFault;
use super::line_rows::{LineRow, question};
use super::rows::Rows;
use super::settings::PostgresSettings;
use crate::chain::ChainBroken;
use crate::indexed::{Indexed, NamedSubject};
use crate::searchable::{FoundLine, SearchFault, Searchable};
use ssbtx_postgresql::{DatabaseFault, Hidden, Session};

/// The lines of a log in PostgreSQL, found through the columns beside them.
///
/// Every line that is found has its hash computed and its columns made again and compared. A column that was changed so that a line is no longer found
/// is shown by [`verify`](crate::verify()).
pub struct PostgresSearch {
    settings: PostgresSettings,
}

impl PostgresSearch {
    /// Makes ready to ask; every question has a connection of its own, which can change nothing.
    pub fn new(settings: PostgresSettings) -> Self {
        Self { settings }
    }

    /// Reads the lines of a selection, at most so many, from whatever server answers or from one that has what was committed last.
    fn lines(
        &self,
        of: Server,
        which: &str,
        values: &[&(dyn ToSql + Sync)],
        most: usize,
    ) -> Result<Vec<FoundLine>, SearchFault> {
        let log = self.settings.log().as_str();
        let values: Vec<Hidden<'_>> =
            [&log as &(dyn ToSql + Sync)].into_iter().chain(values.iter().copied()).map(Hidden).collect();
        // More than a database counts is as many as there are.
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let question = question(&format!("AND {which} ORDER BY sequence LIMIT {most}"));
        let rows = self.wait(async || {
            let session = of.session(&self.settings).await?;
            let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
            Ok(session.ask_long(session.client().query(&question, &values)).await?)
        })?;
        let found = rows.iter().map(|row| {
            let line = LineRow::of(&self.settings, row).map_err(ChainBroken::from)?;
            line.follow(&self.settings, None)?;
            let (sequence, line) = (line.sequence(), line.into_line());
            let row = Indexed::of(&line).map_err(|_| SearchFault::NotIndexed { sequence })?;
            Ok(FoundLine { row, line: String::from_utf8_lossy(&line).trim_end().to_owned() })
        });
        found.collect()
    }

    /// Asks in a thread of its own, since whoever waits here may be in one that must not wait asynchronously.
    fn wait<T: Send>(&self, ask: impl AsyncFnOnce() -> Result<T, PostgresFault> + Send) -> Result<T, SearchFault> {
        let unreachable = || PostgresFault::unreachable(self.settings.server());
        let asking = || match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime.block_on(ask()),
            Err(_) => Err(unreachable()),
        };
        let answer = thread::scope(|scope| scope.spawn(asking).join().unwrap_or_else(|_| Err(unreachable())));
        answer.map_err(|fault| SearchFault::Broken(fault.into()))
    }
}

impl Searchable for PostgresSearch {
    fn about(&mut self, names: &[NamedSubject]) -> Result<Vec<FoundLine>, SearchFault> {
        let (keys, hmacs): (Vec<_>, Vec<_>) = names.iter().map(|it| (it.key.as_str(), it.hmac_sha256.as_str())).unzip();
        self.lines(Server::Newest, ABOUT, &[&keys, &hmacs], usize::MAX)
    }

    fn by_caseworker(
        &mut self,
        organisation: &str,
        folded: &str,
        time: &Range<Timestamp>,
        most: usize,
    ) -> Result<Vec<FoundLine>, SearchFault> {
        let (from, before) = (time.start.as_microsecond(), time.end.as_microsecond());
        self.lines(Server::Any, BY_CASEWORKER, &[&organisation, &folded, &from, &before], most)
    }

    fn each(&mut self, time: &Range<Timestamp>, each: &mut dyn FnMut(Indexed)) -> Result<(), SearchFault> {
        let (from, before) = (time.start.as_microsecond(), time.end.as_microsecond());
        let page = format!(
            "AND sequence > $2 AND at >= {from} AND at < {before} ORDER BY sequence LIMIT {}",
            super::rows::PAGE
        );
        let mut rows = Rows::begin(&self.settings, question(&page), 0);
        while let Some(row) = rows.next().map_err(ChainBroken::from)? {
            let line = LineRow::of(&self.settings, &row).map_err(ChainBroken::from)?;
            let (sequence, line) = (line.sequence(), line.into_line());
            each(Indexed::of(&line).map_err(|_| SearchFault::NotIndexed { sequence })?);
        }
        Ok(())
    }

    fn was_answered(&mut self, look_up: &str) -> Result<bool, SearchFault> {
        Ok(!self.lines(Server::Newest, OF_LOOK_UP, &[&look_up], 1)?.is_empty())
    }

    fn begins(&mut self) -> Result<Option<Timestamp>, SearchFault> {
        Ok(self.lines(Server::Any, FIRST, &[], 1)?.first().and_then(FoundLine::begins_after_others))
    }

    fn catch_up(&mut self) -> Result<(), SearchFault> {
        // The columns are written with the line.
        Ok(())
    }
}

impl std::fmt::Debug for PostgresSearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresSearch").finish_non_exhaustive()
    }
}

/// Which server is asked.
#[derive(Clone, Copy)]
enum Server {
    /// One that may be a standby.
    Any,
    /// One that takes lines: a standby that is behind would not know that a look-up was answered, nor what was asked since.
    Newest,
}

impl Server {
    async fn session(self, settings: &PostgresSettings) -> Result<Session, DatabaseFault> {
        let database = settings.database();
        match self {
            Self::Any => Session::to_read(database).await,
            Self::Newest => {
                let session = Session::to_read_newest(database).await?;
                // Everything about a person is found by an index, and may be much to send.
                session.ask(session.client().batch_execute("SET statement_timeout = 0")).await?;
                Ok(session)
            }
        }
    }
}

const ABOUT: &str = "((subject_key, subject_hmac) IN (SELECT * FROM unnest($2::text[], $3::text[])) \
                     OR (earlier_key, earlier_hmac) IN (SELECT * FROM unnest($2::text[], $3::text[])))";
const BY_CASEWORKER: &str = "organisation = $2 AND caseworker_folded = $3 AND at >= $4 AND at < $5";
const OF_LOOK_UP: &str = "look_up = $2";
const FIRST: &str = "sequence > 0";
