mod audit;

use std::path::PathBuf;
use std::time::Duration;

use ssbtx_stage::configuration::Configuration;
use ssbtx_stage::pki::Pki;
use tempfile::TempDir;

use super::*;

/// A configuration that is in order, to be changed.
struct Written {
    folder: TempDir,
    text: String,
}

impl Written {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pki = Pki::create(&folder.path().join("pki")).unwrap();
        fs::write(folder.path().join("root.json"), "{}").unwrap();
        let configuration = Configuration {
            listen: "127.0.0.1:0".to_owned(),
            repository: PathBuf::from("repository"),
            root: PathBuf::from("root.json"),
            audit: PathBuf::from("audit"),
            base_services: vec![("AF".to_owned(), "127.0.0.1:8443".parse().unwrap())],
            accepted: Configuration::demo_acceptance(),
            deadline_ms: 6500,
            upstream_timeout_ms: 6000,
            log_filter: "info".to_owned(),
        };
        let file = configuration.write(folder.path(), &pki).unwrap();
        let text = fs::read_to_string(file).unwrap();
        Self { folder, text }
    }

    /// Replaces a part of it, which must be there.
    fn with(mut self, part: &str, by: &str) -> Self {
        assert!(self.text.contains(part), "`{part}` is not in\n{}", self.text);
        self.text = self.text.replacen(part, by, 1);
        self
    }

    fn load(&self) -> Result<Config, NotConfigured> {
        let file = self.folder.path().join("ssbtx.toml");
        fs::write(&file, &self.text).unwrap();
        load(&file)
    }

    /// What the operator is told, the folder left out.
    fn faults(&self) -> String {
        let Err(error) = self.load() else { panic!("nothing is wrong with\n{}", self.text) };
        error.to_string().replace(&self.folder.path().display().to_string(), "…")
    }
}

/// The one fault of a configuration with one part replaced.
fn fault(part: &str, by: &str) -> String {
    let faults = Written::new().with(part, by).faults();
    let (_, fault) = faults.split_once("1 fault:\n  ").unwrap_or_else(|| panic!("{faults}"));
    fault.strip_prefix("…/").unwrap_or_else(|| panic!("{fault}")).to_owned()
}

#[test]
fn ok_configuration_with_nothing_said_has_the_defaults() {
    let config = Written::new().with("[question]\ndeadline-ms = 6500\n", "").load().unwrap();
    assert_eq!(config.broker.deadline, Duration::from_millis(6500));
    assert_eq!(config.listen.limits, GatewayLimits::default());
    assert_eq!(config.identity_check, IdentityCheck::DateAndCheckDigit);
}

#[test]
fn ok_configuration_has_what_it_says() {
    let config = Written::new()
        .with("deadline-ms = 6500", "deadline-ms = 100\nidentity-check = \"twelve-digits\"")
        .with("[trust]", "max-body-bytes = 1024\nmax-connections = 1\nheader-timeout-ms = 60000\n[trust]")
        .with("[log]", "[sandbox]\nnodes = 7\n[log]")
        .load()
        .unwrap();
    assert_eq!(config.broker.deadline, Duration::from_millis(100));
    let limits = config.listen.limits;
    assert_eq!((limits.body_bytes, limits.connections, limits.header_timeout), (1024, 1, Duration::from_mins(1)));
    assert_eq!(config.identity_check, IdentityCheck::TwelveDigits);
    assert_eq!(config.sandbox.value(ssbtx_runtime::Limit::Nodes), 7);
    assert!(matches!(config.audit.place(), ssbtx_audit::Place::Folder(folder) if folder.ends_with("audit")));
}

