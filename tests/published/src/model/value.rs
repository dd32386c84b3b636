//! What a declared value may be.

/// What a scalar or attribute may hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Value {
    /// What it means.
    pub value_type: ValueType,
    /// The built-in type that it restricts, such as `normalizedString` or `int`; in OpenAPI the `format` or else the `type`.
    pub base: String,
    /// What restricts it further.
    pub facets: Facets,
}

/// What a value means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValueType {
    /// Free text or a code.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// True or false.
    Boolean,
    /// A calendar date.
    Date,
    /// A point in time.
    DateTime,
}

/// What restricts a value further than its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    /// The values that it may be, where they are listed.
    pub enumeration: Vec<String>,
    /// The regular expression that it must match.
    pub pattern: Option<String>,
    /// The least number of characters.
    pub min_length: usize,
    /// The greatest number of characters.
    pub max_length: Option<usize>,
    /// The smallest number that it may be.
    pub minimum: Option<f64>,
    /// The largest number that it may be.
    pub maximum: Option<f64>,
}

impl ValueType {
    /// Its name, the same as in a catalogue's source.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::DateTime => "date-time",
        }
    }
}
