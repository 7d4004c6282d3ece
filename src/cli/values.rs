//! What arguments may be set to.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use jiff::civil::Date;

use crate::model::Value;
use crate::pack::Severity;
use crate::report::{OnNothing, OnUnknown};

impl ValueEnum for Severity {
    fn value_variants<'a>() -> &'a [Self] {
        &Severity::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl ValueEnum for OnUnknown {
    fn value_variants<'a>() -> &'a [Self] {
        &[OnUnknown::Pass, OnUnknown::Fail, OnUnknown::Warn]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            OnUnknown::Pass => PossibleValue::new("pass").help("It passes"),
            OnUnknown::Fail => PossibleValue::new("fail").help("It fails"),
            OnUnknown::Warn => PossibleValue::new("warn").help("It passes with a warning"),
        })
    }
}

impl ValueEnum for OnNothing {
    fn value_variants<'a>() -> &'a [Self] {
        &[OnNothing::Warn, OnNothing::Fail]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            OnNothing::Warn => PossibleValue::new("warn").help("It passes with a warning"),
            OnNothing::Fail => PossibleValue::new("fail").help("It cannot be decided on: exit 2"),
        })
    }
}

/// A parameter of a policy and its value, `aws.s3.encryption.require_kms=true`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    /// The policy's id.
    pub(super) policy: String,
    /// The parameter's name.
    pub(super) name: String,
    /// JSON where it is that, else a string.
    pub(super) value: Value,
}

/// Reads `POLICY.NAME=VALUE`.
///
/// # Errors
///
/// Where it has no `=`, or no dot before it.
pub(super) fn setting(text: &str) -> Result<Setting, String> {
    let parts = text.split_once('=').and_then(|(path, value)| {
        let (policy, name) = path.trim().rsplit_once('.')?;
        (!policy.is_empty() && !name.is_empty()).then_some((policy, name, value))
    });
    let Some((policy, name, value)) = parts else {
        return Err("write it as POLICY.NAME=VALUE, as in aws.s3.encryption.require_kms=true".into());
    };
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
    Ok(Setting {
        policy: policy.into(),
        name: name.into(),
        value,
    })
}

/// Reads `2026-11-22`.
///
/// # Errors
///
/// Where it is no date, or written in another way.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let date: Date = text.parse().map_err(|_| "write a date as 2026-11-22".to_owned())?;
    if date.to_string() == text {
        Ok(date)
    } else {
        Err(format!("write it as {date}"))
    }
}

/// A share in per cent, `10` or `2.5`, with or without the sign.
///
/// # Errors
///
/// Where it is no number from 0 to 100.
pub(super) fn percent(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('%').unwrap_or(text).trim().parse::<f64>();
    match number {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent),
        _ => Err("write a share from 0 to 100, as 10 or 2.5".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_is_json_or_else_a_string() {
        let value = |text| setting(text).unwrap().value;
        assert_eq!(value("a.b.c=true"), Value::Bool(true));
        assert_eq!(value("a.b.c=eu-west-1"), Value::from("eu-west-1"));
        assert_eq!(value("a.b.c=\"7\""), Value::from("7"));
        assert_eq!(value("a.b.c=[\"x=y\"]"), Value::Array(vec![Value::from("x=y")]));
        let whole = setting("aws.s3.encryption.require_kms=").unwrap();
        assert_eq!((&*whole.policy, &*whole.name), ("aws.s3.encryption", "require_kms"));
        assert_eq!(whole.value, Value::from(""));
    }

    #[test]
    fn setting_without_policy_or_value_is_refused() {
        for wrong in ["a.b.c", "c=1", ".c=1", "a.=1", "=1", ""] {
            assert!(setting(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn date_is_written_in_one_way() {
        assert_eq!(date("2026-11-22").unwrap().to_string(), "2026-11-22");
        for wrong in ["2026-02-30", "2026-1-2", "20261122", "2026-11-22T00:00", "today", ""] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn share_has_a_sign_or_none() {
        assert_eq!(percent("10"), Ok(10.0));
        assert_eq!(percent("2.5 %"), Ok(2.5));
        for wrong in ["", "%", "-1", "101", "NaN", "ten"] {
            assert!(percent(wrong).is_err(), "{wrong}");
        }
    }
}
