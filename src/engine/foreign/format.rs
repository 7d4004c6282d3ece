//! `sprintf` as Rego's other engine has it, which is Go's: foreign policies rely on its every form, and a message that
//! is undefined would be a failure lost.

use regorus::Value;

/// The text that a format makes of values.
pub(super) fn sprintf(format: &str, values: &[Value]) -> String {
    let mut written = String::new();
    let mut next = 0;
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '%' {
            written.push(c);
            continue;
        }
        let mut form = Form::default();
        while let Some(flag) = chars.next_if(|c| "+-# 0".contains(*c)) {
            match flag {
                '+' => form.plus = true,
                '-' => form.left = true,
                '#' => form.sharp = true,
                ' ' => form.blank = true,
                _ => form.zero = true,
            }
        }
        let number = |chars: &mut std::iter::Peekable<std::str::Chars>| {
            let mut number: Option<usize> = None;
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                chars.next();
                // Wider than this is no text that anybody reads.
                number = Some((number.unwrap_or(0) * 10 + digit as usize).min(10_000));
            }
            number
        };
        form.width = number(&mut chars);
        if chars.next_if_eq(&'.').is_some() {
            form.precision = Some(number(&mut chars).unwrap_or(0));
        }
        match chars.next() {
            None => written.push_str("%!(NOVERB)"),
            Some('%') => written.push('%'),
            Some(verb) => match values.get(next) {
                None => written.push_str(&format!("%!{verb}(MISSING)")),
                Some(value) => {
                    next += 1;
                    written.push_str(&form.pad(&form.write(verb, value), value));
                }
            },
        }
    }
    if next < values.len() {
        let extra: Vec<String> = values[next..]
            .iter()
            .map(|value| format!("{}={}", kind(value), plain(value)))
            .collect();
        written.push_str(&format!("%!(EXTRA {})", extra.join(", ")));
    }
    written
}

#[derive(Default)]
struct Form {
    plus: bool,
    left: bool,
    sharp: bool,
    blank: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

impl Form {
    fn write(&self, verb: char, value: &Value) -> String {
        let wrong = || format!("%!{verb}({}={})", kind(value), plain(value));
        let Value::Number(number) = value else {
            let text = plain(value);
            return match verb {
                's' | 'v' => match self.precision {
                    Some(most) => text.chars().take(most).collect(),
                    None => text,
                },
                'q' => quoted(&text),
                'x' => text.bytes().map(|byte| format!("{byte:02x}")).collect(),
                'X' => text.bytes().map(|byte| format!("{byte:02X}")).collect(),
                'T' => "string".to_owned(),
                _ => wrong(),
            };
        };
        if verb == 'T' {
            return kind(value).to_owned();
        }
        if number.is_integer() {
            let Some(integer) = number.as_i64() else {
                return plain(value);
            };
            let digits = |digits: String, prefix: &str| match self.sharp {
                true => format!("{prefix}{digits}"),
                false => digits,
            };
            let magnitude = integer.unsigned_abs();
            let written = match verb {
                'd' | 'v' => magnitude.to_string(),
                'x' => digits(format!("{magnitude:x}"), "0x"),
                'X' => digits(format!("{magnitude:X}"), "0X"),
                'o' => digits(format!("{magnitude:o}"), "0"),
                'O' => format!("0o{magnitude:o}"),
                'b' => digits(format!("{magnitude:b}"), "0b"),
                'c' => {
                    let c = u32::try_from(integer).ok().and_then(char::from_u32);
                    return c.unwrap_or('\u{fffd}').to_string();
                }
                _ => return wrong(),
            };
            return self.signed(integer < 0, &written);
        }
        let Some(float) = number.as_f64() else {
            return plain(value);
        };
        let magnitude = float.abs();
        let written = match verb {
            'f' | 'F' => format!("{magnitude:.*}", self.precision.unwrap_or(6)),
            'e' | 'E' => scientific(magnitude, self.precision.unwrap_or(6), verb),
            'v' | 'g' | 'G' => magnitude.to_string(),
            _ => return wrong(),
        };
        self.signed(float < 0.0, &written)
    }

