//! Encodings: <https://developer.hashicorp.com/terraform/language/functions#encoding-functions>

use std::sync::Arc;

use super::super::convert::{Failure, Outcome, number, text};
use super::only;
use crate::model::Value;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Terraform escapes what HTML gives a meaning to.
pub(super) fn json_encode(arguments: &[Value]) -> Outcome {
    let json = serde_json::to_string(only(arguments)?).map_err(|_| Failure::Beyond)?;
    let mut escaped = String::with_capacity(json.len());
    for char in json.chars() {
        match char {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            '\u{2028}' => escaped.push_str("\\u2028"),
            '\u{2029}' => escaped.push_str("\\u2029"),
            other => escaped.push(other),
        }
    }
    Ok(Value::String(Arc::from(escaped)))
}

pub(super) fn json_decode(arguments: &[Value]) -> Outcome {
    let decoded = serde_json::from_str(&text(only(arguments)?)?).map_err(|_| Failure::Invalid)?;
    Ok(plain(decoded))
}

/// With `1.0` as `1`.
fn plain(value: Value) -> Value {
    match value {
        Value::Number(float) if float.is_f64() => {
            let whole = float.as_f64().and_then(|float| number(float).ok());
            whole.unwrap_or(Value::Number(float))
        }
        Value::Array(elements) => Value::Array(elements.into_iter().map(plain).collect()),
        Value::Object(members) => Value::Object(members.into_iter().map(|(key, value)| (key, plain(value))).collect()),
        other => other,
    }
}

pub(super) fn base64_encode(arguments: &[Value]) -> Outcome {
    let text = text(only(arguments)?)?;
    let mut out = String::with_capacity(text.len().div_ceil(3) * 4);
    for chunk in text.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            if at > chunk.len() {
                out.push('=');
            } else {
                out.push(char::from(BASE64[(bits >> (18 - 6 * at) & 63) as usize]));
            }
        }
    }
    Ok(Value::String(Arc::from(out)))
}

pub(super) fn base64_decode(arguments: &[Value]) -> Outcome {
    let text = text(only(arguments)?)?;
    let digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    if !digits.len().is_multiple_of(4) {
        return Err(Failure::Invalid);
    }
    let mut out = Vec::with_capacity(digits.len() / 4 * 3);
    let last = (digits.len() / 4).saturating_sub(1);
    for (at, chunk) in digits.chunks(4).enumerate() {
        let padding = if at == last {
            chunk.iter().rev().take_while(|byte| **byte == b'=').count()
        } else {
            0
        };
        if padding > 2 {
            return Err(Failure::Invalid);
        }
        let mut bits = 0;
        for (place, byte) in chunk.iter().enumerate() {
            let digit = if place >= 4 - padding {
                Some(0)
            } else {
                BASE64.iter().position(|digit| digit == byte)
            };
            bits = bits << 6 | digit.ok_or(Failure::Invalid)?;
        }
        let bytes = [bits >> 16 & 255, bits >> 8 & 255, bits & 255];
        out.extend(
            bytes
                .iter()
                .take(3 - padding)
                .filter_map(|byte| u8::try_from(*byte).ok()),
        );
    }
    String::from_utf8(out)
        .map(|text| Value::String(Arc::from(text)))
        .map_err(|_| Failure::Invalid)
}

pub(super) fn url_encode(arguments: &[Value]) -> Outcome {
    let mut out = String::new();
    for byte in text(only(arguments)?)?.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    Ok(Value::String(Arc::from(out)))
}
