//! Debian packages that a task needs, installed where they are missing.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run;

/// Sees to it that a file of a Debian package is there, installing the packages if it is not.
pub fn ensure(file: &str, packages: &[&str]) -> Result<()> {
    if Path::new(file).exists() {
        return Ok(());
    }
    eprintln!("  installing {} (for {file})", packages.join(" "));
    // The lists may be old or absent: only if the install fails are they fetched.
    if !run::succeeds(install(packages)?.env("DEBIAN_FRONTEND", "noninteractive")) {
        run::to_the_end(apt_get()?.arg("update").arg("-q"))?;
        run::to_the_end(install(packages)?.env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    if Path::new(file).exists() { Ok(()) } else { bail!("{} installed, but `{file}` is not there", packages.join(" ")) }
}

fn install(packages: &[&str]) -> Result<Command> {
    let mut command = apt_get()?;
    command.args(["install", "-y", "-q", "--no-install-recommends"]).args(packages);
    Ok(command)
}

fn apt_get() -> Result<Command> {
    if !run::succeeds(Command::new("apt-get").arg("--version")) {
        bail!("this is no Debian machine: `apt-get` is not there");
    }
    let is_root = run::output(Command::new("id").arg("-u"))? == "0";
    if is_root {
        return Ok(Command::new("apt-get"));
    }
    let mut command = Command::new("sudo");
    command.args(["--non-interactive", "apt-get"]);
    Ok(command)
}