    fn signed(&self, negative: bool, magnitude: &str) -> String {
        let sign = match negative {
            true => "-",
            false if self.plus => "+",
            false if self.blank => " ",
            false => "",
        };
        let width = self.width.filter(|_| self.zero && !self.left).unwrap_or(0);
        let zeros = width.saturating_sub(sign.len() + magnitude.len());
        format!("{sign}{}{magnitude}", "0".repeat(zeros))
    }

    fn pad(&self, text: &str, value: &Value) -> String {
        let missing = self.width.unwrap_or(0).saturating_sub(text.chars().count());
        let is_number = matches!(value, Value::Number(_));
        match (self.left, self.zero && !is_number) {
            (true, _) => format!("{text}{}", " ".repeat(missing)),
            (false, true) => format!("{}{text}", "0".repeat(missing)),
            (false, false) => format!("{}{text}", " ".repeat(missing)),
        }
    }
}

fn scientific(magnitude: f64, precision: usize, verb: char) -> String {
    let written = format!("{magnitude:.precision$e}");
    let (digits, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => ('-', exponent),
        None => ('+', exponent),
    };
    format!("{digits}{verb}{sign}{exponent:0>2}")
}

/// What Go calls the type that a value has there; all but numbers are handed on as texts.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Number(number) if number.is_integer() => "int64",
        Value::Number(_) => "float64",
        _ => "string",
    }
}

/// A text as it is, all else as it is written in Rego.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        _ => written(value),
    }
}

fn written(value: &Value) -> String {
    let list = |values: &mut dyn Iterator<Item = String>| values.collect::<Vec<_>>().join(", ");
    match value {
        Value::String(text) => quoted(text),
        Value::Array(elements) => format!("[{}]", list(&mut elements.iter().map(written))),
        Value::Set(elements) if elements.iter().next().is_none() => "set()".to_owned(),
        Value::Set(elements) => format!("{{{}}}", list(&mut elements.iter().map(written))),
        Value::Object(members) => {
            let mut members = members
                .iter()
                .map(|(name, value)| format!("{}: {}", written(name), written(value)));
            format!("{{{}}}", list(&mut members))
        }
        _ => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Each as `opa eval` 1.22 writes it.
    #[test]
    fn formats_are_go_s() {
        for (format, values, expected) in [
            ("%s is %v", r#"["a", "b"]"#, "a is b"),
            (
                "%v %v %v",
                r#"[true, null, [1, "x", {"a": 2}]]"#,
                r#"true null [1, "x", {"a": 2}]"#,
            ),
            ("%d%%", "[50]", "50%"),
            ("%05d|%-5d|%5d|%+d", "[42, 42, 42, 42]", "00042|42   |   42|+42"),
            ("%.2f %8.1f", "[1.005, 2.25]", "1.00      2.2"),
            ("%q %x", r#"["a\"b", 255]"#, r#""a\"b" ff"#),
            ("%s", "[5]", "%!s(int64=5)"),
            ("%d", r#"["x"]"#, "%!d(string=x)"),
            ("%d", "[1.5]", "%!d(float64=1.5)"),
            ("%s and %s", r#"["a"]"#, "a and %!s(MISSING)"),
            ("%s", r#"["a", "b", 1]"#, "a%!(EXTRA string=b, int64=1)"),
            ("100%", "[]", "100%!(NOVERB)"),
            (
                "%10s|%-10s|%.2s",
                r#"["abc", "abc", "abc"]"#,
                "       abc|abc       |ab",
            ),
        ] {
            let values = Value::from_json_str(values).unwrap();
            let values: Vec<Value> = values.as_array().unwrap().iter().cloned().collect();
            assert_eq!(sprintf(format, &values), expected, "{format}");
        }
        assert_eq!(sprintf("%v", &[Value::new_set()]), "set()");
    }
}
