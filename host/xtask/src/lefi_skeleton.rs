//! `cargo xtask lefi-skeleton`: what Försäkringskassan's catalogue lacks of the published LEFI contract, written as catalogue source.
//!
//! LEFI has some two hundred types. Nobody writes their names and kinds by hand without a slip, and nobody but a person can write what a caseworker
//! must know of them: so this writes the names and kinds, and leaves the texts open.

mod comparison;
mod open_api;
mod skeleton;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use ssbtx_catalogue_source::Catalogue;

use crate::run;
use comparison::Comparison;
use open_api::OpenApi;
use skeleton::Skeleton;

/// Prints on standard output what the catalogue lacks, ready to be pasted and filled, and as comments what it has in excess or says otherwise.
#[expect(clippy::print_stdout, reason = "the skeleton is this task's result")]
pub fn run() -> Result<()> {
    let published = published()?;
    let text = fs::read_to_string(&published).with_context(|| format!("read `{}`", published.display()))?;
    let open_api: OpenApi =
        serde_saphyr::from_str(&text).with_context(|| format!("read `{}` as OpenAPI", published.display()))?;
    let file = run::workspace().join(CATALOGUE);
    let catalogue = Catalogue::load(&file).with_context(|| format!("load `{}`", file.display()))?;
    let comparison = Comparison::of(&catalogue, &open_api, ANSWER)?;
    if comparison.is_equal() {
        let count = catalogue.elements.len();
        eprintln!("`{CATALOGUE}`, {count} elements, lacks nothing of {ANSWER} and has nothing in excess");
    }
    print!("{}", Skeleton { open_api: &open_api, comparison: &comparison, root: ANSWER });
    Ok(())
}

/// The published file, in the folder of contracts that the tests use.
fn published() -> Result<PathBuf> {
    let beside = || run::workspace().join("../shared/contracts");
    let folder = std::env::var_os("SSBTX_CONTRACTS").map_or_else(beside, PathBuf::from);
    let file =
        folder.join(Path::new("ssbtek-v10/se/forsakringskassan/schema/lefi/lefi-formansinformation-v9.openapi.yaml"));
    if !file.is_file() {
        bail!("`{}` is not there; SSBTX_CONTRACTS names the folder of published contracts", file.display());
    }
    Ok(file)
}

const CATALOGUE: &str = "plugins/forsakringskassan/catalogue.toml";
const ANSWER: &str = "LefiExternFormansinformationSvar";
