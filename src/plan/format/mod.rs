//! The serde types of Terraform's JSON output format, as Terraform 0.12 to 1.15 and OpenTofu write it.
//!
//! All is optional and null stands for absent, as plans come from many versions and are cut by many tools. Raw values
//! ([`serde_json::value::RawValue`]) tell the two apart: `None` is absent, and null is the text `null`.

mod absent;
mod block;
mod changes;
mod checks;
mod configuration;
mod expression;
mod text;
mod top;
mod values;

pub(in crate::plan) use absent::{Complete, Object};
pub use block::Block;
pub use changes::{Change, ResourceChange};
pub use checks::{Check, CheckAddress, CheckInstance, CheckProblem};
pub use configuration::{
    ConfigModule, ConfigOutput, ConfigResource, ConfigVariable, Configuration, ModuleCall, ProviderConfig,
};
pub use expression::{Expression, Leaf};
pub use text::Text;
pub use top::{Plan, PriorState, Variable};
pub use values::{Mode, Module, OutputValue, StateResource, StateValues};
