//! plangate judges Terraform and OpenTofu plans by Rego policies.
#![forbid(unsafe_code)]
pub mod model;
pub mod source;
