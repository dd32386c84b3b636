//! How guests are compiled for `wasm32-unknown-unknown` on the machine at hand.
//!
//! Three ways, tried in this order: the toolchain has the target; rustup can add it; Debian's own compiler with the standard library's source,
//! driven by our cargo. The last one serves machines that reach Debian's packages and not the Rust servers.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{run, system_packages};

/// The target of every guest: no operating system, hence nothing to import.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A way to compile guests.
pub enum GuestToolchain {
    /// The installed toolchain has the target.
    Installed,
    /// Debian's compiler, which builds the standard library from source; our toolchain's linker.
    Debian {
        /// The linker `rust-lld`.
        linker: PathBuf,
    },
}

impl GuestToolchain {
    /// Finds a way, installing what it takes.
    pub fn find() -> Result<Self> {
        if has_target()? {
            return Ok(Self::Installed);
        }
        eprintln!("  this toolchain has no target {TARGET}: asking rustup for it");
        if run::succeeds(Command::new("timeout").args(["60", "rustup", "target", "add", TARGET])) && has_target()? {
            return Ok(Self::Installed);
        }
        eprintln!("  rustup cannot add it: using Debian's compiler and its source of the standard library");
        // The source tells: another `/usr/bin/rustc` may be there, old and without it.
        system_packages::ensure(DEBIAN_STD, &["rustc-web", "rust-web-src"]).context(
            "install a compiler for the guests; with `rustup target add wasm32-unknown-unknown` it is not needed",
        )?;
        let linker = sysroot()?.join("lib/rustlib").join(host_triple()?).join("bin/rust-lld");
        Ok(Self::Debian { linker })
    }

    /// A cargo command that compiles for the target, up to and including `--target`.
    pub fn cargo_rustc(&self) -> Command {
        let mut command = run::cargo();
        command.arg("rustc").args(["--target", TARGET]).env(RUSTFLAGS, VECTORS);
        if let Self::Debian { linker } = self {
            command
                .env("RUSTC", DEBIAN_RUSTC)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .arg("-Zbuild-std=std,panic_abort");
        }
        command
    }
}

fn has_target() -> Result<bool> {
    Ok(sysroot()?.join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

fn sysroot() -> Result<PathBuf> {
    let printed = run::output(Command::new("rustc").args(["--print", "sysroot"])).context("find the toolchain")?;
    Ok(Path::new(&printed).to_path_buf())
}

/// What our own compiler compiles for, such as `x86_64-unknown-linux-gnu`.
fn host_triple() -> Result<String> {
    let printed = run::output(Command::new("rustc").arg("-vV")).context("find the toolchain")?;
    let host = printed.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("find the toolchain: `rustc -vV` names no host")?.to_owned())
}

/// Flags for this target alone, and for every crate of a guest: readers of text come from libraries.
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
/// The 128-bit vectors of WebAssembly 2.0, which let text be searched sixteen bytes at a time.
const VECTORS: &str = "-Ctarget-feature=+simd128";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
/// Of the package `rust-web-src`, in the place where the compiler of `rustc-web` looks.
const DEBIAN_STD: &str = "/usr/share/doc/rust-web-src";
