//! Where the host and the operator's listener are, and as whom they listen.

use std::net::SocketAddr;
use std::time::Duration;

use ssbtx_admin::{AdminLimits, AdminSettings};
use ssbtx_config_file::{Table, Unit};
use ssbtx_gateway::{GatewayLimits, InvalidTls, RevocationLists, ServerPem, ServerTls};

use super::Reading;
use crate::config::Listen;

impl Reading<'_> {
    pub(super) fn listen(&self, table: &Table<'_>) -> Option<Listen> {
        let address = address(table, "0.0.0.0:8443");
        let lists = revocation_lists(table);
        let tls = self.server_tls(table, lists);
        let default = GatewayLimits::default();
        let limits = GatewayLimits {
            body_bytes: table.number("max-body-bytes", &GatewayLimits::BODY_BYTES, default.body_bytes),
            connections: table.number("max-connections", &GatewayLimits::CONNECTIONS, default.connections),
            header_timeout: table.time(
                "header-timeout-ms",
                Unit::Milliseconds,
                &GatewayLimits::HEADER_TIMEOUT,
                default.header_timeout,
            ),
            ..default
        };
        let drain = table.time("drain-ms", Unit::Milliseconds, &(Duration::ZERO..=LONGEST_DRAIN), DRAIN);
        Some(Listen { address: address?, tls: tls?, limits, drain })
    }

    pub(super) fn admin(&self, table: &Table<'_>) -> Option<AdminSettings> {
        let address = address(table, "127.0.0.1:9443");
        let tls = self.server_tls(table, Some(None));
        Some(AdminSettings { listen: address?, tls: tls?, limits: AdminLimits::default() })
    }

    /// Reads a table's certificate chain, private key and client roots, which are held to revocation lists where there are any.
    #[expect(clippy::option_option, reason = "wrong, left out and read are three things")]
    fn server_tls(&self, table: &Table<'_>, lists: Option<Option<RevocationLists>>) -> Option<ServerTls> {
        let chain = table.file(CHAIN, "the certificate chain, PEM");
        let key = table.private_file(KEY, "its private key, PEM");
        let roots = table.file(ROOTS, "the issuers of clients' certificates, PEM");
        for (name, file) in [(CHAIN, &chain), (ROOTS, &roots)] {
            if let Some(file) = file {
                self.certificates(table.path_of(name), &file.bytes);
            }
        }
        let (chain, key, roots) = (chain?, key?, roots?);
        let pem = ServerPem { certificates: &chain.bytes, key: &key.bytes, client_roots: &roots.bytes };
        let tls = match lists? {
            Some(lists) => ServerTls::with_revocation(&pem, lists),
            None => ServerTls::from_pem(&pem),
        };
        let at = tls.as_ref().err().map_or(CHAIN, at);
        table.taken(at, tls)
    }
}

fn address(table: &Table<'_>, example: &str) -> Option<SocketAddr> {
    let expected = format!("an address and port, such as `{example}`");
    table.text("address", &expected, |text| text.parse().map_err(|_| format!("`{text}` is not {expected}")))
}

#[expect(clippy::option_option, reason = "wrong, left out and read are three things")]
fn revocation_lists(table: &Table<'_>) -> Option<Option<RevocationLists>> {
    let files = table.paths("revocation-lists", "a list of files of revocation lists")?;
    if files.is_empty() {
        return Some(None);
    }
    table.taken("revocation-lists", RevocationLists::load(files)).map(Some)
}

/// The key at whose line a fault of the three files is told.
fn at(invalid: &InvalidTls) -> &'static str {
    match invalid {
        InvalidTls::NoCertificate => CHAIN,
        InvalidTls::NoKey | InvalidTls::Certificate(_) => KEY,
        InvalidTls::NoClientRoots | InvalidTls::ClientRoot(_) | InvalidTls::Verifier(_) => ROOTS,
    }
}

const CHAIN: &str = "certificate-chain";
const KEY: &str = "private-key";
const ROOTS: &str = "client-roots";
/// As long as common load balancers take to see that a host is not ready.
const DRAIN: Duration = Duration::from_secs(5);
const LONGEST_DRAIN: Duration = Duration::from_mins(5);
