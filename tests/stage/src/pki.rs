//! Certificate authorities and certificates for a demonstration, as PEM files in a folder.
//!
//! Three authorities, since in production nobody would share one: the host's, which clients trust; the consumers', which the host trusts for
//! client certificates; and the agencies', for both ends of every upstream connection.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyPair, RevokedCertParams, SerialNumber, date_time_ymd,
};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, X509Certificate};

/// The consumer's organisation number: it fits SSBTEK's pattern and fails Luhn, so it can belong to nobody.
pub const ORGANISATION: &str = "162020000001";

/// Another organisation number of the same kind.
pub const OTHER_ORGANISATION: &str = "162020000003";

/// Every certificate of the stage.
pub struct Pki {
    /// Trusted by clients: signs the host's certificate.
    pub host_roots: PathBuf,
    /// The host's own certificate, for `localhost`.
    pub host: Identity,
    /// Trusted by the host: signs consumers' certificates.
    pub consumer_roots: PathBuf,
    /// The consumer's certificate for the role `ekonomiskt-bistand`.
    pub ekonomiskt_bistand: Identity,
    /// The consumer's certificate for the role `arbetsmarknad`.
    pub arbetsmarknad: Identity,
    /// A certificate of a trusted issuer that stands in no consumer's entry.
    pub unregistered: Identity,
    /// A certificate of an issuer that the host does not trust.
    pub untrusted: Identity,
    /// A consumer's certificate that was valid until the end of 2023.
    pub expired: Identity,
    /// A consumer's certificate that will be valid from 2999 on.
    pub not_yet_valid: Identity,
    /// A certificate of the consumers' issuer that is for servers alone.
    pub for_servers: Identity,
    /// A certificate of the consumers' issuer for the other organisation; it stands in no consumer's entry.
    pub other_organisation: Identity,
    /// A consumer's certificate that its issuer has taken back; it stands in no consumer's entry.
    pub revoked: Identity,
    /// The list in which the consumers' issuer says so, and of no other certificate.
    pub revocation_list: PathBuf,
    /// Trusted at both ends of upstream connections.
    pub agency_roots: PathBuf,
    /// The simulated base services' certificate, for `localhost`.
    pub base_services: Identity,
    /// The host's client certificate towards base services.
    pub upstream: Identity,
}

/// A certificate with its private key.
pub struct Identity {
    /// The certificate chain, PEM.
    pub chain: PathBuf,
    /// The private key, PKCS#8 PEM.
    pub key: PathBuf,
    /// SHA-256 of the certificate, 64 lower-case hexadecimal digits.
    pub fingerprint: String,
}

impl Pki {
    /// Makes everything anew in a folder.
    ///
    /// # Errors
    ///
    /// Where a file cannot be written.
    pub fn create(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("make folder `{}`", folder.display()))?;
        let host_authority = Authority::create(folder, "host-roots", "SSBTX demo host CA")?;
        let consumer_authority = Authority::create(folder, "consumer-roots", "SSBTX demo consumer CA")?;
        let agency_authority = Authority::create(folder, "agency-roots", "SSBTX demo agency CA")?;
        let stranger = Authority::create(folder, "untrusted-roots", "SSBTX demo untrusted CA")?;
        let consumer =
            |authority: &Authority, name: &str| authority.issue(folder, name, Use::Client, Some(ORGANISATION));
        let revoked = consumer(&consumer_authority, "revoked")?;
        Ok(Self {
            host: host_authority.issue(folder, "host", Use::Server, None)?,
            host_roots: host_authority.roots,
            ekonomiskt_bistand: consumer(&consumer_authority, "ekonomiskt-bistand")?,
            arbetsmarknad: consumer(&consumer_authority, "arbetsmarknad")?,
            unregistered: consumer(&consumer_authority, "unregistered")?,
            expired: consumer_authority.issue_for(folder, "expired", Use::Client, Some(ORGANISATION), (1975, 2024))?,
            not_yet_valid: consumer_authority.issue_for(
                folder,
                "not-yet-valid",
                Use::Client,
                Some(ORGANISATION),
                (2999, 3000),
            )?,
            for_servers: consumer_authority.issue(folder, "for-servers", Use::Server, Some(ORGANISATION))?,
            other_organisation: consumer_authority.issue(
                folder,
                "other-organisation",
                Use::Client,
                Some(OTHER_ORGANISATION),
            )?,
            revocation_list: consumer_authority.revoke(folder, "consumer-revoked", &revoked)?,
            revoked,
            consumer_roots: consumer_authority.roots,
            untrusted: consumer(&stranger, "untrusted")?,
            base_services: agency_authority.issue(folder, "base-services", Use::Server, None)?,
            upstream: agency_authority.issue(folder, "upstream", Use::Client, None)?,
            agency_roots: agency_authority.roots,
        })
    }
}

