//! `numbers.range` and `numbers.range_step` with a limit: the engine's own allocate whatever they are asked for, in one
//! step that no timer ends.

use regorus::{Engine, Value};

/// Puts limited ranges in the place of the engine's.
pub(super) fn limit(engine: &mut Engine, most: u32) {
    // Adding an extension fails only where its name is taken.
    let _ = engine.add_extension(
        "numbers.range".to_owned(),
        2,
        Box::new(move |arguments: Vec<Value>| match arguments.as_slice() {
            [from, to] => Ok(range(from, to, &Value::from(1u64), most)?),
            _ => Ok(Value::Undefined),
        }),
    );
    let _ = engine.add_extension(
        "numbers.range_step".to_owned(),
        3,
        Box::new(move |arguments: Vec<Value>| match arguments.as_slice() {
            [from, to, step] => Ok(range(from, to, step, most)?),
            _ => Ok(Value::Undefined),
        }),
    );
}

/// Why there is no such range.
#[derive(Debug, thiserror::Error)]
enum NoRange {
    #[error("the ends and the step of a range must be integers")]
    NoInteger,
    #[error("the step of a range must be positive")]
    NoStep,
    #[error("a range may have {0} numbers at most")]
    TooLong(u32),
}

fn range(from: &Value, to: &Value, step: &Value, most: u32) -> Result<Value, NoRange> {
    let integer = |value: &Value| value.as_i64().map_err(|_| NoRange::NoInteger);
    let (from, to, step) = (integer(from)?, integer(to)?, integer(step)?);
    if step <= 0 {
        return Err(NoRange::NoStep);
    }
    let (from, to, step) = (i128::from(from), i128::from(to), i128::from(step));
    let steps = (to - from).abs() / step;
    if steps >= i128::from(most) {
        return Err(NoRange::TooLong(most));
    }
    let sign = (to - from).signum();
    let numbers: Vec<Value> = (0..=steps).map(|n| Value::from(from + sign * step * n)).collect();
    Ok(Value::from(numbers))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn both(query: &str) -> (String, String) {
        let mut limited = Engine::new();
        limit(&mut limited, 1000);
        let mut said = [limited, Engine::new()].map(|mut engine| {
            engine.eval_query(query.to_owned(), false).unwrap().result[0].expressions[0]
                .value
                .to_string()
        });
        (std::mem::take(&mut said[0]), std::mem::take(&mut said[1]))
    }

    #[test]
    fn short_ranges_are_the_engine_s_own() {
        for query in [
            "numbers.range(1, 5)",
            "numbers.range(5, 1)",
            "numbers.range(2, 2)",
            "numbers.range(-1, 1)",
            "numbers.range_step(1, 10, 3)",
            "numbers.range_step(10, 1, 4)",
        ] {
            let (ours, theirs) = both(query);
            assert_eq!(ours, theirs, "{query}");
        }
    }

    #[test]
    fn a_range_without_end_is_an_error() {
        let mut engine = Engine::new();
        limit(&mut engine, 1000);
        for query in [
            "numbers.range(1, 20000000)",
            "numbers.range(-9223372036854775807, 9223372036854775807)",
        ] {
            let error = engine.eval_query(query.to_owned(), false).unwrap_err().to_string();
            assert!(error.contains("1000 numbers at most"), "{error}");
        }
    }
}
