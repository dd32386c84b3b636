//! From tables to a component's exports.

/// Exports a [`crate::Policy`] as the component of the crate that calls this.
///
/// # Examples
///
/// ```
/// # use ssbtx_policy_engine::{Policy, Text};
/// # static POLICY: Policy = Policy {
/// #     role: "arbetsmarknad",
/// #     version: "1.0.0",
/// #     title: Text { sv: "Arbetsmarknad", en: "Labour market" },
/// #     purposes: &["arendehandlaggning"],
/// #     bases: &[],
/// #     agencies: &[],
/// # };
/// #[cfg(target_family = "wasm")]
/// ssbtx_policy_engine::component!(POLICY);
/// ```
#[macro_export]
macro_rules! component {
    ($policy:expr) => {
        struct Component;

        impl $crate::bindings::exports::ssbtx::policy::field_filter::Guest for Component {
            fn describe() -> $crate::Description {
                $policy.describe()
            }

            fn decide(
                context: $crate::Context,
                outline: $crate::Outline,
            ) -> Result<Vec<$crate::Verdict>, $crate::Refusal> {
                $policy.decide(&context, &outline)
            }
        }

        $crate::bindings::export!(Component with_types_in $crate::bindings);
    };
}