#[test]
fn err_listen() {
    insta::assert_snapshot!(fault("127.0.0.1:0", "localhost"), @"ssbtx.toml:4: listen.address: `localhost` is not an address and port, such as `0.0.0.0:8443`");
    insta::assert_snapshot!(fault("consumers.toml", "absent.toml"), @"ssbtx.toml:8: listen.consumers: `…/absent.toml` cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(fault("consumers = \"consumers.toml\"", "consumers = \"root.json\""), @"root.json:1: invalid key-value pair, expected key");
    insta::assert_snapshot!(fault("host.key", "absent.key"), @"ssbtx.toml:6: listen.private-key: `…/pki/absent.key` cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(fault("host.key", "upstream.key"), @"ssbtx.toml:6: listen.private-key: certificate and key cannot be used: keys may not be consistent: KeyMismatch");
    insta::assert_snapshot!(fault("host.key", "host.pem"), @"ssbtx.toml:6: listen.private-key: `…/pki/host.pem` has mode `644`, expected no access for group and others, such as `600`");
    insta::assert_snapshot!(fault("consumer-roots.pem", "host.key"), @"ssbtx.toml:7: listen.client-roots: client roots hold no certificate in PEM");
    insta::assert_snapshot!(fault("[trust]", "max-body-bytes = 1023\n[trust]"), @"ssbtx.toml:11: listen.max-body-bytes: `1023` is not 1024 to 16777216");
    insta::assert_snapshot!(fault("[trust]", "max-connections = 0\n[trust]"), @"ssbtx.toml:11: listen.max-connections: `0` is not 1 to 65536");
    insta::assert_snapshot!(fault("[trust]", "header-timeout-ms = 60001\n[trust]"), @"ssbtx.toml:11: listen.header-timeout-ms: `60001` is not 1 to 60000");
}

