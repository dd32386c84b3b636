//! An officer's and an operator's commands, over a log that a host wrote.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use ssbtx_audit::{
    AuditLog, AuditSettings, CheckpointSettings, ConsumerName, Month, PostgresSettings, Refused, RefusedWhy, SubjectKey,
};
use ssbtx_core::{CaseId, Caseworker, Front, IdentityCheck, PersonId, Purpose, QuestionId};
use ssbtx_postgresql::{Database, DatabaseFiles, Server};
use ssbtx_stage::configuration::Configuration;
use ssbtx_stage::pki::Pki;
use ssbtx_stage::postgres::Postgres;
use tempfile::TempDir;
use tokio::runtime::Runtime;

#[test]
fn two_officers_sign_for_a_person_whose_number_stands_nowhere() {
    let office = Office::new();
    let number = "197701172392\n";
    let made = ["person", "request", "--reason", "Tillsyn, 197701172392", "--out", "request.json"];
    office.does(&made, number).unwrap();
    assert!(office.does(&made, number).unwrap_err().contains("write the request `request.json`"));
    let sign = |key: &str, number| {
        office.does(&["person", "sign", "request.json", "--key", key, "--passphrase-file", "passphrase"], number)
    };
    assert!(sign("anna.key", "197701182383\n").unwrap_err().contains("nothing was signed"));
    sign("anna.key", number).unwrap();
    assert!(sign("anna.key", number).unwrap_err().contains("key has signed the request already"));
    assert_eq!(sign("bo.key", number).unwrap(), "signed; the request has 2 signatures\n");
    let request = fs::read_to_string(office.folder.path().join("request.json")).unwrap();
    assert!(!request.contains("197701172392") && request.contains("Tillsyn, [identity number]"), "{request}");
    assert_eq!(office.mode("request.json"), 0o600);
    let body: Value = serde_json::from_str(&office.does(&["person", "body", "request.json"], number).unwrap()).unwrap();
    assert_eq!(body.get("person").and_then(Value::as_str), Some("197701172392"));
    assert_eq!(body.pointer("/request/signatures/1/key").and_then(Value::as_str).map(str::len), Some(64));
    let refused = office.does(&["person", "body", "request.json"], "1977\n").unwrap_err();
    assert!(refused.contains("identity number is not twelve digits"), "{refused}");
}

#[test]
fn two_officers_find_a_person_once_where_no_host_has_the_log() {
    let office = Office::with_log();
    let find = ["person", "find", "request.json"];
    let number = format!("{PERSON}\n");
    office.does(&["person", "request", "--reason", "Tillsyn", "--out", "request.json"], &number).unwrap();
    office.sign("anna.key");
    let alone = office.does(&find, &number).unwrap_err();
    assert!(alone.contains("look the person up"), "{alone}");
    office.sign("bo.key");
    assert!(office.does(&find, "197701182383\n").unwrap_err().contains("look the person up"));
    let host = office.open();
    let busy = office.does(&find, &number).unwrap_err();
    assert!(busy.contains("a host has the audit log open") && busy.contains("POST /admin/audit/person"), "{busy}");
    drop(host);
    let found: Value = serde_json::from_str(&office.does(&find, &number).unwrap()).unwrap();
    assert_eq!(found.pointer("/records").and_then(Value::as_array).map(Vec::len), Some(6));
    let again = office.does(&find, &number).unwrap_err();
    assert!(again.contains("answered"), "{again}");
    for told in [&alone, &busy, &again] {
        assert!(!told.contains(PERSON), "{told}");
    }
}

#[test]
fn the_reports_and_a_caseworkers_questions_are_printed() {
    let office = Office::with_log();
    let month = Month::of(recent()).to_string();
    let json = |report: &str| -> Value {
        let printed = office.does(&[report, "--from", &month, "--format", "json"], "").unwrap();
        serde_json::from_str(&printed).unwrap()
    };
    // What was refused since its case is not open stands in the other report alone.
    assert_eq!(json("usage").pointer("/months/0/rows"), Some(&json!([])));
    let by = json!([{ "organisation": "162020000001", "caseworker": "åsa exempel", "questions": 5 }]);
    let refused = "/months/0/consumers/0/outsideCaseRefused/caseworkers";
    assert_eq!(json("misuse").pointer(refused), Some(&by));
    for (report, expected) in [("usage", "inget (nothing)"), ("misuse", "åsa exempel (162020000001)")] {
        let printed = office.does(&[report, "--from", &month, "--anew"], "").unwrap();
        assert!(printed.contains(expected), "{printed}");
    }
    let (from, before) = (recent().to_string(), (recent() + SignedDuration::from_hours(1)).to_string());
    let of = |name: &str| {
        let time = ["--from", &from, "--before", &before];
        office.does(&[&["caseworker", "--organisation", "162020000001", "--name", name], &time[..]].concat(), "")
    };
    assert_eq!(of(" ÅSA exempel").unwrap().lines().count(), 5);
    assert_eq!(of("Bo Exempel").unwrap(), "");
    let (name, now) = ("Åsa Exempel", Timestamp::now().to_string());
    let time = ["--from", &from, "--before", &now];
    let long =
        office.does(&[&["caseworker", "--organisation", "162020000001", "--name", name], &time[..]].concat(), "");
    assert!(long.unwrap_err().contains("time is longer than 31 days"));
    assert!(office.does(&["usage", "--from", "2999-01"], "").unwrap_err().contains("read the months"));
}

