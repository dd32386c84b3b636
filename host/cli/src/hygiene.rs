//! What nobody else on the machine may learn from the host's process.

use std::io;

use anyhow::{Context, Result, ensure};
use rustix::fs::Mode;
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, dumpable_behavior, geteuid, getrlimit, set_dumpable_behavior, setrlimit, umask,
};
use tracing::{info, warn};

/// Sees to it that the process leaves no core dump, that no other process of its user reads its memory, and that what it writes is its user's alone.
///
/// To be called before anything secret is read. Children have the same: the kernel hands limits and mask on.
///
/// # Errors
///
/// Where the system does not do as it is told: a host with its questions in a core dump is none that may answer them.
pub fn apply() -> Result<()> {
    set().context("keep the process's memory to itself")?;
    // A system that says yes and does nothing would go unseen.
    ensure!(getrlimit(Resource::Core) == NO_CORE, "core dumps are still on after they were turned off");
    let behaviour = dumpable_behavior().context("see whether the process's memory can be read")?;
    ensure!(
        behaviour == DumpableBehavior::NotDumpable,
        "other processes can still read the memory of this one after that was turned off"
    );
    Ok(())
}

fn set() -> io::Result<()> {
    // A service manager may have done it already, and then forbid what sets limits.
    if getrlimit(Resource::Core) != NO_CORE {
        setrlimit(Resource::Core, NO_CORE)?;
    }
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    umask(Mode::RWXG | Mode::RWXO);
    Ok(())
}

/// Tells the log of it, once there is one.
pub fn tell() {
    info!("core dumps are off, and other processes cannot read this one's memory");
    if geteuid().is_root() {
        warn!("host runs as root: run it as a user of its own, who owns its folders and nothing else");
    }
}

const NO_CORE: Rlimit = Rlimit { current: Some(0), maximum: Some(0) };
