//! The Python environment that zeep runs in, made once and kept beside what else is built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use ssbtx_stage::components::workspace;

/// The Python that has zeep.
pub(super) fn python() -> &'static Path {
    &PYTHON
}

static PYTHON: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = workspace().join(format!("target/zeep-{VERSION}"));
    let python = folder.join("bin/python");
    // Written last: an environment without it was not finished.
    let complete = folder.join("complete");
    if !complete.is_file() {
        run(Command::new("/usr/bin/python3").args(["-m", "venv", "--clear"]).arg(&folder));
        let zeep = format!("zeep=={VERSION}");
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", &zeep]));
        fs::write(&complete, VERSION).unwrap();
    }
    python
});

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?} failed, and the zeep tests need it (`cargo xtask test` installs python3-venv):\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

const VERSION: &str = "4.3.3";