#[test]
fn what_is_kept_no_longer_is_removed_where_no_host_has_the_log() {
    let office = Office::with_log();
    assert!(office.does(&["retain"], "").unwrap_err().contains("`[audit] retention-days` is not set"));
    office.configure(OFFICERS, &format!("{OFFICERS}retention-days = 100\n"));
    let host = office.open();
    assert!(office.does(&["retain"], "").unwrap_err().contains("a host has the audit log open"));
    drop(host);
    assert_eq!(office.does(&["retain"], "").unwrap(), "1 segments removed, through record 1\n");
    assert_eq!(office.does(&["retain"], "").unwrap(), "nothing is older than it is kept\n");
    let verified = office.does(&["verify", "ssbtx.toml"], "").unwrap();
    assert!(verified.starts_with("7 records"), "{verified}");
}

#[test]
fn what_is_kept_no_longer_is_removed_from_a_database_too() {
    let (office, server) = (Office::with_log(), Postgres::start().unwrap());
    let (host, log) = (server.socket_folder().to_str().unwrap(), "ssbtx.example.se/audit/1");
    let database = format!(
        "sink = \"postgresql\"\nretention-days = 100\n\n[audit.postgresql]\nhost = \"{host}\"\nport = {}\n\
         database = \"postgres\"\nuser = \"postgres\"\nlog = \"{log}\"\n",
        server.port()
    );
    let directory = format!("directory = {:?}\n", office.audit().to_str().unwrap());
    office.configure(&directory, "");
    office.configure(OFFICERS, &database);
    let (port, name) = (server.port(), "postgres".to_owned());
    let target = Server { host: host.to_owned(), port, database: name.clone(), user: name };
    let database = Database::new(target, &DatabaseFiles::default()).unwrap();
    let settings = PostgresSettings::new(database, log.parse().unwrap());
    record(&AuditLog::connect(settings, CheckpointSettings::Off).unwrap());
    assert_eq!(office.does(&["retain"], "").unwrap(), "rows removed, through record 1\n");
    assert_eq!(office.does(&["retain"], "").unwrap(), "nothing is older than it is kept\n");
    assert!(office.does(&["verify", "ssbtx.toml"], "").unwrap().starts_with("7 records"));
    assert_eq!(server.sql("SELECT min(sequence) FROM ssbtx_audit.line").unwrap(), "2");
}

#[test]
fn a_new_subject_key_is_for_its_owner_alone_and_never_written_over() {
    let office = Office::new();
    let told = office.does(&["rotate-key", "--out", "subject-2027.key"], "").unwrap();
    assert!(told.contains("`overlapping-subject-key`"), "{told}");
    assert_eq!(office.mode("subject-2027.key"), 0o600);
    let key = fs::read_to_string(office.folder.path().join("subject-2027.key")).unwrap();
    assert_eq!(key.trim_end().len(), 64);
    office.does(&["rotate-key", "--out", "subject-2027.key"], "").unwrap_err();
    assert_eq!(fs::read_to_string(office.folder.path().join("subject-2027.key")).unwrap(), key);
}

