//! Builds every guest crate as a component into `target/components`.
//!
//! A guest crate is a member of the workspace with `[package.metadata.ssbtx]` in its manifest: `component` says what it is, `target` where its
//! component goes. Adapters and policies carry their cases in their components.

mod component;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::guest_toolchain::{GuestToolchain, TARGET};
use crate::run;

/// Which guests to build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Adapters and policies: what a host loads.
    ForTheHost,
    /// Those and the tests' guests.
    All,
}

/// Builds guests, each only if it changed.
pub fn build(which: Which) -> Result<()> {
    let guests = find()?;
    let toolchain = GuestToolchain::find()?;
    let chosen: Vec<&Guest> = guests.iter().filter(|guest| which == Which::All || guest.kind != Kind::Guest).collect();
    for (number, guest) in (1..).zip(&chosen) {
        eprintln!("  component {number}/{}: {}", chosen.len(), guest.target.display());
        let module = compile(&toolchain, guest).with_context(|| format!("compile `{}`", guest.package))?;
        component::cases(guest.kind, &guest.folder)
            .and_then(|cases| component::write(&module, &cases, &components().join(&guest.target)))
            .with_context(|| format!("make a component of `{}`", guest.package))?;
    }
    Ok(())
}

/// Where components are put.
pub fn components() -> PathBuf {
    run::workspace().join("target/components")
}

struct Guest {
    package: String,
    folder: PathBuf,
    kind: Kind,
    target: PathBuf,
}

#[derive(Deserialize)]
struct Manifest {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    #[serde(default)]
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    ssbtx: Option<SsbtxMetadata>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SsbtxMetadata {
    component: Kind,
    target: PathBuf,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Adapter,
    Policy,
    Guest,
}

/// Every guest crate, in the order of folders and names.
fn find() -> Result<Vec<Guest>> {
    let mut guests = Vec::new();
    for holder in holders()? {
        for folder in folders(&holder)? {
            let path = folder.join("Cargo.toml");
            if !path.is_file() {
                continue;
            }
            let text = fs::read_to_string(&path).with_context(|| format!("read `{}`", path.display()))?;
            let manifest: Manifest = toml::from_str(&text).with_context(|| format!("parse `{}`", path.display()))?;
            if let Some(metadata) = manifest.package.metadata.and_then(|metadata| metadata.ssbtx) {
                guests.push(Guest {
                    package: manifest.package.name,
                    folder,
                    kind: metadata.component,
                    target: metadata.target,
                });
            }
        }
    }
    Ok(guests)
}

/// The folders that hold guest crates: the fixed ones, and every example.
fn holders() -> Result<Vec<PathBuf>> {
    let mut holders = ["plugins", "policies", "tests/guests"].map(|folder| run::workspace().join(folder)).to_vec();
    let examples = run::workspace().join("examples");
    if examples.is_dir() {
        holders.extend(folders(&examples)?);
    }
    Ok(holders)
}

/// The folders in a folder, in the order of their names.
fn folders(holder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(holder).with_context(|| format!("read folder `{}`", holder.display()))?;
    let mut folders: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

/// Compiles a guest crate to a core module and says where it is.
fn compile(toolchain: &GuestToolchain, guest: &Guest) -> Result<PathBuf> {
    let package = guest.package.as_str();
    // A folder of their own: guests may be compiled by another compiler, and do not wait for the host's builds.
    let folder = run::workspace().join("target/guests");
    let mut command = toolchain.cargo_rustc();
    command.args(["--quiet", "--locked", "--profile", "guest", "--crate-type", "cdylib", "--package", package]);
    command.arg("--target-dir").arg(&folder);
    // `unsafe` is forbidden in what we write, and checked when the crate is built for this machine; the generated exports need it.
    command.args(["--", "--cap-lints", "allow"]);
    if guest.kind != Kind::Guest {
        command.arg(format!("-Clink-arg=--initial-memory={INITIAL_MEMORY}"));
    }
    run::to_the_end(&mut command)?;
    Ok(folder.join(TARGET).join("guest").join(format!("{}.wasm", package.replace('-', "_"))))
}

/// What an adapter or policy has from the start, in bytes: more than an ordinary call needs. To grow a memory, and to make it small again for the next
/// call, changes what the processor protects, which costs as much as the rest of making an instance. What is not written to costs nothing.
const INITIAL_MEMORY: u32 = 4 << 20;
