//! How strictly a policy is held to.

use std::fmt;

use serde::Serialize;

/// What a failure of a policy does to the gate.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Enforcement {
    /// It is shown, and never shuts the gate.
    Advisory,
    /// It shuts the gate, unless the policy is overridden by name for this run.
    Soft,
    /// It shuts the gate; only a waiver excuses a finding.
    #[default]
    Mandatory,
}

impl Enforcement {
    /// Every enforcement, the mildest first.
    pub const ALL: [Enforcement; 3] = [Enforcement::Advisory, Enforcement::Soft, Enforcement::Mandatory];

    /// How it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Enforcement::Advisory => "advisory",
            Enforcement::Soft => "soft",
            Enforcement::Mandatory => "mandatory",
        }
    }
}

impl fmt::Display for Enforcement {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.pad(self.name())
    }
}
