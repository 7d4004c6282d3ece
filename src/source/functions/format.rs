//! `format` and `formatlist`: <https://developer.hashicorp.com/terraform/language/functions/format>

use std::sync::Arc;

use super::super::convert::{Failure, Outcome, flag, float, integer, list, number_text, text};
use super::super::marker::{blend, has_marker};
use super::{MOST_ELEMENTS, MOST_TEXT, encoding};
use crate::model::Value;

/// How wide a value may be padded.
const MOST_WIDTH: usize = 1024;

/// A verb with its flags: `%-08.3f`.
#[derive(Default)]
struct Verb {
    sharp: bool,
    zero: bool,
    left: bool,
    plus: bool,
    space: bool,
    width: usize,
    precision: Option<usize>,
}

pub(super) fn format(arguments: &[Value]) -> Outcome {
    let (template, values) = arguments.split_first().ok_or(Failure::Invalid)?;
    Ok(Value::String(Arc::from(formatted(&text(template)?, values)?)))
}

/// The lists are walked together; what is no list is the same for all.
pub(super) fn format_list(arguments: &[Value]) -> Outcome {
    let (template, values) = arguments.split_first().ok_or(Failure::Invalid)?;
    let template = text(template)?;
    let mut lengths = values.iter().filter_map(Value::as_array).map(<[Value]>::len);
    let length = lengths.next().unwrap_or(1);
    if lengths.any(|other| other != length) {
        return Err(Failure::Invalid);
    }
    if length > MOST_ELEMENTS || length.saturating_mul(template.len()) > MOST_TEXT {
        return Err(Failure::Beyond);
    }
    let mut made = 0;
    let rows = (0..length).map(|at| {
        let row: Vec<Value> = values
            .iter()
            .map(|value| {
                list(value).map_or_else(
                    |_| value.clone(),
                    |elements| elements.get(at).cloned().unwrap_or_default(),
                )
            })
            .collect();
        if row.iter().any(has_marker) {
            return Ok(blend(&row));
        }
        let text = formatted(&template, &row)?;
        made += text.len();
        if made > MOST_TEXT {
            Err(Failure::Beyond)
        } else {
            Ok(Value::String(Arc::from(text)))
        }
    });
    Ok(Value::Array(rows.collect::<Result<_, _>>()?))
}

fn formatted(template: &str, values: &[Value]) -> Result<String, Failure> {
    let mut out = String::new();
    let mut next = 0;
    let mut rest = template.chars().peekable();
    while let Some(char) = rest.next() {
        if char != '%' {
            out.push(char);
            continue;
        }
        let mut verb = Verb::default();
        while let Some(flag) = rest.next_if(|char| "#0-+ ".contains(*char)) {
            match flag {
                '#' => verb.sharp = true,
                '0' => verb.zero = true,
                '-' => verb.left = true,
                '+' => verb.plus = true,
                _ => verb.space = true,
            }
        }
        verb.width = digits(&mut rest)?.unwrap_or(0);
        if rest.next_if_eq(&'.').is_some() {
            verb.precision = Some(digits(&mut rest)?.unwrap_or(0));
        }
        if rest.next_if_eq(&'[').is_some() {
            next = digits(&mut rest)?
                .and_then(|at| at.checked_sub(1))
                .ok_or(Failure::Invalid)?;
            rest.next_if_eq(&']').ok_or(Failure::Invalid)?;
        }
        match rest.next().ok_or(Failure::Invalid)? {
            '%' => out.push('%'),
            letter => {
                let value = values.get(next).ok_or(Failure::Invalid)?;
                next += 1;
                verb.write(letter, value, &mut out)?;
            }
        }
        if out.len() > MOST_TEXT {
            return Err(Failure::Beyond);
        }
    }
    // Terraform refuses an argument that no verb uses.
    if next < values.len() {
        Err(Failure::Invalid)
    } else {
        Ok(out)
    }
}

