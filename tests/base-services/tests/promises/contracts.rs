//! The published schemas, where this machine has them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ssbtx_base_services::Agency;

/// The folder of published interface files.
pub(crate) struct Contracts(PathBuf);

impl Contracts {
    /// The folder that `SSBTX_CONTRACTS` names, or the one beside the checkout. Where it is absent this says so, and the test proves nothing.
    pub(crate) fn find() -> Option<Self> {
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/contracts");
        let folder = std::env::var_os("SSBTX_CONTRACTS").map_or_else(beside, PathBuf::from).join("ssbtek-v10");
        if folder.is_dir() {
            return Some(Self(folder));
        }
        println!("did not run: the published contracts are not at `{}`", folder.display());
        None
    }

    /// What xmllint has against a payload; `Ok` if nothing.
    pub(crate) fn validate(&self, agency: Agency, payload: &str) -> Result<(), String> {
        let schema = self.0.join(match agency {
            Agency::Af => "se/arbetsformedlingen/api/arbetssokande/ersattningsstod/v2/ers_stod.xsd",
            Agency::So => "schemas/ubpservice/int014/UnemploymentBenefitPaymentService.xsd",
            Agency::Miv => "se/migrationsverket/schema/ssbtek/_1/SSBTEKWebService_schema1.xsd",
        });
        let mut xmllint = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .arg(schema)
            .arg("-")
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        xmllint.stdin.take().unwrap().write_all(payload.as_bytes()).unwrap();
        let output = xmllint.wait_with_output().unwrap();
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
    }
}
