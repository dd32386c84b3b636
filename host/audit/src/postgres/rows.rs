//! Reading without an end in sight, for whoever does not wait asynchronously.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::vec;

use tokio::runtime;
use tokio_postgres::Row;

use super::fault::PostgresFault;
use super::settings::PostgresSettings;
use ssbtx_postgresql::Session;

/// Rows as they are read, a page at a time, by a thread with a connection of its own: it ends when nobody takes them.
pub(super) struct Rows {
    pages: Receiver<Result<Vec<Row>, PostgresFault>>,
    page: vec::IntoIter<Row>,
    is_last: bool,
    server: String,
}

impl Rows {
    /// Begins to ask. The question takes the log and the number after which it goes on, gives at most [`PAGE`] rows, and has that number as first column.
    pub(super) fn begin(settings: &PostgresSettings, question: String, after: i64) -> Self {
        let (sender, pages) = sync_channel(PAGES);
        let server = settings.server().to_owned();
        let settings = settings.clone();
        let reading = move || {
            let Ok(runtime) = runtime::Builder::new_current_thread().enable_all().build() else { return };
            if let Err(fault) = runtime.block_on(read(&settings, &question, after, &sender)) {
                // Whoever asked may have stopped reading.
                let _gone = sender.send(Err(fault));
            }
        };
        // Where there is no thread, nobody sends: that reads as a fault.
        drop(thread::Builder::new().name("audit-read".into()).spawn(reading));
        Self { pages, page: Vec::new().into_iter(), is_last: false, server }
    }

    /// The next row; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Row>, PostgresFault> {
        if self.page.len() == 0 && !self.is_last {
            let unreachable = |_| PostgresFault::unreachable(&self.server);
            let page = self.pages.recv().map_err(unreachable)??;
            self.is_last = page.len() < PAGE;
            self.page = page.into_iter();
        }
        Ok(self.page.next())
    }
}

/// Reads page after page until one is not full. A log is only added to, so that pages fit together.
async fn read(
    settings: &PostgresSettings,
    question: &str,
    mut after: i64,
    pages: &SyncSender<Result<Vec<Row>, PostgresFault>>,
) -> Result<(), PostgresFault> {
    let session = Session::to_read(settings.database()).await?;
    let log = settings.log().as_str();
    let question = session.ask(session.client().prepare(question)).await?;
    loop {
        let page = session.ask_long(session.client().query(&question, &[&log, &after])).await?;
        let is_last = page.len() < PAGE;
        if let Some(last) = page.last() {
            after = session.ask(async { last.try_get(0) }).await?;
        }
        if pages.send(Ok(page)).is_err() || is_last {
            return Ok(());
        }
    }
}

/// How many rows a page has.
pub(super) const PAGE: usize = 256;
/// How many pages are read ahead.
const PAGES: usize = 2;
