//! A key on a PKCS#11 token.

use std::fmt;
use std::path::PathBuf;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::eddsa::{EddsaParams, EddsaSignatureScheme};
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;

use super::passphrase::Passphrase;
use super::token_uri::TokenUri;
use crate::signer::{Signer, SigningFailed};

/// A key that never leaves its token: what is to be signed goes there.
///
/// The token must do EdDSA on the curve edwards25519 (PKCS#11 3.0, `CKM_EDDSA`).
pub struct TokenKey {
    session: Session,
    private: ObjectHandle,
    point: [u8; 32],
    token: String,
}

/// Why there is no key from a token.
#[derive(Debug, thiserror::Error)]
pub enum TokenFault {
    /// The library for the token cannot be loaded, or does not start.
    #[error("PKCS#11 module `{}` does not start", module.display())]
    Module {
        /// The library.
        module: PathBuf,
        /// What it said.
        source: Error,
    },
    /// There is no such token.
    #[error("there is no token `{token}`, or more than one")]
    NoToken {
        /// Its label.
        token: String,
    },
    /// The PIN is another, or the token is locked.
    #[error("token `{token}` does not take the PIN")]
    Pin {
        /// Its label.
        token: String,
        /// What it said.
        source: Error,
    },
    /// There is no such key.
    #[error("token `{token}` has {found} Ed25519 keys `{object}`, expected 1")]
    NoKey {
        /// The token's label.
        token: String,
        /// The key's label.
        object: String,
        /// How many there are.
        found: usize,
    },
    /// The key's public part is not there, or is none.
    #[error("token `{token}` does not tell the public key of `{object}`")]
    NoPublicKey {
        /// The token's label.
        token: String,
        /// The key's label.
        object: String,
    },
    /// Anything else that the token refused.
    #[error("token `{token}` refused")]
    Refused {
        /// Its label.
        token: String,
        /// What it said.
        source: Error,
    },
}

impl TokenKey {
    /// Makes a new key on a token. There may be none of that label.
    ///
    /// # Errors
    ///
    /// [`TokenFault`], also where the token does not do Ed25519.
    pub fn create(uri: &TokenUri, pin: &Passphrase) -> Result<Self, TokenFault> {
        let session = session(uri, pin, Access::ReadWrite)?;
        let found = objects(&session, uri, ObjectClass::PRIVATE_KEY)?.len();
        if found > 0 {
            return Err(TokenFault::NoKey { token: uri.token().to_owned(), object: uri.object().to_owned(), found });
        }
        let label = || Attribute::Label(uri.object().as_bytes().to_vec());
        let public = [
            Attribute::Token(true),
            Attribute::Private(false),
            Attribute::Verify(true),
            Attribute::EcParams(EDWARDS25519.to_vec()),
            label(),
        ];
        let private = [
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Sign(true),
            label(),
        ];
        session.generate_key_pair(&Mechanism::EccEdwardsKeyPairGen, &public, &private).map_err(refused(uri))?;
        Self::in_session(session, uri)
    }

    /// Opens a key.
    ///
    /// # Errors
    ///
    /// [`TokenFault`], which says whether it is the module, the token, the PIN or the key.
    pub fn open(uri: &TokenUri, pin: &Passphrase) -> Result<Self, TokenFault> {
        Self::in_session(session(uri, pin, Access::Read)?, uri)
    }

    fn in_session(session: Session, uri: &TokenUri) -> Result<Self, TokenFault> {
        let found = objects(&session, uri, ObjectClass::PRIVATE_KEY)?;
        let [private] = found.as_slice() else {
            let (token, object) = (uri.token().to_owned(), uri.object().to_owned());
            return Err(TokenFault::NoKey { token, object, found: found.len() });
        };
        let no_public_key =
            || TokenFault::NoPublicKey { token: uri.token().to_owned(), object: uri.object().to_owned() };
        let public = objects(&session, uri, ObjectClass::PUBLIC_KEY)?;
        let [public] = public.as_slice() else { return Err(no_public_key()) };
        let attributes = session.get_attributes(*public, &[AttributeType::EcPoint]).map_err(refused(uri))?;
        let point = attributes.into_iter().find_map(|attribute| match attribute {
            Attribute::EcPoint(bytes) => point(&bytes),
            _ => None,
        });
        let point = point.ok_or_else(no_public_key)?;
        Ok(Self { private: *private, point, token: uri.token().to_owned(), session })
    }
}

