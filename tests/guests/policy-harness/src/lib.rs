//! What every hostile policy is made with: a policy that does everything right, of which a guest overrides its misdeed.

pub mod honest;
mod policy;

pub use policy::Policy;
pub use ssbtx_policy_engine::bindings;
pub use ssbtx_policy_engine::{Context, Description, Outline, Refusal, Verdict, WithholdReason};
