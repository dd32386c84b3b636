//! Names of elements and attributes, and namespaces that have changed.

/// The name of an element or attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'n> {
    /// Its namespace, empty where it has none.
    pub namespace: &'n str,
    /// Its name without prefix.
    pub local: &'n str,
}

/// A namespace that an agency once used for what is now in another.
#[derive(Clone, Copy, Debug)]
pub struct FormerNamespace {
    /// What older documents say.
    pub former: &'static str,
    /// What it is read as.
    pub current: &'static str,
}