/// A folder with two officers' keys.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(office.folder.path().join("passphrase"), "inget att dölja\n").unwrap();
        for (file, person) in [("anna.key", "Anna Exempel"), ("bo.key", "Bo Exempel")] {
            let made = Command::new(env!("CARGO_BIN_EXE_ssbtx"))
                .args(["key", "new", "--out", file, "--person", person, "--passphrase-file", "passphrase"])
                .current_dir(office.folder.path())
                .output();
            assert!(made.unwrap().status.success());
        }
        office
    }

    /// With a configuration, and a log in which one question is old and five are of a month that is over; the officers are those of the folder.
    fn with_log() -> Self {
        let office = Self::new();
        let folder = office.folder.path();
        let officers = ["anna.pub.json", "bo.pub.json"]
            .map(|file| serde_json::from_slice::<Value>(&fs::read(folder.join(file)).unwrap()).unwrap());
        fs::write(folder.join("officers.json"), json!(officers).to_string()).unwrap();
        fs::write(folder.join("root.json"), "{}").unwrap();
        let key = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(folder.join("subject.key"));
        key.unwrap().write_all("07".repeat(32).as_bytes()).unwrap();
        let configuration = Configuration {
            listen: "127.0.0.1:0".to_owned(),
            repository: folder.join("repository"),
            root: folder.join("root.json"),
            audit: office.audit(),
            base_services: Vec::new(),
            accepted: Vec::new(),
            deadline_ms: 2000,
            upstream_timeout_ms: 6000,
            log_filter: "info".to_owned(),
        };
        configuration.write(folder, &Pki::create(&folder.join("pki")).unwrap()).unwrap();
        office.configure(SUBJECT_KEY, &format!("{SUBJECT_KEY}{OFFICERS}"));
        record(&office.open());
        office
    }

    /// Puts other lines of the configuration in the place of one.
    fn configure(&self, line: &str, others: &str) {
        let path = self.folder.path().join("ssbtx.toml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(line), "{text}");
        fs::write(&path, text.replacen(line, others, 1)).unwrap();
    }

    fn audit(&self) -> PathBuf {
        self.folder.path().join("audit")
    }

    /// Opens the log as a host does.
    fn open(&self) -> AuditLog {
        AuditLog::open(&self.audit(), AuditSettings::default(), Timestamp::now()).unwrap()
    }

    fn sign(&self, key: &str) {
        let sign = ["person", "sign", "request.json", "--key", key, "--passphrase-file", "passphrase"];
        self.does(&sign, &format!("{PERSON}\n")).unwrap();
    }

    /// What a command prints that reads this, or what it says where it fails.
    fn does(&self, arguments: &[&str], typed: &str) -> Result<String, String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ssbtx"));
        let command = command.arg("audit").args(arguments).current_dir(self.folder.path());
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = piped.spawn().unwrap();
        // Whoever reads nothing may be gone.
        let _gone = running.stdin.take().unwrap().write_all(typed.as_bytes());
        let ended = running.wait_with_output().unwrap();
        match ended.status.code() {
            Some(0) => Ok(String::from_utf8(ended.stdout).unwrap()),
            code => Err(format!("{code:?}: {}", String::from_utf8_lossy(&ended.stderr))),
        }
    }

    fn mode(&self, file: &str) -> u32 {
        fs::metadata(self.folder.path().join(file)).unwrap().permissions().mode() & 0o777
    }
}

/// Records what the officers' log holds.
fn record(log: &AuditLog) {
    let runtime = Runtime::new().unwrap();
    let old = recent() - SignedDuration::from_hours(24 * 160);
    for at in std::iter::once(old).chain(std::iter::repeat_n(recent(), 5)) {
        runtime.block_on(log.append_refused(refused(at))).unwrap();
    }
}

fn refused(at: Timestamp) -> Refused {
    let person = PersonId::parse(PERSON, IdentityCheck::DateAndCheckDigit).unwrap();
    Refused {
        question: QuestionId([1; 16]),
        at,
        front: Front::JsonV1,
        consumer: ConsumerName::new("Exempelkommun"),
        role: "ekonomiskt-bistand".parse().unwrap(),
        requester: "162020000001".parse().unwrap(),
        caseworker: Caseworker::parse("Åsa Exempel").unwrap(),
        case: CaseId::parse("2026-000123").unwrap(),
        household: None,
        purpose: Purpose::parse("Ansökan").unwrap(),
        subject: SubjectKey::from_bytes([7; 32]).subject(&person),
        why: RefusedWhy::CaseNotOpen,
    }
}

/// Some moment of a day of a month that is over.
fn recent() -> Timestamp {
    let day = 24 * 60 * 60;
    let seconds = Timestamp::now().as_second() / day * day - 40 * day + 12 * 60 * 60;
    Timestamp::from_second(seconds).unwrap()
}

const PERSON: &str = "197701172392";
const SUBJECT_KEY: &str = "subject-key = \"subject.key\"\n";
const OFFICERS: &str = "officers = \"officers.json\"\n";
