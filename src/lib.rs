//! plangate judges Terraform and OpenTofu plans by Rego policies.
#![forbid(unsafe_code)]

mod abreast;
pub mod apart;
pub mod author;
#[cfg(test)]
mod beside;
#[cfg(feature = "cli")]
pub mod cli;
pub mod engine;
pub mod explain;
pub mod foreign;
pub mod judge;
pub mod model;
pub mod pack;
pub mod plan;
pub mod report;
mod sorted;
pub mod source;
pub mod waiver;
