//! Bytes that leave nothing behind.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytemuck::pod_align_to_mut;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Bytes that are wiped from memory when they are dropped, with the room that was reserved for more of them.
///
/// They are wiped a word at a time, and so that no compiler leaves it out: an answer may have some hundred kilobytes, and byte by byte that takes as long as
/// to read it. What a vector leaves behind where it grows is not wiped: reserve what is needed. Its `Debug` shows nothing.
#[derive(Default, PartialEq, Eq)]
pub struct WipedBytes(Vec<u8>);

impl WipedBytes {
    fn wipe(&mut self) {
        // What was cut off, or moved on from, may still lie behind the end.
        self.0.resize(self.0.capacity(), 0);
        let (first, words, last) = pod_align_to_mut::<u8, u64>(&mut self.0);
        first.zeroize();
        words.zeroize();
        last.zeroize();
    }
}

impl From<Vec<u8>> for WipedBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<String> for WipedBytes {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

impl Deref for WipedBytes {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for WipedBytes {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl AsRef<[u8]> for WipedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for WipedBytes {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl ZeroizeOnDrop for WipedBytes {}

impl fmt::Debug for WipedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WipedBytes(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_wiped_and_what_lies_behind_the_end_too() {
        for length in 0..40_u8 {
            let mut bytes = WipedBytes::from((1..=length).collect::<Vec<u8>>());
            bytes.reserve(9);
            bytes.truncate(usize::from(length / 2));
            bytes.wipe();
            assert_eq!(bytes.len(), bytes.capacity());
            assert!(bytes.iter().all(|byte| *byte == 0), "of {length}");
        }
    }

    #[test]
    fn it_shows_nothing_of_what_it_holds() {
        assert_eq!(format!("{:?}", WipedBytes::from("Testsson".to_owned())), "WipedBytes(redacted)");
    }
}
