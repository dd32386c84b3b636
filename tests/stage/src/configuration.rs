//! The configuration files of a demonstration host.

use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::components;
use crate::lefi::AKTORSID;
use crate::pki::{ORGANISATION, OTHER_ORGANISATION, Pki};

/// What a demonstration host is started with; change it before [`write`](Self::write).
pub struct Configuration {
    /// Address and port; port 0 takes a free one.
    pub listen: String,
    /// The folder that holds the repository's `metadata` and `targets`.
    pub repository: PathBuf,
    /// The trusted root.
    pub root: PathBuf,
    /// The audit log's folder.
    pub audit: PathBuf,
    /// Where the base services of these agencies are.
    pub base_services: Vec<(String, SocketAddr)>,
    /// The pending bases that are accepted.
    pub accepted: Vec<Accepted>,
    /// How long agencies are waited for.
    pub deadline_ms: u64,
    /// How long one exchange with a base service may take.
    pub upstream_timeout_ms: u64,
    /// What is logged.
    pub log_filter: String,
}

/// A pending basis that is accepted.
#[derive(Clone)]
pub struct Accepted {
    /// Its name.
    pub basis: String,
    /// The datasets for which it is, as `AF/inskrivning`; all where this is empty.
    pub datasets: Vec<String>,
}

impl Configuration {
    /// The pending bases that the demo accepts: all that SSBTEK v10 does, and for arbetsmarknad the datasets that ADR 0008 lists and gives reasons
    /// for.
    pub fn demo_acceptance() -> Vec<Accepted> {
        let arbetsmarknad = [
            "AF/identitet",
            "AF/sekretessmarkering",
            "AF/inskrivning",
            "AF/sokandekategori",
            "AF/omfattning",
            "AF/aktivitetsrapport",
            "FK/programjobbdagar",
            "MIV/identitet",
            "MIV/tillstand",
        ];
        vec![
            Accepted { basis: "ssbtek-v10-practice".to_owned(), datasets: Vec::new() },
            Accepted { basis: "ssbtx-arbetsmarknad".to_owned(), datasets: arbetsmarknad.map(str::to_owned).to_vec() },
        ]
    }

    /// Writes `ssbtx.toml`, `consumers.toml` and the keys of the audit log and of open cases into a folder and says where the first is.
    ///
    /// The host keeps its last good copy in `state` in that folder, looks at the repository five times a second, does not drain before it stops,
    /// and lets the consumers use its admin listener, which takes a free port.
    ///
    /// # Errors
    ///
    /// Where a file cannot be written.
    pub fn write(&self, folder: &Path, pki: &Pki) -> Result<PathBuf> {
        fs::create_dir_all(folder).with_context(|| format!("make folder `{}`", folder.display()))?;
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::write(&path, text).with_context(|| format!("write `{}`", path.display())).map(|()| path)
        };
        write("consumers.toml", &consumers(pki))?;
        Self::write_key(&folder.join("subject.key"), "subject key")?;
        Self::write_key(&folder.join("cases.key"), "case key")?;
        write("ssbtx.toml", &self.to_toml(pki)?)
    }

    /// Writes a key that is the same in every demonstration: a host knows it for what it is, and takes it with `--demo` alone.
    fn write_key(path: &Path, what: &str) -> Result<()> {
        use std::io::Write;
        use std::os::unix::fs::OpenOptionsExt;

        if path.exists() {
            return Ok(());
        }
        let key = Sha256::digest(format!("ssbtx demonstration {what}"));
        let open = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        open.and_then(|mut file| file.write_all(hex::encode(key).as_bytes()))
            .with_context(|| format!("write `{}`", path.display()))
    }

    fn to_toml(&self, pki: &Pki) -> Result<String> {
        let mut toml = format!(
            "# A demonstration: every key here was made on the spot and protects nothing.\n\n\
             [listen]\naddress = {}\ncertificate-chain = {}\nprivate-key = {}\nclient-roots = {}\nconsumers = \"consumers.toml\"\n\
             drain-ms = 0\n\n\
             [trust]\nroot = {}\nrepository = {}\nstate = \"state\"\ncompiled-code = {}\npoll-interval-ms = 200\n\n\
             [admin]\naddress = \"127.0.0.1:0\"\ncertificate-chain = {}\nprivate-key = {}\nclient-roots = {}\n\n\
             [audit]\ndirectory = {}\nsubject-key = \"subject.key\"\n\n\
             [cases]\ndirectory = \"cases\"\nkey = \"cases.key\"\n\n\
             [question]\ndeadline-ms = {}\n\n\
             [log]\nformat = \"json\"\nfilter = {}\n",
            text(&self.listen),
            file(&pki.host.chain),
            file(&pki.host.key),
            file(&pki.consumer_roots),
            file(&self.root),
            file(&self.repository),
            file(&components::compiled_code()),
            file(&pki.host.chain),
            file(&pki.host.key),
            file(&pki.consumer_roots),
            file(&self.audit),
            self.deadline_ms,
            text(&self.log_filter),
        );
        for accepted in &self.accepted {
            write!(toml, "\n[[accept-pending]]\nbasis = {}\n", text(&accepted.basis))?;
            if !accepted.datasets.is_empty() {
                writeln!(
                    toml,
                    "datasets = [{}]",
                    accepted.datasets.iter().map(|dataset| text(dataset)).collect::<Vec<_>>().join(", ")
                )?;
            }
        }
        for (agency, address) in &self.base_services {
            write!(
                toml,
                "\n[[upstream]]\nagency = {}\nname = \"base-service\"\nurl = \"https://localhost:{}\"\nroots = {}\n\
                 certificate-chain = {}\nprivate-key = {}\ntimeout-ms = {}\nmax-in-flight = {MANY}\n",
                text(agency),
                address.port(),
                file(&pki.agency_roots),
                file(&pki.upstream.chain),
                file(&pki.upstream.key),
                self.upstream_timeout_ms,
            )?;
        }
        Ok(toml)
    }
}

/// A text as TOML writes it, quoted and escaped.
fn text(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn file(path: &Path) -> String {
    text(&path.to_string_lossy())
}

/// More exchanges with one base service at once than any test has questions.
const MANY: usize = 1024;

/// More than any test or load generator asks, which all ask in one caseworker's name.
const AMPLE: &str = "[consumer.limits]\nquestions-per-minute = 100000\nburst = 10000\nconcurrent-questions = 1024\nquestions-per-day = 10000000\n\n\
                     [consumer.caseworker-limits]\nquestions-per-minute = 100000\nburst = 10000\nconcurrent-questions = 1024\nquestions-per-day = 10000000\n\n";

fn consumers(pki: &Pki) -> String {
    let actors: String = AKTORSID.map(|(organisation, id)| format!("{organisation} = \"{id}\"\n")).concat();
    format!(
        "[[consumer]]\nname = \"Exempelkommun, socialnämnden\"\norganisation-number = \"{ORGANISATION}\"\nacts-for = [\"{OTHER_ORGANISATION}\"]\n\n\
         [consumer.aktorsid]\n{actors}\n{AMPLE}\
         [[consumer.certificate]]\nfingerprint = \"{}\"\nrole = \"ekonomiskt-bistand\"\n\n\
         [[consumer.certificate]]\nfingerprint = \"{}\"\nrole = \"arbetsmarknad\"\n",
        pki.ekonomiskt_bistand.fingerprint, pki.arbetsmarknad.fingerprint,
    )
}
