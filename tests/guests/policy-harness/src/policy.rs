//! A policy whose every part can be overridden.

use crate::{Context, Description, Outline, Refusal, Verdict, honest};

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
    fn decide(_context: Context, outline: Outline) -> Result<Vec<Verdict>, Refusal> {
        Ok(honest::verdicts(&outline))
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

            fn decide(context: $crate::Context, outline: $crate::Outline) -> Result<Vec<$crate::Verdict>, $crate::Refusal> {
                <Self as $crate::Policy>::decide(context, outline)
            }
        }

        #[cfg(target_family = "wasm")]
        $crate::bindings::export!($policy with_types_in $crate::bindings);
    };
}
