//! A repository's files in a folder.

use std::io;
use std::path::Path;

use bytes::Bytes;
use tokio::io::AsyncReadExt;

use super::fault::ReadFault;

/// Reads a file to its end, or to one byte past the limit, which refuses it.
pub(super) async fn read(folder: &Path, file: &str, limit: u64) -> Result<Bytes, ReadFault> {
    let path = folder.join(file);
    // Opening a pipe would wait for its writer.
    if !tokio::fs::metadata(&path).await?.is_file() {
        return Err(ReadFault::Io(io::ErrorKind::InvalidInput));
    }
    let mut bytes = Vec::new();
    let mut source = tokio::fs::File::open(&path).await?.take(limit.saturating_add(1));
    source.read_to_end(&mut bytes).await?;
    if bytes.len() as u64 > limit {
        return Err(ReadFault::TooLong { limit });
    }
    Ok(bytes.into())
}
