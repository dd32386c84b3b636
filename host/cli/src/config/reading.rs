//! From the file to the final types: every key is read before any fault ends it, so that all are told together.
//!
//! To add a key: its name in the list of its table in `config_file.rs`; the line that reads it in the file of its table under `reading/`, with one
//! of [`Table`]'s functions, which say where a fault is, keep the value for `ssbtx config show`, and let a reload see whether it changed; its
//! field in the final type in `config.rs`; its lines in `docs/configuration.md`; and, where it may change while the host serves, its name in
//! `reloading/changes.rs`, since any other key asks for a restart. To add a table: all that, and one line in [`Reading::config`].

mod accept_pending;
mod audit;
mod audit_questions;
mod audit_sink;
mod cases;
mod listen;
mod log;
mod postgresql;
mod question;
mod sandbox;
mod telemetry;
mod trust;
mod upstreams;

use std::cell::RefCell;
use std::path::Path;

use ssbtx_config_file::{Document, Fault, Read, Setting, Table};
use ssbtx_gateway::{Consumers, GatewayLimits};

use super::{Config, Listen};
use crate::certificates::{self, Certificate};
use crate::config_file;
use crate::demonstration::holds_a_certificate_of_the_demo;
use question::Questions;

/// Makes the final types of a file's text.
///
/// # Errors
///
/// Every fault of this file and of `consumers.toml`.
pub(super) fn config(path: &Path, text: &str) -> Result<Config, Vec<Fault>> {
    let document = Document::parse(path, text)?;
    let (config, others) = {
        let reading = Reading { root: document.root(config_file::TABLES), others: RefCell::default() };
        (reading.config(), reading.others.into_inner())
    };
    let Read { value, mut faults, settings } = document.end(config);
    faults.extend(others.faults);
    match value {
        Some(config) if faults.is_empty() => {
            Ok(Config { settings: [settings, others.settings].concat(), certificates: others.certificates, ..config })
        }
        Some(_) | None => Err(faults),
    }
}

/// A file that is being read.
struct Reading<'d> {
    root: Table<'d>,
    others: RefCell<Others>,
}

/// What other files add to it.
#[derive(Default)]
struct Others {
    faults: Vec<Fault>,
    settings: Vec<Setting>,
    certificates: Vec<Certificate>,
}

impl<'d> Reading<'d> {
    fn config(&self) -> Option<Config> {
        let listen = self.root.required_table("listen", config_file::LISTEN);
        let consumers = listen.as_ref().and_then(|listen| self.consumers(listen));
        let listen = listen.and_then(|listen| self.listen(&listen));
        let cases = self.cases(consumers.as_ref());
        let admin = self.root.optional_table("admin", config_file::ADMIN).map(|admin| self.admin(&admin));
        let trust = self.root.required_table("trust", config_file::TRUST);
        let sandbox = self.sandbox(trust.as_ref());
        let trust = trust.and_then(|trust| self.trust(&trust));
        let accepted_pending = self.accepted_pending();
        let audit = self.root.required_table("audit", config_file::AUDIT).and_then(|audit| self.audit(&audit));
        let questions = self.questions();
        let upstreams = self.upstreams();
        let telemetry = self.root.optional_table("telemetry", config_file::TELEMETRY);
        let telemetry = telemetry.map(|telemetry| self.telemetry(&telemetry));
        let log = log::log(&self.root.table("log", config_file::LOG));
        let Questions { broker, identity_check, household_at_once } = questions?;
        let listen = listen?;
        let limits = GatewayLimits { household_at_once, ..listen.limits };
        Some(Config {
            listen: Listen { limits, ..listen },
            consumers: consumers?,
            cases: cases?,
            admin: admin.map_or(Some(None), |admin| admin.map(Some))?,
            trust: trust?,
            accepted_pending,
            audit: audit?,
            broker,
            identity_check,
            upstreams: upstreams?,
            sandbox: sandbox?,
            telemetry: telemetry.map_or(Some(None), |telemetry| telemetry.map(Some))?,
            log: log?,
            settings: Vec::new(),
            certificates: Vec::new(),
        })
    }

    /// Reads `consumers.toml`, whose faults and settings have lines of their own.
    fn consumers(&self, listen: &Table<'d>) -> Option<Consumers> {
        let file = listen.file("consumers", "the file of those who may ask")?;
        let text = listen.taken("consumers", std::str::from_utf8(&file.bytes).map_err(|_| "file is no UTF-8"))?;
        let mut others = self.others.borrow_mut();
        match Document::parse(&file.path, text) {
            Ok(document) => {
                let consumers = Consumers::read(&document);
                let Read { value, faults, settings } = document.end(Some(consumers));
                others.faults.extend(faults);
                others.settings.extend(settings);
                value
            }
            Err(faults) => {
                others.faults.extend(faults);
                None
            }
        }
    }

    /// Remembers the certificates of a file; one that holds none is told of by whoever uses it.
    fn certificates(&self, which: String, pem: &[u8]) {
        if let Some(expires) = certificates::expires(pem) {
            let is_of_the_demo = holds_a_certificate_of_the_demo(pem);
            self.others.borrow_mut().certificates.push(Certificate { which, expires, is_of_the_demo });
        }
    }
}
