//! Values of statements that the driver's own log must not show.

use std::error::Error;
use std::fmt;

use bytes::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type};

/// A value that is sent and not printed: the driver logs the `Debug` of every value when it is told to log much.
pub struct Hidden<'v>(pub &'v (dyn ToSql + Sync));

impl fmt::Debug for Hidden<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("redacted")
    }
}

impl ToSql for Hidden<'_> {
    fn to_sql(&self, of: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.0.to_sql_checked(of, out)
    }

    /// Whether it fits is found out when it is written.
    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, of: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.0.to_sql_checked(of, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_sent_and_not_printed() {
        let mut out = BytesMut::new();
        let value = "Åsa Exempel";
        let hidden = Hidden(&value);
        assert!(matches!(hidden.to_sql_checked(&Type::TEXT, &mut out), Ok(IsNull::No)));
        assert_eq!((out.as_ref(), format!("{hidden:?}").as_str()), (value.as_bytes(), "redacted"));
        assert!(hidden.to_sql_checked(&Type::INT8, &mut out).is_err());
    }
}