#[test]
fn err_revocation_lists() {
    let with = |file: &str| fault("[trust]", &format!("revocation-lists = [\"{file}\"]\n[trust]"));
    insta::assert_snapshot!(with("absent.pem"), @"ssbtx.toml:11: listen.revocation-lists: revocation list `…/absent.pem` cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(with("pki/host.pem"), @"ssbtx.toml:11: listen.revocation-lists: revocation list `…/pki/host.pem` is no list in PEM or DER that says when it expires");
}

#[test]
fn ok_trust_says_how_often_and_how_long() {
    let trust = Written::new().with("poll-interval-ms = 200\n", "").load().unwrap().trust;
    assert_eq!(trust.times, RolloutTimes::default());
    assert_eq!(trust.state.file_name().unwrap(), "state");
    let with = "poll-interval-ms = 3600000\nexpiry-grace-hours = 0";
    let times = Written::new().with("poll-interval-ms = 200", with).load().unwrap().trust.times;
    assert_eq!(times, RolloutTimes { poll_interval: Duration::from_hours(1), expiry_grace: Duration::ZERO });
}

#[test]
fn ok_repository_is_a_folder_or_an_address() {
    let folder = Written::new();
    let source = folder.load().unwrap().trust.repository.source.to_string();
    assert_eq!(source, folder.folder.path().join("repository").display().to_string());
    let https = "repository = \"https://tillit.example.se/ssbtx\"\nrepository-roots = \"pki/consumer-roots.pem\"";
    let source = Written::new().with("repository = \"repository\"", https).load().unwrap().trust.repository.source;
    assert_eq!(source.to_string(), "https://tillit.example.se/ssbtx");
}

#[test]
fn err_trust() {
    let repository = "repository = \"repository\"";
    insta::assert_snapshot!(fault(repository, "repository = \"http://tillit.example.se\"\nrepository-roots = \"pki/consumer-roots.pem\""), @"ssbtx.toml:13: trust.repository: address of the repository does not begin with `https://`");
    insta::assert_snapshot!(fault(repository, "repository = \"https://tillit.example.se\""), @"ssbtx.toml:11: trust.repository-roots: missing, expected the file of those who may vouch for the server of `trust.repository`");
    insta::assert_snapshot!(fault(repository, "repository = \"repository\"\nrepository-roots = \"pki/consumer-roots.pem\""), @"ssbtx.toml:14: trust.repository-roots: is for a repository at `https://…`, and `trust.repository` is a folder");
    insta::assert_snapshot!(fault(repository, "repository = \"https://tillit.example.se\"\nrepository-roots = \"pki/host.key\""), @"ssbtx.toml:14: trust.repository-roots: roots hold no certificate, or a broken one, expected one or more in PEM");
    insta::assert_snapshot!(fault("poll-interval-ms = 200", "poll-interval-ms = 99"), @"ssbtx.toml:16: trust.poll-interval-ms: `99` is not 100 to 3600000");
    insta::assert_snapshot!(fault("poll-interval-ms = 200", "expiry-grace-hours = 721"), @"ssbtx.toml:16: trust.expiry-grace-hours: `721` is not 0 to 720");
    insta::assert_snapshot!(fault("poll-interval-ms = 200", "expiry-grace-hours = 9223372036854775807"), @"ssbtx.toml:16: trust.expiry-grace-hours: `9223372036854775807` is not 0 to 720");
}

#[test]
fn ok_admin_may_be_left_out() {
    assert!(Written::new().load().unwrap().admin.is_some());
    let written = Written::new();
    let (before, admin) = written.text.split_once("[admin]").unwrap();
    let (_, after) = admin.split_once("[audit]").unwrap();
    let without = Written { text: format!("{before}[audit]{after}"), folder: written.folder };
    assert!(without.load().unwrap().admin.is_none());
}

#[test]
fn err_admin() {
    let admin = |part: &str, by: &str| {
        let written = Written::new();
        let (before, admin) = written.text.split_once("[admin]").unwrap();
        assert!(admin.contains(part), "`{part}` is not in\n{admin}");
        let text = format!("{before}[admin]{}", admin.replacen(part, by, 1));
        let faults = Written { text, folder: written.folder }.faults();
        faults.split_once("1 fault:\n  ").unwrap_or_else(|| panic!("{faults}")).1.to_owned()
    };
    insta::assert_snapshot!(admin("127.0.0.1:0", "localhost"), @"…/ssbtx.toml:19: admin.address: `localhost` is not an address and port, such as `127.0.0.1:9443`");
    insta::assert_snapshot!(admin("host.key", "absent.key"), @"…/ssbtx.toml:21: admin.private-key: `…/pki/absent.key` cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(admin("host.key", "upstream.key"), @"…/ssbtx.toml:21: admin.private-key: certificate and key cannot be used: keys may not be consistent: KeyMismatch");
    insta::assert_snapshot!(admin("consumer-roots.pem", "host.key"), @"…/ssbtx.toml:22: admin.client-roots: client roots hold no certificate in PEM");
}

#[test]
fn err_accept_pending() {
    insta::assert_snapshot!(fault("\"ssbtek-v10-practice\"", "\"SSBTEK\""), @"ssbtx.toml:40: accept-pending[0].basis: name is not 1 to 64 characters `a`–`z`, `0`–`9` and `-`");
    insta::assert_snapshot!(fault("\"ssbtek-v10-practice\"", "\"ssbtx-arbetsmarknad\""), @"ssbtx.toml:43: accept-pending[1].basis: `ssbtx-arbetsmarknad` is accepted twice");
    insta::assert_snapshot!(fault("\"AF/inskrivning\"", "\"inskrivning\""), @"ssbtx.toml:44: accept-pending[1].datasets[2]: `inskrivning` is not agency and dataset, such as `AF/inskrivning`");
    insta::assert_snapshot!(fault("\"ssbtek-v10-practice\"", "\"ssbtek-v10-practice\"\ndatasets = []"), @"ssbtx.toml:41: accept-pending[0].datasets: empty list, expected at least one dataset, or no such key for all of them");
}

#[test]
fn err_upstream() {
    insta::assert_snapshot!(fault("agency = \"AF\"", "agency = \"Arbetsförmedlingen\""), @"ssbtx.toml:47: upstream[0].agency: agency id is not 1 to 8 characters `A`–`Z` and `0`–`9`");
    insta::assert_snapshot!(fault("name = \"base-service\"", "name = \"base service\""), @"ssbtx.toml:48: upstream[0].name: name of an upstream is not 1 to 32 characters `a`–`z`, `0`–`9` and `-`");
    insta::assert_snapshot!(fault("url = \"https", "url = \"http"), @"ssbtx.toml:49: upstream[0].url: address of an upstream does not begin with `https://`");
    insta::assert_snapshot!(fault("timeout-ms = 6000", "timeout-ms = 0"), @"ssbtx.toml:53: upstream[0].timeout-ms: `0` is not 1 to 60000");
    insta::assert_snapshot!(fault("url = \"https", "connect-timeout-ms = 60001\nurl = \"https"), @"ssbtx.toml:49: upstream[0].connect-timeout-ms: `60001` is not 1 to 60000");
    let added = |line: &str| fault("url = \"https", &format!("{line}\nurl = \"https"));
    insta::assert_snapshot!(fault("max-in-flight = 1024", "max-in-flight = 0"), @"ssbtx.toml:54: upstream[0].max-in-flight: `0` is not 1 to 1024");
    insta::assert_snapshot!(added("max-connecting = 0"), @"ssbtx.toml:49: upstream[0].max-connecting: `0` is not 1 to 1024");
    insta::assert_snapshot!(added("max-wait-ms = 60001"), @"ssbtx.toml:49: upstream[0].max-wait-ms: `60001` is not 1 to 60000");
    insta::assert_snapshot!(added("breaker-failures = 1001"), @"ssbtx.toml:49: upstream[0].breaker-failures: `1001` is not 1 to 1000");
    insta::assert_snapshot!(added("breaker-open-ms = 99"), @"ssbtx.toml:49: upstream[0].breaker-open-ms: `99` is not 100 to 600000");
    insta::assert_snapshot!(fault("upstream.key", "absent.key"), @"ssbtx.toml:52: upstream[0].private-key: `…/pki/absent.key` cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(fault("upstream.key", "host.key"), @"ssbtx.toml:52: upstream[0].private-key: private key in `…/pki/host.key` cannot be used with its client certificate: keys may not be consistent: KeyMismatch");
}

#[test]
fn err_upstream_configured_twice() {
    let mut twice = Written::new();
    let (_, upstream) = twice.text.split_once("[[upstream]]").unwrap();
    twice.text = format!("{}\n[[upstream]]{upstream}", twice.text);
    insta::assert_snapshot!(twice.faults(), @r"
    1 fault:
      …/ssbtx.toml:56: upstream[1]: `base-service` of `AF` is configured twice
    ");
}

#[test]
fn err_the_rest() {
    insta::assert_snapshot!(fault("root.json", "absent.json"), @"ssbtx.toml:12: trust.root: `…/absent.json` cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(fault("deadline-ms = 6500", "deadline-ms = 99"), @"ssbtx.toml:33: question.deadline-ms: `99` is not 100 to 60000");
    insta::assert_snapshot!(fault("subject.key", "ssbtx.toml"), @"ssbtx.toml:26: audit.subject-key: subject key `…/ssbtx.toml` has mode `644`, expected no access for group and others, such as `600`");
    insta::assert_snapshot!(fault("filter = \"info\"", "filter = \"info,ssbtx_broker=loud\""), @r#"ssbtx.toml:37: log.filter: error parsing level filter: expected one of "off", "error", "warn", "info", "debug", "trace", or a number 0-5"#);
    insta::assert_snapshot!(fault("[log]", "[sandbox]\nnodes = 0\n[log]"), @"ssbtx.toml:36: sandbox.nodes: `0` is not 1 to 1000000");
    insta::assert_snapshot!(fault("[log]", "[sandbox]\nnode = 1\n[log]").split(" `call").next().unwrap(), @"ssbtx.toml:36: sandbox.node: unknown key, expected one of");
}

#[test]
fn err_not_the_shape_of_a_configuration() {
    insta::assert_snapshot!(Written::new().with("[log]", "[logs]").faults(), @r"
    1 fault:
      …/ssbtx.toml:35: logs: unknown key, expected one of `listen`, `trust`, `accept-pending`, `audit`, `question`, `agency-deadlines-ms`, `log`, `admin`, `upstream`, `sandbox`, `telemetry`, `cases`
    ");
    insta::assert_snapshot!(Written::new().with("deadline-ms = 6500", "deadline-ms = -1").faults(), @r"
    1 fault:
      …/ssbtx.toml:33: question.deadline-ms: `-1` is not 100 to 60000
    ");
    insta::assert_snapshot!(Written::new().with("[listen]", "[listen").faults(), @r"
    1 fault:
      …/ssbtx.toml:3: unclosed table, expected `]`
    ");
}

#[test]
fn every_fault_is_told_at_once() {
    let faults = Written::new()
        .with("127.0.0.1:0", "localhost")
        .with("host.key", "absent.key")
        .with("consumers.toml", "absent.toml")
        .with("root.json", "absent.json")
        .with("subject.key", "absent.key")
        .with("deadline-ms = 6500", "deadline-ms = 0")
        .with("filter = \"info\"", "filter = \"=\"")
        .with("\"ssbtek-v10-practice\"", "\"\"")
        .with("agency = \"AF\"", "agency = \"af\"")
        .with("upstream.key", "absent.key")
        .faults();
    insta::assert_snapshot!(faults, @r"
    10 faults:
      …/ssbtx.toml:4: listen.address: `localhost` is not an address and port, such as `0.0.0.0:8443`
      …/ssbtx.toml:6: listen.private-key: `…/pki/absent.key` cannot be read: No such file or directory (os error 2)
      …/ssbtx.toml:8: listen.consumers: `…/absent.toml` cannot be read: No such file or directory (os error 2)
      …/ssbtx.toml:12: trust.root: `…/absent.json` cannot be read: No such file or directory (os error 2)
      …/ssbtx.toml:26: audit.subject-key: `…/absent.key` cannot be read: No such file or directory (os error 2)
      …/ssbtx.toml:33: question.deadline-ms: `0` is not 100 to 60000
      …/ssbtx.toml:37: log.filter: invalid filter directive
      …/ssbtx.toml:40: accept-pending[0].basis: name is not 1 to 64 characters `a`–`z`, `0`–`9` and `-`
      …/ssbtx.toml:47: upstream[0].agency: agency id is not 1 to 8 characters `A`–`Z` and `0`–`9`
      …/ssbtx.toml:52: upstream[0].private-key: `…/pki/absent.key` cannot be read: No such file or directory (os error 2)
    ");
}

#[test]
fn a_log_has_checkpoints_where_it_is_told_so() {
    use std::os::unix::fs::PermissionsExt;

    use ssbtx_audit::CheckpointSettings;

    assert!(matches!(Written::new().load().unwrap().audit.checkpoints, CheckpointSettings::Off));
    let with = |lines: &str| {
        let written = Written::new().with("[log]", &format!("[audit.checkpoints]\n{lines}\n[log]"));
        let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\n-----END PRIVATE KEY-----\n";
        let key = written.folder.path().join("checkpoint.key");
        fs::write(&key, pem).unwrap();
        fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
        written
    };
    let config = with("key = \"checkpoint.key\"\norigin = \"a/b\"").load().unwrap();
    let CheckpointSettings::Signed { key, every } = config.audit.checkpoints else { panic!("it has none") };
    assert_eq!((key.public().origin().as_str(), every), ("a/b", Duration::from_mins(1)));
    let faults = with("key = \"root.json\"\norigin = \"a b\"\ninterval-ms = 999").faults();
    assert!(faults.contains("audit.checkpoints.origin: origin is not 1 to 200 visible"), "{faults}");
    assert!(faults.contains("audit.checkpoints.interval-ms: `999` is not 1000 to 3600000"), "{faults}");
    let faults = with("key = \"root.json\"\norigin = \"a/b\"").faults();
    assert!(faults.contains("audit.checkpoints.key: checkpoint key `…/root.json` has mode"), "{faults}");
}

#[test]
fn ok_audit_log_in_a_database() {
    let written = in_a_database("host = \"127.0.0.1\"");
    let config = written.load().unwrap();
    let ssbtx_audit::Place::Postgres(settings) = config.audit.place() else { panic!("it is in a folder") };
    assert_eq!(settings.server(), "127.0.0.1:5432/ssbtx");
    assert_eq!(settings.log().as_str(), "ssbtx.example.se/audit/1");
}

#[test]
fn err_audit_log_in_a_database() {
    let faults = |more: &str| in_a_database(more).faults();
    let far = faults("host = \"db.example.se\"");
    assert!(
        far.contains("audit.postgresql.host: host `db.example.se` is not this machine, so `roots` is needed"),
        "{far}"
    );
    let absent = faults("host = \"db.example.se\"\nroots = \"absent.pem\"");
    assert!(absent.contains("audit.postgresql.roots: `…/absent.pem` cannot be read"), "{absent}");
    let open = faults("host = \"localhost\"\npassword = \"ssbtx.toml\"");
    assert!(open.contains("audit.postgresql.password: `…/ssbtx.toml` has mode `644`"), "{open}");
    let half = faults("host = \"localhost\"\nprivate-key = \"a.key\"");
    assert!(half.contains("audit.postgresql.private-key: stands without `certificate-chain`"), "{half}");
    let both = Written::new().with("[log]", "[audit.postgresql]\nhost = \"localhost\"\n[log]").faults();
    assert!(both.contains("audit.postgresql: stands with `sink = \"files\"`, which has no use for it"), "{both}");
}

#[test]
fn ok_open_cases_in_a_database() {
    let config = cases_in_a_database("host = \"127.0.0.1\"").load().unwrap();
    let Some(Cases { storage: CaseStorage::Postgres(database), .. }) = config.cases else {
        panic!("they are in files")
    };
    assert_eq!(database.shown(), "127.0.0.1:5432/ssbtx");
    let config = Written::new().load().unwrap();
    assert!(matches!(config.cases.unwrap().storage, CaseStorage::Files(folder) if folder.ends_with("cases")));
}

#[test]
fn err_open_cases_in_a_database() {
    let only = |written: Written| {
        let faults = written.faults();
        faults.split_once("1 fault:\n  …/").unwrap_or_else(|| panic!("{faults}")).1.to_owned()
    };
    let with = |lines: &str| only(cases_in_a_database(lines));
    insta::assert_snapshot!(with("host = \"db.example.se\""), @"ssbtx.toml:35: cases.postgresql.host: host `db.example.se` is not this machine, so `roots` is needed: the authorities that vouch for it");
    insta::assert_snapshot!(with("host = \"localhost\"\npassword = \"ssbtx.toml\""), @"ssbtx.toml:36: cases.postgresql.password: `…/ssbtx.toml` has mode `644`, expected no access for group and others, such as `600`");
    insta::assert_snapshot!(with("host = \"localhost\"\ncertificate-chain = \"a.pem\""), @"ssbtx.toml:36: cases.postgresql.certificate-chain: stands without `private-key`");
    insta::assert_snapshot!(with("host = \"localhost\"\nlog = \"a/b\""), @"ssbtx.toml:36: cases.postgresql.log: unknown key, expected one of `host`, `port`, `database`, `user`, `password`, `roots`, `certificate-chain`, `private-key`");
    insta::assert_snapshot!(only(Written::new().with("[cases]\n", "[cases]\nstore = \"postgresql\"\n").with("directory = \"cases\"\n", "")), @"ssbtx.toml:28: cases.postgresql: missing, expected a table `[cases.postgresql]`");
    insta::assert_snapshot!(only(Written::new().with("[cases]\n", "[cases]\nstore = \"sqlite\"\n")), @"ssbtx.toml:29: cases.store: `sqlite` is not one of `files`, `postgresql`");
    insta::assert_snapshot!(only(Written::new().with("[question]", "[cases.postgresql]\nhost = \"localhost\"\n[question]")), @r#"ssbtx.toml:32: cases.postgresql: stands with `store = "files"`, which has no use for it"#);
    insta::assert_snapshot!(only(cases_in_a_database("host = \"localhost\"").with("[cases]\n", "[cases]\ndirectory = \"cases\"\n")), @r#"ssbtx.toml:29: cases.directory: stands with `store = "postgresql"`, which has no use for it"#);
}

/// A configuration whose open cases are in a database, with these lines about it.
fn cases_in_a_database(lines: &str) -> Written {
    let table = format!("[cases.postgresql]\ndatabase = \"ssbtx\"\nuser = \"ssbtx_host\"\n{lines}\n[question]");
    Written::new().with("directory = \"cases\"\n", "store = \"postgresql\"\n").with("[question]", &table)
}

/// A configuration whose audit log is in a database, with these lines about it.
fn in_a_database(lines: &str) -> Written {
    let mut written = Written::new();
    let at = written.text.find("[audit]").unwrap();
    let directory = at + written.text[at..].find("directory = ").unwrap();
    let end = directory + written.text[directory..].find('\n').unwrap();
    written.text.replace_range(directory..end, "sink = \"postgresql\"");
    let named = "database = \"ssbtx\"\nuser = \"ssbtx_host\"\nlog = \"ssbtx.example.se/audit/1\"";
    written.with("[log]", &format!("[audit.postgresql]\n{named}\n{lines}\n[log]"))
}
