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

    fn load(&self) -> Result<Config> {
        let file = self.folder.path().join("ssbtx.toml");
        fs::write(&file, &self.text).unwrap();
        load(&file)
    }

    /// What the operator is told, the folder left out.
    fn faults(&self) -> String {
        let Err(error) = self.load() else { panic!("nothing is wrong with\n{}", self.text) };
        format!("{error:#}").replace(&self.folder.path().display().to_string(), "…")
    }
}

/// The one fault of a configuration with one part replaced.
fn fault(part: &str, by: &str) -> String {
    let faults = Written::new().with(part, by).faults();
    let (_, fault) = faults.split_once("1 fault:\n  ").unwrap_or_else(|| panic!("{faults}"));
    fault.to_owned()
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
    assert_eq!(config.audit.directory.file_name().unwrap(), "audit");
}

#[test]
fn err_listen() {
    insta::assert_snapshot!(fault("127.0.0.1:0", "localhost"), @"listen.address: `localhost` is not an address and port, such as `0.0.0.0:8443`");
    insta::assert_snapshot!(fault("consumers.toml", "absent.toml"), @"listen.consumers: `…/absent.toml` cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(fault("consumers = \"consumers.toml\"", "consumers = \"root.json\""), @"listen.consumers: consumers are no TOML: invalid key-value pair, expected key");
    insta::assert_snapshot!(fault("host.key", "absent.key"), @"listen.private-key: `…/pki/absent.key` cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(fault("host.key", "upstream.key"), @"listen.certificate-chain, private-key, client-roots: certificate and key cannot be used: keys may not be consistent: KeyMismatch");
    insta::assert_snapshot!(fault("host.key", "host.pem"), @"listen.certificate-chain, private-key, client-roots: key holds no private key in PEM");
    insta::assert_snapshot!(fault("consumer-roots.pem", "host.key"), @"listen.certificate-chain, private-key, client-roots: client roots hold no certificate in PEM");
    insta::assert_snapshot!(fault("[trust]", "max-body-bytes = 1023\n[trust]"), @"listen.max-body-bytes: `1023` is not 1024 to 16777216");
    insta::assert_snapshot!(fault("[trust]", "max-connections = 0\n[trust]"), @"listen.max-connections: `0` is not 1 to 65536");
    insta::assert_snapshot!(fault("[trust]", "header-timeout-ms = 60001\n[trust]"), @"listen.header-timeout-ms: `60001` is not 1 to 60000");
}

#[test]
fn err_accept_pending() {
    insta::assert_snapshot!(fault("\"ssbtek-v10-practice\"", "\"SSBTEK\""), @"accept-pending[0].basis: name is not 1 to 64 characters `a`–`z`, `0`–`9` and `-`");
    insta::assert_snapshot!(fault("\"ssbtek-v10-practice\"", "\"ssbtx-arbetsmarknad\""), @"accept-pending[1].basis: `ssbtx-arbetsmarknad` is accepted twice");
    insta::assert_snapshot!(fault("\"AF/inskrivning\"", "\"inskrivning\""), @"accept-pending[1].datasets: `inskrivning` is not agency and dataset, such as `AF/inskrivning`");
    insta::assert_snapshot!(fault("\"ssbtek-v10-practice\"", "\"ssbtek-v10-practice\"\ndatasets = []"), @"accept-pending[0].datasets: empty list, expected at least one dataset, or no such key for all of them");
}

