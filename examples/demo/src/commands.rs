//! Addresses, and commands to go on with by hand.

use std::fmt::Write as _;

use anyhow::Result;
use ssbtx_stage::questions::Asking;

use crate::scene::Scene;

/// Renders the addresses and ready-to-paste `curl` commands; the bodies lie in files beside the certificates.
pub fn render(scene: &Scene, asking: &Asking) -> Result<String> {
    let folder = scene.folder();
    let (json, soap) = (folder.join("question.json"), folder.join("question.xml"));
    std::fs::write(&json, serde_json::to_string_pretty(&asking.to_json())?)?;
    std::fs::write(&soap, asking.to_soap())?;
    let base = format!("https://localhost:{}", scene.host().address().port());
    let pki = scene.pki();
    let curl = |identity: &ssbtx_stage::pki::Identity| {
        format!(
            "curl --silent --cacert {} --cert {} --key {}",
            pki.host_roots.display(),
            identity.chain.display(),
            identity.key.display()
        )
    };
    let mut text = String::new();
    writeln!(text, "\nHost: {base}")?;
    if let Some(control) = scene.base_services().control() {
        writeln!(
            text,
            "Base services' faults: http://{control}, for example: curl -X POST --data hang http://{control}/faults/AF"
        )?;
    }
    writeln!(text, "Logs, audit log and certificates: {}\n", folder.display())?;
    let [as_first, as_second] = [curl(&pki.ekonomiskt_bistand), curl(&pki.arbetsmarknad)];
    writeln!(
        text,
        "{as_first} \\\n  -H 'content-type: application/json' --data @{} {base}/v1/questions\n",
        json.display()
    )?;
    writeln!(
        text,
        "{as_second} \\\n  -H 'content-type: application/json' --data @{} {base}/v1/questions\n",
        json.display()
    )?;
    writeln!(
        text,
        "{as_first} \\\n  -H 'content-type: text/xml; charset=utf-8' --data @{} {base}/ssbtek/v10\n",
        soap.display()
    )?;
    writeln!(text, "{as_second} {base}/v1/policies")?;
    Ok(text)
}
