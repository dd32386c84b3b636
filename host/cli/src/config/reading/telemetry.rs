//! Where the spans of traces are sent.

use ssbtx_config_file::{Table, Unit};
use ssbtx_otlp::{OtlpSettings, SamplingShare};
use ssbtx_upstream::{BaseUrl, ClientTls, PemFiles, TlsFault};

use super::Reading;

impl Reading<'_> {
    pub(super) fn telemetry(&self, table: &Table<'_>) -> Option<OtlpSettings> {
        let endpoint = table.text("otlp-endpoint", "where the collector is, `https://…`", str::parse::<BaseUrl>);
        let tls = self.collector_tls(table);
        let percent = table.number("sampling-percent", &(0..=100), 100_u8);
        let share = table.taken("sampling-percent", SamplingShare::of_percent(percent).ok_or("is not 0 to 100"));
        let interval =
            table.time("otlp-interval-ms", Unit::Milliseconds, &OtlpSettings::INTERVAL, OtlpSettings::DEFAULT_INTERVAL);
        Some(OtlpSettings { endpoint: endpoint?, tls: tls?, share: share?, interval })
    }

    fn collector_tls(&self, table: &Table<'_>) -> Option<ClientTls> {
        let roots = table.file(ROOTS, "the issuers of the collector's certificate, PEM");
        let chain = table.optional_file(CHAIN, "the host's client certificate chain towards it, PEM");
        let key = table.optional_private_file(KEY, "the key of that, PEM");
        for (name, file) in [(ROOTS, roots.as_ref()), (CHAIN, chain.as_ref().and_then(Option::as_ref))] {
            if let Some(file) = file {
                self.certificates(table.path_of(name), &file.bytes);
            }
        }
        let (roots, tls) = match (roots?, chain?, key?) {
            (roots, None, None) => {
                let tls = ClientTls::without_certificate(&roots.path);
                (roots.path, tls)
            }
            (roots, Some(chain), Some(key)) => {
                let files = PemFiles { roots: roots.path, certificates: chain.path, key: key.path };
                let tls = ClientTls::load(&files);
                (files.roots, tls)
            }
            (_, Some(_), None) => {
                table.fault(KEY, "is missing: the certificate chain is of no use without it");
                return None;
            }
            (_, None, Some(_)) => {
                table.fault(CHAIN, "is missing: the private key is of no use without it");
                return None;
            }
        };
        let at = match &tls {
            Err(TlsFault::NoKey { .. } | TlsFault::Key { .. }) => KEY,
            Err(TlsFault::Read { path, .. } | TlsFault::NoCertificate { path } | TlsFault::Root { path, .. })
                if *path != roots =>
            {
                CHAIN
            }
            Ok(_) | Err(_) => ROOTS,
        };
        table.taken(at, tls)
    }
}

const ROOTS: &str = "otlp-roots";
const CHAIN: &str = "otlp-certificate-chain";
const KEY: &str = "otlp-private-key";
