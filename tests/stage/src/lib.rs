//! The stage that tests and the demo play on: a PKI, a signed repository, the built components, a running host and its clients.
//!
//! Everything here is made for demonstration: keys are generated on the spot and protect nothing.

pub mod base_services;
pub mod client;
pub mod collector;
pub mod components;
pub mod configuration;
pub mod grants;
pub mod host;
pub mod lefi;
pub mod parsed_question;
pub mod pki;
pub mod postgres;
pub mod questions;
pub mod repository;
pub mod run_folder;
