//! Private keys: in files and on tokens.

mod file_key;
mod passphrase;
mod source;
mod token_key;
mod token_uri;

pub use file_key::{FileKey, KeyFileFault};
pub use passphrase::{Passphrase, PassphraseFault};
pub use source::KeySource;
pub use token_key::{TokenFault, TokenKey};
pub use token_uri::{InvalidTokenUri, TokenUri};
