//! A policy whose every part can be overridden.

use crate::{AgencyCatalogue, Context, Description, Refusal, Verdict, honest};

/// A policy that does everything right where it is not overridden.
pub trait Policy {
    /// Says what it is.
    fn describe() -> Description {
        honest::description()
    }

    /// Decides.
    ///
    /// # Errors
    ///
    /// The honest policy refuses nothing.
    fn decide(_context: Context, catalogue: AgencyCatalogue) -> Result<Vec<Verdict>, Refusal> {
        Ok(honest::verdicts(&catalogue))
    }
}

/// Exports a [`Policy`](crate::Policy) as the component of the crate that calls this.
#[macro_export]
macro_rules! component {
    ($policy:ident) => {
        impl $crate::bindings::exports::ssbtx::policy::field_filter::Guest for $policy {
            fn describe() -> $crate::Description {
                <Self as $crate::Policy>::describe()
            }

            fn decide(context: $crate::Context, catalogue: $crate::AgencyCatalogue) -> Result<Vec<$crate::Verdict>, $crate::Refusal> {
                <Self as $crate::Policy>::decide(context, catalogue)
            }
        }

        #[cfg(target_family = "wasm")]
        $crate::bindings::export!($policy with_types_in $crate::bindings);
    };
}
