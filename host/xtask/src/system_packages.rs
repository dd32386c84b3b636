//! Debian packages that a task needs, installed where they are missing.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run;

/// The system's own Python, which its packages add to.
pub const PYTHON: &str = "/usr/bin/python3";

/// A PKCS#11 token in software, which tests keep keys on.
pub const SOFT_HSM: &str = "/usr/lib/softhsm/libsofthsm2.so";

/// Sees to it that a file of a Debian package is there, installing the packages if it is not.
pub fn ensure(file: &str, packages: &[&str]) -> Result<()> {
    ensure_that(|| Path::new(file).exists(), file, packages)
}

/// Sees to it that the system's Python has a module, installing the packages if it has not.
///
/// Debian splits the standard library: where a module lies in it differs with its version, whether it can be imported does not.
pub fn ensure_python_module(module: &str, packages: &[&str]) -> Result<()> {
    let has_module = || run::succeeds(Command::new(PYTHON).args(["-c", &format!("import {module}")]));
    ensure_that(has_module, &format!("Python's `{module}`"), packages)
}

/// Sees to it that PostgreSQL's server is there, without a cluster of the system's own: tests begin theirs, and end them.
pub fn ensure_postgresql() -> Result<()> {
    if !Path::new(POSTGRESQL).exists() {
        ensure(CLUSTERS, &["postgresql-common"])?;
        let setting = "s/^#\\?create_main_cluster.*/create_main_cluster = false/";
        run::to_the_end(as_root("sed")?.args(["--in-place", setting, CLUSTERS]))?;
    }
    ensure(POSTGRESQL, &["postgresql-15"])
}

fn ensure_that(is_there: impl Fn() -> bool, what: &str, packages: &[&str]) -> Result<()> {
    if is_there() {
        return Ok(());
    }
    eprintln!("  installing {} (for {what})", packages.join(" "));
    // The lists may be old or absent: only if the install fails are they fetched.
    if !run::succeeds(install(packages)?.env("DEBIAN_FRONTEND", "noninteractive")) {
        run::to_the_end(apt_get()?.arg("update").arg("-q"))?;
        run::to_the_end(install(packages)?.env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    if is_there() { Ok(()) } else { bail!("{} installed, but {what} is not there", packages.join(" ")) }
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
    as_root("apt-get")
}

fn as_root(program: &str) -> Result<Command> {
    let is_root = run::output(Command::new("id").arg("-u"))? == "0";
    if is_root {
        return Ok(Command::new(program));
    }
    let mut command = Command::new("sudo");
    command.args(["--non-interactive", program]);
    Ok(command)
}

/// PostgreSQL's server, which tests keep audit logs and open cases in.
const POSTGRESQL: &str = "/usr/lib/postgresql/15/bin/postgres";
/// Whether the system makes a cluster of its own when the server is installed.
const CLUSTERS: &str = "/etc/postgresql-common/createcluster.conf";
