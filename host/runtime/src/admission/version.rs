//! The versions that components give themselves.

/// Whether a text is a semantic version of at most 64 characters, such as `1.0.0` or `2.1.0-rc.1`.
///
/// # Source
///
/// Semantic Versioning 2.0.0, section 2, 9 and 10, without the order of pre-releases.
pub(crate) fn is_version(text: &str) -> bool {
    let (release, build) = split(text, '+');
    let (core, pre_release) = split(release, '-');
    let number = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'))
    };
    let labels = |part: &str| {
        part.split('.')
            .all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
    };
    text.len() <= 64
        && core.split('.').count() == 3
        && core.split('.').all(number)
        && pre_release.is_none_or(labels)
        && build.is_none_or(labels)
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_version() {
        for text in ["0.0.0", "1.0.0", "10.20.30", "1.0.0-rc.1", "1.0.0+build.5", "1.0.0-a-b+c-d"] {
            assert!(is_version(text), "{text}");
        }
    }

    #[test]
    fn err_version() {
        for text in ["", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.-1", "1.0.0-", "1.0.0+", "1.0.0-å", "1.0.0 "]
        {
            assert!(!is_version(text), "{text}");
        }
    }
}
