//! A process that writes under load, and its end.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use crate::records::{now, record};
use crate::signing::our_key;
use ssbtx_audit::{AuditLog, AuditSettings, CheckpointSettings, PostgresSettings};
use ssbtx_core::QuestionId;
use ssbtx_postgresql::{Database, DatabaseFiles, Server};

/// Where it writes.
pub(crate) enum Sink {
    Files(PathBuf),
    Postgres { folder: PathBuf, port: u16 },
}

impl Sink {
    /// What this process was told, where it is the one to be killed.
    pub(crate) fn told() -> Option<Self> {
        let folder = PathBuf::from(env::var_os(FOLDER)?);
        match env::var(PORT) {
            Ok(port) => Some(Self::Postgres { folder, port: port.parse().unwrap() }),
            Err(_) => Some(Self::Files(folder)),
        }
    }

    pub(crate) fn settings(&self) -> Option<PostgresSettings> {
        let Self::Postgres { folder, port } = self else { return None };
        let host = folder.to_str().unwrap().into();
        let server = Server { host, port: *port, database: "postgres".into(), user: "postgres".into() };
        let database = Database::new(server, &DatabaseFiles::default()).unwrap();
        Some(PostgresSettings::new(database, "test/killing".parse().unwrap()))
    }

    fn open(&self) -> AuditLog {
        // As often as the loop allows, so that the end comes in the middle of one.
        let checkpoints = CheckpointSettings::Signed { key: our_key(), every: Duration::from_micros(1) };
        match self {
            Self::Files(folder) => {
                AuditLog::open(folder, AuditSettings { segment_bytes: 20_000, checkpoints }, now()).unwrap()
            }
            Self::Postgres { .. } => AuditLog::connect(self.settings().unwrap(), checkpoints).unwrap(),
        }
    }
}

/// Writes, several records at once, and says of each that it is written.
pub(crate) async fn write(sink: &Sink) {
    let (log, kill) = (Arc::new(sink.open()), env::var(KILL).unwrap().parse().unwrap());
    let tasks = (0..AT_ONCE).map(|task| tokio::spawn(write_one_after_the_other(Arc::clone(&log), kill, task)));
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
}

async fn write_one_after_the_other(log: Arc<AuditLog>, kill: u32, task: u32) {
    for number in 0_u64.. {
        let mut record = record(1);
        let id = [kill.to_be_bytes().as_slice(), &task.to_be_bytes(), &number.to_be_bytes()].concat();
        record.question = QuestionId(id.try_into().unwrap());
        let said = format!("{WRITTEN}{}\n", record.question);
        log.append(record).await.unwrap();
        let mut out = io::stdout().lock();
        out.write_all(said.as_bytes()).and_then(|()| out.flush()).unwrap();
    }
}

/// Starts a process, kills it after it has told of so many records, and says of which questions it told in all.
pub(crate) fn killed_after(sink: &Sink, kill: u64, records: usize) -> BTreeSet<String> {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "a_writer_writes_until_it_is_killed", "--nocapture"]).env(KILL, kill.to_string());
    match sink {
        Sink::Files(folder) => command.env(FOLDER, folder),
        Sink::Postgres { folder, port } => command.env(FOLDER, folder).env(PORT, port.to_string()),
    };
    let mut writer = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    let mut questions = BTreeSet::new();
    while questions.len() < records {
        questions.extend(told(&lines.next().unwrap().unwrap()));
    }
    writer.kill().unwrap();
    writer.wait().unwrap();
    questions.extend(lines.map_while(Result::ok).filter_map(|line| told(&line)));
    questions
}

fn told(line: &str) -> Option<String> {
    // The first of them may stand on a line with what the test runner says.
    let (_, question) = line.split_once(WRITTEN)?;
    (question.len() == WHOLE).then(|| question.to_owned())
}

const FOLDER: &str = "SSBTX_TEST_AUDIT_FOLDER";
const PORT: &str = "SSBTX_TEST_AUDIT_PORT";
const KILL: &str = "SSBTX_TEST_AUDIT_KILL";
const WRITTEN: &str = "written: ";
/// A process may end in the middle of a line.
const WHOLE: usize = 36;
const AT_ONCE: u32 = 4;
