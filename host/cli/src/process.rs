//! What the system says of the host's process.

use std::fs;

use ssbtx_admin::ProcessFigures;

/// Reads it anew.
pub fn figures() -> ProcessFigures {
    let status = fs::read_to_string("/proc/self/status").ok();
    ProcessFigures {
        resident_bytes: status.as_deref().and_then(resident_bytes),
        // One of them is the folder that is being read.
        open_files: fs::read_dir("/proc/self/fd").ok().map(|files| (files.count() as u64).saturating_sub(1)),
    }
}

/// The line `VmRSS:`, in kB, which are of 1,024 bytes there.
fn resident_bytes(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_holds_memory_and_files() {
        let figures = figures();
        assert!(figures.resident_bytes.unwrap() > 100_000);
        assert!(figures.open_files.unwrap() >= 3);
    }

    #[test]
    fn a_status_of_another_shape_says_nothing() {
        assert_eq!(resident_bytes("VmPeak:\t 1 kB\nVmRSS:\t   12 kB\n"), Some(12 * 1024));
        assert_eq!(resident_bytes("VmRSS:\t 12 MB\n"), None);
        assert_eq!(resident_bytes(""), None);
    }
}
