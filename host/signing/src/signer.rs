//! What can sign.

use crate::key::TokenFault;

/// A private key that can be used but not seen.
pub trait Signer {
    /// The public key, by which the roles that it may sign for are found.
    fn public_key(&self) -> [u8; 32];

    /// Signs a message with Ed25519.
    ///
    /// # Errors
    ///
    /// [`SigningFailed`] where the key is out of reach.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningFailed>;
}

/// Why a key did not sign.
#[derive(Debug, thiserror::Error)]
pub enum SigningFailed {
    /// The token did not.
    #[error("token did not sign")]
    Token(#[source] TokenFault),
    /// The cryptographic library did not.
    #[error("the cryptographic library did not sign")]
    Library,
}
