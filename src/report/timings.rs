//! Where the time of a run went. It differs from run to run, so it is in a report only where it was asked for.

use std::time::Duration;

use serde::{Serialize, Serializer};

/// Where the time of a run went, added up over the plans and the threads that judged them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Timings {
    /// What was done, in its order.
    pub stages: Vec<StageTime>,
    /// The evaluation of each policy, the longest first.
    pub policies: Vec<PolicyTime>,
}

/// What one stage took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageTime {
    /// Its name: `load`, `read`, `decode`, `parse`, `source`, `model`, `compile`, `evaluate` or `report`.
    pub stage: &'static str,
    /// In the report, milliseconds.
    #[serde(rename = "milliseconds", serialize_with = "milliseconds")]
    pub time: Duration,
}

/// What the evaluation of one policy took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PolicyTime {
    /// Its id.
    pub policy: String,
    /// In the report, milliseconds.
    #[serde(rename = "milliseconds", serialize_with = "milliseconds")]
    pub time: Duration,
}

/// To the microsecond.
fn milliseconds<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    let micros = u32::try_from(time.as_micros()).unwrap_or(u32::MAX);
    serializer.serialize_f64(f64::from(micros) / 1000.0)
}
