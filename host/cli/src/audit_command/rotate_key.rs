//! `ssbtx audit rotate-key`.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use aws_lc_rs::rand;
use ssbtx_audit::SubjectKey;

use super::questions::anyway;
use crate::repo::print;

/// Makes a new subject key and says what to do with it.
pub(super) fn run(out: &Path) -> Result<()> {
    let mut bytes = zeroize::Zeroizing::new([0_u8; 32]);
    rand::fill(bytes.as_mut_slice()).ok().context("make the key: there is no randomness")?;
    let digits = zeroize::Zeroizing::new(hex::encode(*bytes));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(out);
    file.as_mut()
        .map_err(|error| anyhow::anyhow!("{error}"))
        .and_then(|file| Ok(writeln!(file, "{}", *digits).and_then(|()| file.sync_all())?))
        .with_context(|| format!("write the key `{}`", out.display()))?;
    let id = SubjectKey::load(out).context("read the key")?.id();
    print(format_args!("key {id} in `{}`\n\n{NEXT}", out.display())).map_err(anyway)
}

const NEXT: &str = "\
1. Back it up where the key before it is backed up: without it nobody named under it can be found in the log.
2. In `[audit]`, make it `subject-key`, and the key before it `overlapping-subject-key`. Start the host again: every record now names
   the person under both, so that who was asked about before and after is seen to be one person.
3. After the overlap, three months say, take `overlapping-subject-key` out, put that file into `earlier-subject-keys`, and start the host again.
   Look-ups find records under every key that is configured.
4. When the oldest record under an earlier key is older than `retention-days`, take the key out and destroy it.";
