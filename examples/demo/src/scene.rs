//! Everything that the demo needs, set up under `target/demo`.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use ssbtx_stage::base_services::BaseServices;
use ssbtx_stage::client::Client;
use ssbtx_stage::components::{self, TARGETS};
use ssbtx_stage::configuration::Configuration;
use ssbtx_stage::grants;
use ssbtx_stage::host::Host;
use ssbtx_stage::pki::{Identity, Pki};
use ssbtx_stage::questions::{Asking, BASE_SERVICES};
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_stage::run_folder;

use crate::catalogue::Catalogue;

/// A running host with its surroundings.
pub struct Scene {
    folder: PathBuf,
    pki: Pki,
    base_services: BaseServices,
    host: Host,
}

/// What one role got.
pub struct RoleAnswer {
    /// The role.
    pub role: &'static str,
    /// The JSON front's answer, verbatim: a number keeps the digits that the agency wrote.
    pub json: String,
    /// The SOAP front's answer.
    pub soap: String,
}

/// What both roles got.
pub struct Answers {
    /// Ekonomiskt bistånd.
    pub ekonomiskt_bistand: RoleAnswer,
    /// Arbetsmarknad.
    pub arbetsmarknad: RoleAnswer,
}

impl Answers {
    /// Both, ekonomiskt bistånd first.
    pub fn each(&self) -> [&RoleAnswer; 2] {
        [&self.ekonomiskt_bistand, &self.arbetsmarknad]
    }
}

impl Scene {
    /// Makes keys, certificates, a signed repository and configuration, and starts base services and host.
    pub fn set() -> Result<Self> {
        let folder = run_folder::of("demo")?;
        eprintln!("  demo certificates and keys in {}", folder.display());
        let pki = Pki::create(&folder.join("pki"))?;
        eprintln!(
            "  signed repository: agencies sign their adapters and what policies may open of theirs, two of three persons of governance the policies"
        );
        let mut targets = TARGETS.map(|target| DemoTarget::new(target, components::read(target))).to_vec();
        targets.extend(grants::for_targets(&targets)?);
        let repository = DemoRepository::create(&folder.join("trust"), &targets)?;
        eprintln!("  simulated base services");
        let base_services = BaseServices::start(&pki)?;
        eprintln!("  host");
        let configuration = Configuration {
            listen: "127.0.0.1:0".to_owned(),
            repository: repository.directory(),
            root: folder.join("trust/root.json"),
            audit: folder.join("audit"),
            base_services: base_services.agencies(),
            accepted: Configuration::demo_acceptance(),
            deadline_ms: 6500,
            upstream_timeout_ms: 6000,
            log_filter: "info".to_owned(),
        };
        let file = configuration.write(&folder, &pki)?;
        let host = Host::start(&file, &folder.join("host.log"))?;
        Ok(Self { folder, pki, base_services, host })
    }

    /// Asks one question as both roles, over both fronts.
    pub async fn ask(&self, asking: &Asking) -> Result<Answers> {
        Ok(Answers {
            ekonomiskt_bistand: self.ask_as("ekonomiskt-bistand", &self.pki.ekonomiskt_bistand, asking).await?,
            arbetsmarknad: self.ask_as("arbetsmarknad", &self.pki.arbetsmarknad, asking).await?,
        })
    }

    async fn ask_as(&self, role: &'static str, identity: &Identity, asking: &Asking) -> Result<RoleAnswer> {
        let client = self.client(identity)?;
        let json = client.post_json("/v1/questions", asking.to_json().to_string()).await?;
        let soap = client.post_soap(asking.to_soap()).await?;
        for (front, received) in [("JSON", &json), ("SOAP v10", &soap)] {
            if !received.status.is_success() {
                bail!("{front} front answered {}: {}", received.status, received.body);
            }
        }
        Ok(RoleAnswer { role, json: json.body, soap: soap.body })
    }

    /// The catalogue of every base service, whole, in the order of an answer.
    pub async fn catalogues(&self) -> Result<Vec<Catalogue>> {
        let client = self.client(&self.pki.ekonomiskt_bistand)?;
        let mut catalogues = Vec::new();
        for agency in BASE_SERVICES {
            let received = client.get(&format!("/v1/catalogues/{agency}")).await?;
            catalogues.push(Catalogue::read(&received.body)?);
        }
        Ok(catalogues)
    }

    /// Where everything of the demo lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The certificates.
    pub fn pki(&self) -> &Pki {
        &self.pki
    }

    /// The host.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The simulated base services.
    pub fn base_services(&self) -> &BaseServices {
        &self.base_services
    }

    /// Stops everything.
    pub fn strike(self) -> Result<()> {
        self.host.stop()
    }

    fn client(&self, identity: &Identity) -> Result<Client> {
        Client::new(self.host.address(), &self.pki.host_roots, Some(identity))
    }
}
