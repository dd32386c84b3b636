//! A folder with keys, changes and a repository, and the binary that works on them.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) struct Desk {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) said: String,
    pub(crate) told: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("passphrase"), "en lång och hemlig mening\n").unwrap();
        Self { folder, environment: Vec::new() }
    }

    /// With a variable for every process that is started from here.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the binary in the folder, with words parted by blanks.
    pub(crate) fn ssbtx(&self, words: &str) -> Ended {
        self.run(Command::new(env!("CARGO_BIN_EXE_ssbtx")).args(words.split(' ').filter(|word| !word.is_empty())))
    }

    pub(crate) fn run(&self, command: &mut Command) -> Ended {
        let environment = self.environment.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let Output { status, stdout, stderr } =
            command.current_dir(self.folder.path()).envs(environment).stdin(Stdio::null()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended { code: status.code(), said: text(stdout), told: text(stderr) }
    }

    /// Runs the binary and expects it to be done.
    pub(crate) fn done(&self, words: &str) -> String {
        let ended = self.ssbtx(words);
        assert_eq!(ended.code, Some(0), "{words}: {}{}", ended.said, ended.told);
        ended.said
    }

    /// Runs the binary and expects it to refuse, with these words.
    pub(crate) fn refused(&self, words: &str, because: &str) {
        let ended = self.ssbtx(words);
        assert_eq!(ended.code, Some(1), "{words}: {}{}", ended.said, ended.told);
        assert!(ended.told.contains(because), "{words}: {}", ended.told);
    }

    /// A key in a file, with its public part beside it.
    pub(crate) fn key(&self, file: &str, person: &str) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ssbtx"));
        command.args(["key", "new", "--passphrase-file", "passphrase", "--out"]).arg(format!("{file}.key"));
        let ended = match person {
            "" => self.run(command.arg("--machine")),
            person => self.run(command.args(["--person", person])),
        };
        assert_eq!(ended.code, Some(0), "{}", ended.told);
    }

    pub(crate) fn sign(&self, change: &str, key: &str) -> Ended {
        self.ssbtx(&format!("repo sign {change} --yes --key {key}.key --passphrase-file passphrase"))
    }

    pub(crate) fn signed(&self, change: &str, keys: &[&str]) {
        for key in keys {
            let ended = self.sign(change, key);
            assert_eq!(ended.code, Some(0), "{key}: {}", ended.told);
        }
    }

    /// The command that publishes a change, with the keys of the desk's machines.
    pub(crate) fn publishing(command: &str, change: &str) -> String {
        format!("{command} publish {change} --repository repository {ONLINE}")
    }

    pub(crate) fn publish(&self, change: &str) {
        self.done(&Self::publishing("repo", change));
    }

    pub(crate) fn json(&self, words: &str) -> Value {
        serde_json::from_str(&self.done(&format!("{words} --format json"))).unwrap()
    }

    /// Keys for everybody, and a repository that they have signed.
    pub(crate) fn founded() -> Self {
        let desk = Self::new();
        desk.keys();
        desk.done(FOUNDING);
        desk.signed("founding", &["olle", "olga", "anna", "bo", "anders"]);
        desk.publish("founding");
        desk
    }

    pub(crate) fn keys(&self) {
        for (file, person) in [
            ("olle", "Olle Root"),
            ("olga", "Olga Root"),
            ("oskar", "Oskar Root"),
            ("anna", "Anna Exempel"),
            ("bo", "Bo Exempel"),
            ("asa", "Åsa Exempel"),
            ("anders", "Anders Förmedlare"),
            ("snapshot", ""),
            ("timestamp", ""),
        ] {
            self.key(file, person);
        }
    }
}

pub(crate) const FOUNDING: &str = "repo init --out founding --root-key olle.pub.json olga.pub.json oskar.pub.json \
    --snapshot-key snapshot.pub.json --timestamp-key timestamp.pub.json \
    --governance anna.pub.json bo.pub.json asa.pub.json --agency af=anders.pub.json";
pub(crate) const ONLINE: &str = "--snapshot-key snapshot.key --snapshot-passphrase-file passphrase \
    --timestamp-key timestamp.key --timestamp-passphrase-file passphrase";