fn digits(rest: &mut std::iter::Peekable<std::str::Chars>) -> Result<Option<usize>, Failure> {
    let mut number = None;
    while let Some(digit) = rest.next_if(char::is_ascii_digit) {
        let digit = digit.to_digit(10).ok_or(Failure::Invalid)? as usize;
        let value = number.unwrap_or(0) * 10 + digit;
        if value > MOST_WIDTH {
            return Err(Failure::Beyond);
        }
        number = Some(value);
    }
    Ok(number)
}

impl Verb {
    fn write(&self, letter: char, value: &Value, out: &mut String) -> Result<(), Failure> {
        // A null where a text or number is wanted is not known, by a quirk of Terraform's.
        if value.is_null() && !matches!(letter, 'v') {
            return Err(Failure::Beyond);
        }
        let (text, numeric) = match letter {
            'v' if self.sharp => (json(value)?, false),
            'v' => match value {
                Value::Number(number) => (number_text(number), true),
                Value::String(text) => (text.to_string(), false),
                other => (json(other)?, false),
            },
            's' => (self.cut(&text(value)?)?, false),
            'q' => (json(&Value::String(self.cut(&text(value)?)?.into()))?, false),
            // Terraform does not pad a bool.
            't' => {
                out.push_str(if flag(value)? { "true" } else { "false" });
                return Ok(());
            }
            'd' => (self.signed(integer(value)?, |magnitude| magnitude.to_string()), true),
            'b' => (self.signed(integer(value)?, |magnitude| format!("{magnitude:b}")), true),
            'o' => (self.signed(integer(value)?, |magnitude| format!("{magnitude:o}")), true),
            'x' => (self.signed(integer(value)?, |magnitude| format!("{magnitude:x}")), true),
            'X' => (self.signed(integer(value)?, |magnitude| format!("{magnitude:X}")), true),
            'f' | 'F' => {
                let (float, precision) = (float(value)?, self.precision.unwrap_or(6));
                // What stands halfway goes by more bits than a float has.
                let digits = float.abs().to_string();
                let fraction = digits.split_once('.').map_or("", |(_, fraction)| fraction);
                if fraction.len() == precision + 1 && fraction.ends_with('5') {
                    return Err(Failure::Beyond);
                }
                let magnitude = format!("{:.precision$}", float.abs());
                (format!("{}{magnitude}", self.sign(float < 0.0)), true)
            }
            _ => return Err(Failure::Beyond),
        };
        self.pad(&text, numeric, out);
        Ok(())
    }

    /// A precision cuts a text.
    fn cut(&self, text: &str) -> Result<String, Failure> {
        match self.precision {
            None => Ok(text.to_owned()),
            Some(most) => Ok(super::string::characters(text)?.into_iter().take(most).collect()),
        }
    }

    fn sign(&self, negative: bool) -> &'static str {
        match (negative, self.plus, self.space) {
            (true, _, _) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            (false, false, false) => "",
        }
    }

    fn signed(&self, value: i64, digits: impl Fn(u64) -> String) -> String {
        let digits = digits(value.unsigned_abs());
        let zeros = "0".repeat(self.precision.unwrap_or(0).saturating_sub(digits.len()));
        format!("{}{zeros}{digits}", self.sign(value < 0))
    }

    fn pad(&self, text: &str, numeric: bool, out: &mut String) {
        let missing = self.width.saturating_sub(text.chars().count());
        if self.left {
            out.push_str(text);
            out.push_str(&" ".repeat(missing));
        } else if self.zero && numeric {
            let signed = text.starts_with(['-', '+', ' ']);
            let (sign, digits) = text.split_at(usize::from(signed));
            out.push_str(sign);
            out.push_str(&"0".repeat(missing));
            out.push_str(digits);
        } else {
            out.push_str(&if self.zero { "0" } else { " " }.repeat(missing));
            out.push_str(text);
        }
    }
}

fn json(value: &Value) -> Result<String, Failure> {
    encoding::json_encode(std::slice::from_ref(value)).and_then(|json| Ok(text(&json)?.to_string()))
}