/// What a certificate is for.
#[derive(Clone, Copy)]
enum Use {
    Server,
    Client,
}

struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    roots: PathBuf,
}

impl Authority {
    fn create(folder: &Path, file: &str, common_name: &str) -> Result<Self> {
        let mut params = CertificateParams::default();
        params.distinguished_name = named(common_name, None);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
        let roots = folder.join(format!("{file}.pem"));
        fs::write(&roots, issuer.pem()).with_context(|| format!("write `{}`", roots.display()))?;
        Ok(Self { issuer, roots })
    }

    fn issue(&self, folder: &Path, name: &str, purpose: Use, organisation: Option<&str>) -> Result<Identity> {
        self.issue_for(folder, name, purpose, organisation, (1975, 4096))
    }

    /// Issues a certificate that is valid from the beginning of one year to that of another.
    fn issue_for(
        &self,
        folder: &Path,
        name: &str,
        purpose: Use,
        organisation: Option<&str>,
        (first, last): (i32, i32),
    ) -> Result<Identity> {
        let names = match purpose {
            Use::Server => vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
            Use::Client => Vec::new(),
        };
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name = named(&format!("SSBTX demo {name}"), organisation);
        (params.not_before, params.not_after) = (date_time_ymd(first, 1, 1), date_time_ymd(last, 1, 1));
        params.extended_key_usages = vec![match purpose {
            Use::Server => ExtendedKeyUsagePurpose::ServerAuth,
            Use::Client => ExtendedKeyUsagePurpose::ClientAuth,
        }];
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        let identity = Identity {
            chain: folder.join(format!("{name}.pem")),
            key: folder.join(format!("{name}.key")),
            fingerprint: hex::encode(Sha256::digest(certificate.der())),
        };
        fs::write(&identity.chain, certificate.pem())
            .with_context(|| format!("write `{}`", identity.chain.display()))?;
        write_key(&identity.key, &key.serialize_pem())?;
        Ok(identity)
    }

    /// Writes a list of revoked certificates, on which one stands.
    fn revoke(&self, folder: &Path, file: &str, identity: &Identity) -> Result<PathBuf> {
        let revoked = RevokedCertParams {
            serial_number: serial_number(&identity.chain)?,
            revocation_time: date_time_ymd(2024, 1, 1),
            reason_code: None,
            invalidity_date: None,
        };
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(2024, 1, 1),
            next_update: date_time_ymd(2999, 1, 1),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: vec![revoked],
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let path = folder.join(format!("{file}.pem"));
        fs::write(&path, list.signed_by(&self.issuer)?.pem()?)
            .with_context(|| format!("write `{}`", path.display()))?;
        Ok(path)
    }
}

/// The serial number of a certificate in PEM.
fn serial_number(chain: &Path) -> Result<SerialNumber> {
    let at = || format!("read `{}`", chain.display());
    let der = CertificateDer::from_pem_file(chain).with_context(at)?;
    let (_, certificate) = X509Certificate::from_der(&der).ok().with_context(at)?;
    Ok(SerialNumber::from_slice(certificate.raw_serial()))
}

/// Writes a private key that only its owner may read.
fn write_key(path: &Path, pem: &str) -> Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;

    let open = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    open.and_then(|mut file| file.write_all(pem.as_bytes())).with_context(|| format!("write `{}`", path.display()))
}

fn named(common_name: &str, organisation: Option<&str>) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CountryName, "SE");
    if let Some(number) = organisation {
        name.push(DnType::OrganizationName, "Exempelkommun");
        name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), number);
    }
    name.push(DnType::CommonName, common_name);
    name
}
