//! Python environments for clients and testers that we did not write, each made once and kept beside what else is built.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use ssbtx_stage::components::workspace;

/// The folder of the programs of an environment with these packages, such as `zeep==4.3.3`; the first names the environment.
pub(crate) fn programs(packages: &[&str]) -> PathBuf {
    let folder = workspace().join("target").join(packages[0].replace("==", "-"));
    let programs = folder.join("bin");
    // Written last: an environment without it was not finished.
    let complete = folder.join("complete");
    let wanted = packages.join("\n");
    if fs::read_to_string(&complete).is_ok_and(|installed| installed == wanted) {
        return programs;
    }
    run(Command::new("/usr/bin/python3").args(["-m", "venv", "--clear"]).arg(&folder));
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(Command::new(programs.join("python")).args(install).args(packages));
    fs::write(&complete, wanted).unwrap();
    programs
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?} failed, and tests need it (`cargo xtask test` installs python3-venv):\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
