//! The tests of every policy.

/// Writes the tests of the promises that every policy makes, for its [`Policy`](ssbtx_policy_engine::Policy) and its
/// [`Case`](ssbtx_policy_engine::Case)s.
///
/// # Examples
///
/// ```
/// # use ssbtx_policy_engine::{Case, Policy, Text};
/// # static POLICY: Policy = Policy {
/// #     role: "arbetsmarknad",
/// #     version: "1.0.0",
/// #     title: Text { sv: "Arbetsmarknad", en: "Labour market" },
/// #     purposes: &["arendehandlaggning"],
/// #     bases: &[],
/// #     agencies: &[],
/// # };
/// # static CASES: &[Case] = &[];
/// ssbtx_policy_rehearsal::promises!(POLICY, CASES);
/// ```
#[macro_export]
macro_rules! promises {
    ($policy:path, $cases:path) => {
        #[test]
        fn every_case_holds() -> Result<(), $crate::NoOutlines> {
            let broken = $crate::broken_cases(&$policy, $cases, &$crate::outlines()?);
            assert!(broken.is_empty(), "{broken:#?}");
            Ok(())
        }

        #[test]
        fn every_dataset_of_every_agency_is_named_by_a_case() -> Result<(), $crate::NoOutlines> {
            let outlines = $crate::outlines()?;
            let missing = $crate::datasets_without_case($cases, &outlines);
            assert!(missing.is_empty(), "{missing:#?}");
            Ok(())
        }

        #[test]
        fn every_rule_names_something_that_a_catalogue_has() -> Result<(), $crate::NoOutlines> {
            let strays = $crate::rules_without_element(&$policy, &$crate::outlines()?);
            assert!(strays.is_empty(), "{strays:#?}");
            Ok(())
        }

        #[test]
        fn there_are_cases_that_disclose_and_cases_that_withhold() {
            use ::ssbtx_policy_engine::Expected;
            assert!($cases.iter().any(|case| matches!(case.expected, Expected::Disclose(_))));
            assert!($cases.iter().any(|case| matches!(case.expected, Expected::Withhold(_))));
        }

        #[test]
        fn every_basis_is_described_in_the_order_of_the_verdicts() {
            let description = $policy.describe();
            assert_eq!(description.role, $policy.role);
            let described: Vec<&str> = description.legal_bases.iter().map(|basis| basis.id.as_str()).collect();
            let listed: Vec<&str> = $policy.bases.iter().map(|basis| basis.id).collect();
            assert_eq!(described, listed);
        }
    };
}
