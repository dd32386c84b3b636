//! Element paths: names from below the root, joined by `/`.

/// The path of the element that holds this one; the root's is empty.
pub(crate) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The element's own name, without the `@` of an attribute, and whether it had one.
pub(crate) fn name(path: &str) -> (&str, bool) {
    let last = path.rsplit_once('/').map_or(path, |(_, last)| last);
    last.strip_prefix('@').map_or((last, false), |name| (name, true))
}

/// How many levels below the root the element lies.
pub(crate) fn depth(path: &str) -> usize {
    if path.is_empty() { 0 } else { path.split('/').count() }
}

/// The name that Rust code has for an element of this name: `ArbetssokandeInfo` is `ARBETSSOKANDE_INFO`.
pub(crate) fn constant(name: &str) -> String {
    let mut constant = String::with_capacity(name.len() + 8);
    let mut after_lower = false;
    for character in name.chars() {
        match character {
            '@' => constant.push_str("AT_"),
            _ if !character.is_alphanumeric() => constant.push('_'),
            _ => {
                if after_lower && character.is_uppercase() {
                    constant.push('_');
                }
                constant.extend(character.to_uppercase());
            }
        }
        after_lower = character.is_lowercase() || character.is_numeric();
    }
    constant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_keeps_the_words_of_a_name_apart() {
        assert_eq!(constant("ArbetssokandeSKAT"), "ARBETSSOKANDE_SKAT");
        assert_eq!(constant("@status-kod"), "AT_STATUS_KOD");
    }

    #[test]
    fn a_path_knows_its_parent_name_and_depth() {
        assert_eq!(parent("Svar/ArbetssokandeInfo"), "Svar");
        assert_eq!(parent("Svar"), "");
        assert_eq!(name("Svar/@kod"), ("kod", true));
        assert_eq!(depth("Svar/@kod"), 2);
        assert_eq!(depth(""), 0);
    }
}