impl Signer for TokenKey {
    fn public_key(&self) -> [u8; 32] {
        self.point
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningFailed> {
        let mechanism = Mechanism::Eddsa(EddsaParams::new(EddsaSignatureScheme::Pure));
        let refused = |source| SigningFailed::Token(TokenFault::Refused { token: self.token.clone(), source });
        self.session.sign(&mechanism, self.private, message).map_err(refused)
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenKey({})", hex::encode(self.point))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    ReadWrite,
}

fn session(uri: &TokenUri, pin: &Passphrase, access: Access) -> Result<Session, TokenFault> {
    let module = |source| TokenFault::Module { module: uri.module().to_owned(), source };
    let library = Pkcs11::new(uri.module()).map_err(module)?;
    match library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        // Another key of the same process is on a token of the same module.
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(source) => return Err(module(source)),
    }
    let slot = slot(&library, uri)?;
    let session = match access {
        Access::Read => library.open_ro_session(slot),
        Access::ReadWrite => library.open_rw_session(slot),
    };
    let session = session.map_err(refused(uri))?;
    match session.login(UserType::User, Some(&AuthPin::new(pin.expose().into()))) {
        // Another key of the same process is on this token.
        Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(session),
        Err(source) => Err(TokenFault::Pin { token: uri.token().to_owned(), source }),
    }
}

fn slot(library: &Pkcs11, uri: &TokenUri) -> Result<Slot, TokenFault> {
    let mut found = Vec::new();
    for slot in library.get_slots_with_token().map_err(refused(uri))? {
        // A label is padded with blanks to 32 bytes; the library takes them away.
        if library.get_token_info(slot).map_err(refused(uri))?.label() == uri.token() {
            found.push(slot);
        }
    }
    match found.as_slice() {
        [slot] => Ok(*slot),
        _ => Err(TokenFault::NoToken { token: uri.token().to_owned() }),
    }
}

fn objects(session: &Session, uri: &TokenUri, class: ObjectClass) -> Result<Vec<ObjectHandle>, TokenFault> {
    let template = [
        Attribute::Class(class),
        Attribute::KeyType(KeyType::EC_EDWARDS),
        Attribute::Label(uri.object().as_bytes().to_vec()),
    ];
    session.find_objects(&template).map_err(refused(uri))
}

fn refused(uri: &TokenUri) -> impl Fn(Error) -> TokenFault {
    let token = uri.token().to_owned();
    move |source| TokenFault::Refused { token: token.clone(), source }
}

/// Some tokens give the 32 bytes, some an octet string of them in DER.
fn point(bytes: &[u8]) -> Option<[u8; 32]> {
    let bytes = match bytes {
        [0x04, 0x20, point @ ..] if point.len() == 32 => point,
        bytes => bytes,
    };
    bytes.try_into().ok()
}

/// The name of the curve as a printable string in DER, which PKCS#11 3.0 allows beside its object identifier and which more tokens take.
const EDWARDS25519: [u8; 14] = *b"\x13\x0cedwards25519";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_key_is_taken_with_or_without_its_wrapping() {
        let mut wrapped = vec![0x04, 0x20];
        wrapped.extend([7; 32]);
        assert_eq!(point(&wrapped), Some([7; 32]));
        assert_eq!(point(&[7; 32]), Some([7; 32]));
        assert_eq!(point(&[7; 31]), None);
    }
}