#[test]
fn err_upstream() {
    insta::assert_snapshot!(fault("agency = \"AF\"", "agency = \"Arbetsförmedlingen\""), @"upstream[0].agency: agency id is not 1 to 8 characters `A`–`Z` and `0`–`9`");
    insta::assert_snapshot!(fault("name = \"base-service\"", "name = \"base service\""), @"upstream[0].name: name of an upstream is not 1 to 32 characters `a`–`z`, `0`–`9` and `-`");
    insta::assert_snapshot!(fault("url = \"https", "url = \"http"), @"upstream[0].url: address of an upstream does not begin with `https://`");
    insta::assert_snapshot!(fault("timeout-ms = 6000", "timeout-ms = 0"), @"upstream[0].timeout-ms: `0` is not 1 to 60000");
    insta::assert_snapshot!(fault("url = \"https", "connect-timeout-ms = 60001\nurl = \"https"), @"upstream[0].connect-timeout-ms: `60001` is not 1 to 60000");
    insta::assert_snapshot!(fault("upstream.key", "absent.key"), @"upstream[0].roots, certificate-chain, private-key: `…/pki/absent.key` cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(fault("upstream.key", "host.key"), @"upstream[0].roots, certificate-chain, private-key: private key in `…/pki/host.key` cannot be used with its client certificate: keys may not be consistent: KeyMismatch");
}

#[test]
fn err_upstream_configured_twice() {
    let mut twice = Written::new();
    let (_, upstream) = twice.text.split_once("[[upstream]]").unwrap();
    twice.text = format!("{}\n[[upstream]]{upstream}", twice.text);
    insta::assert_snapshot!(twice.faults(), @r#"
read the configuration `…/ssbtx.toml`: 1 fault:
  upstream[1]: `base-service` of `AF` is configured twice
"#);
}

#[test]
fn err_the_rest() {
    insta::assert_snapshot!(fault("root.json", "absent.json"), @"trust.root: `…/absent.json` cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(fault("deadline-ms = 6500", "deadline-ms = 99"), @"question.deadline-ms: `99` is not 100 to 60000");
    insta::assert_snapshot!(fault("subject.key", "ssbtx.toml"), @"audit.subject-key: subject key `…/ssbtx.toml` has mode `644`, expected no access for group and others, such as `600`");
    insta::assert_snapshot!(fault("filter = \"info\"", "filter = \"info,ssbtx_broker=loud\""), @r#"log.filter: error parsing level filter: expected one of "off", "error", "warn", "info", "debug", "trace", or a number 0-5"#);
    insta::assert_snapshot!(fault("[log]", "[sandbox]\nnodes = 0\n[log]"), @"sandbox: limit `nodes` is 0, expected 1 to 1000000");
    insta::assert_snapshot!(fault("[log]", "[sandbox]\nnode = 1\n[log]").split(" `call").next().unwrap(), @"sandbox: `node` is none of the limits");
}

#[test]
fn err_not_the_shape_of_a_configuration() {
    insta::assert_snapshot!(Written::new().with("[log]", "[logs]").faults(), @r#"
read the configuration `…/ssbtx.toml`: TOML parse error at line 21, column 2
   |
21 | [logs]
   |  ^^^^
unknown field `logs`, expected one of `listen`, `trust`, `accept-pending`, `audit`, `question`, `log`, `upstream`, `sandbox`
"#);
    insta::assert_snapshot!(Written::new().with("deadline-ms = 6500", "deadline-ms = -1").faults(), @r#"
read the configuration `…/ssbtx.toml`: TOML parse error at line 19, column 15
   |
19 | deadline-ms = -1
   |               ^^
invalid value: integer `-1`, expected u64
"#);
    insta::assert_snapshot!(Written::new().with("[listen]", "[listen").faults(), @r#"
read the configuration `…/ssbtx.toml`: TOML parse error at line 3, column 8
  |
3 | [listen
  |        ^
unclosed table, expected `]`
"#);
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
    insta::assert_snapshot!(faults, @r#"
read the configuration `…/ssbtx.toml`: 10 faults:
  listen.address: `localhost` is not an address and port, such as `0.0.0.0:8443`
  listen.private-key: `…/pki/absent.key` cannot be read: No such file or directory (os error 2)
  listen.consumers: `…/absent.toml` cannot be read: No such file or directory (os error 2)
  trust.root: `…/absent.json` cannot be read: No such file or directory (os error 2)
  accept-pending[0].basis: name is not 1 to 64 characters `a`–`z`, `0`–`9` and `-`
  audit.subject-key: subject key `…/absent.key` cannot be read: No such file or directory (os error 2)
  question.deadline-ms: `0` is not 100 to 60000
  upstream[0].agency: agency id is not 1 to 8 characters `A`–`Z` and `0`–`9`
  upstream[0].roots, certificate-chain, private-key: `…/pki/absent.key` cannot be read: No such file or directory (os error 2)
  log.filter: invalid filter directive
"#);
}
