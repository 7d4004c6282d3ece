//! What the model makes of real plans: references, unknown values, IAM documents, secrets and changes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod blocks;
mod cases;
mod invariants;
mod old_plans;
mod render;
mod scale;
mod secrets;
