//! An answer before it is written: a tree of elements.

/// A namespace, which makes elements of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Namespace(pub(crate) &'static str);

/// An element of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) namespace: Namespace,
    pub(crate) name: &'static str,
    /// Names and values, not yet escaped. No agency qualifies an attribute; `xsi:nil` is [`Content::Nil`].
    pub(crate) attributes: Vec<(&'static str, String)>,
    pub(crate) content: Content,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// Nothing, and it says so with `xsi:nil="true"`.
    Nil,
    /// Text, not yet escaped.
    Text(String),
    /// Other elements.
    Children(Vec<Element>),
}

impl Namespace {
    /// No namespace: the local elements of an unqualified schema.
    pub(crate) const NONE: Self = Self("");

    /// An element with text.
    #[expect(clippy::needless_pass_by_value, reason = "numbers, dates and texts are given alike, often just made")]
    pub(crate) fn text(self, name: &'static str, text: impl ToString) -> Element {
        self.element(name, Content::Text(text.to_string()))
    }

    /// An element with text, if there is any.
    pub(crate) fn optional(self, name: &'static str, text: Option<&impl ToString>) -> Option<Element> {
        text.map(|text| self.text(name, text.to_string()))
    }

    /// An element with other elements.
    pub(crate) fn parent(self, name: &'static str, children: impl IntoIterator<Item = Element>) -> Element {
        self.element(name, Content::Children(children.into_iter().collect()))
    }

    /// An element that says that it has no value.
    pub(crate) fn nil(self, name: &'static str) -> Element {
        self.element(name, Content::Nil)
    }

    fn element(self, name: &'static str, content: Content) -> Element {
        Element { namespace: self, name, attributes: Vec::new(), content }
    }
}

impl Element {
    /// The same with an attribute.
    #[expect(clippy::needless_pass_by_value, reason = "numbers and texts are given alike, often just made")]
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }
}
