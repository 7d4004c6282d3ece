//! From anything that serialises to the engine's values, without JSON text or a tree between.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Display};

use regorus::Value;
use serde::ser::{self, Serialize, Serializer};

/// Values may nest this deep, as in the engine's own reader; its built-ins would overflow the stack on deeper ones.
pub(super) const MAX_DEPTH: usize = 127;

/// The engine's value of `input`.
pub(super) fn value<T: Serialize + ?Sized>(input: &T) -> Result<Value, Refused> {
    value_within(input, 0, &mut Names::new())
}

/// The engine's value of what is in so many lists and objects.
pub(super) fn value_within<T: Serialize + ?Sized>(
    input: &T,
    depth: usize,
    names: &mut Names,
) -> Result<Value, Refused> {
    input.serialize(Writer {
        names,
        depth,
        is_name: false,
    })
}

/// Why something is no value.
#[derive(Debug)]
pub(super) struct Refused(pub(super) String);

impl Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: Display>(message: T) -> Self {
        Refused(message.to_string())
    }
}

/// The names of members so far; a plan repeats a few of them without end.
pub(super) type Names = HashMap<Box<str>, Value>;

pub(super) fn too_deep() -> Refused {
    Refused(format!("a value is nested more than {MAX_DEPTH} deep"))
}

struct Writer<'a> {
    names: &'a mut Names,
    depth: usize,
    /// Whether it writes the name of a member, which is shared.
    is_name: bool,
}

impl<'a> Writer<'a> {
    /// A writer of what is in this one's list or object.
    fn next(&mut self) -> Writer<'_> {
        Writer {
            names: self.names,
            depth: self.depth,
            is_name: false,
        }
    }

    fn deeper(self) -> Result<Self, Refused> {
        if self.depth == MAX_DEPTH {
            return Err(too_deep());
        }
        Ok(Writer {
            names: self.names,
            depth: self.depth + 1,
            is_name: false,
        })
    }

    fn list(self, length: Option<usize>) -> Result<List<'a>, Refused> {
        let elements = Vec::with_capacity(length.unwrap_or(0).min(4096));
        Ok(List {
            writer: self.deeper()?,
            elements,
            variant: None,
        })
    }

    fn object(self) -> Result<Object<'a>, Refused> {
        Ok(Object {
            writer: self.deeper()?,
            members: BTreeMap::new(),
            name: None,
            variant: None,
        })
    }
}

pub(super) fn interned(names: &mut Names, name: &str) -> Value {
    if let Some(known) = names.get(name) {
        return known.clone();
    }
    let value = Value::from(name);
    names.insert(name.into(), value.clone());
    value
}

/// `{"<variant>": value}`, as serde's JSON writes a variant that holds something.
fn in_variant(variant: Option<&'static str>, value: Value) -> Value {
    match variant {
        None => value,
        Some(name) => Value::from(BTreeMap::from([(Value::from(name), value)])),
    }
}

impl<'a> Serializer for Writer<'a> {
    type Ok = Value;
    type Error = Refused;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = Object<'a>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Object<'a>;

    fn serialize_bool(self, v: bool) -> Result<Value, Refused> {
        Ok(Value::Bool(v))
    }

    fn serialize_i8(self, v: i8) -> Result<Value, Refused> {
        self.serialize_i64(v.into())
    }

    fn serialize_i16(self, v: i16) -> Result<Value, Refused> {
        self.serialize_i64(v.into())
    }

    fn serialize_i32(self, v: i32) -> Result<Value, Refused> {
        self.serialize_i64(v.into())
    }

    fn serialize_i64(self, v: i64) -> Result<Value, Refused> {
        Ok(Value::from(v))
    }

    fn serialize_i128(self, v: i128) -> Result<Value, Refused> {
        Ok(Value::from(v))
    }

    fn serialize_u8(self, v: u8) -> Result<Value, Refused> {
        self.serialize_u64(v.into())
    }

    fn serialize_u16(self, v: u16) -> Result<Value, Refused> {
        self.serialize_u64(v.into())
    }

    fn serialize_u32(self, v: u32) -> Result<Value, Refused> {
        self.serialize_u64(v.into())
    }

    fn serialize_u64(self, v: u64) -> Result<Value, Refused> {
        Ok(Value::from(v))
    }

    fn serialize_u128(self, v: u128) -> Result<Value, Refused> {
        Ok(Value::from(v))
    }

    fn serialize_f32(self, v: f32) -> Result<Value, Refused> {
        self.serialize_f64(v.into())
    }

    fn serialize_f64(self, v: f64) -> Result<Value, Refused> {
        if v.is_finite() {
            Ok(Value::from(v))
        } else {
            Err(Refused(format!("{v} is no number of JSON")))
        }
    }

    fn serialize_char(self, v: char) -> Result<Value, Refused> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Result<Value, Refused> {
        Ok(if self.is_name {
            interned(self.names, v)
        } else {
            Value::from(v)
        })
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<Value, Refused> {
        self.collect_seq(v)
    }

    fn serialize_none(self) -> Result<Value, Refused> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Refused> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Refused> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, Refused> {
        Ok(interned(self.names, variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Refused> {
        Ok(in_variant(Some(variant), value.serialize(self.deeper()?)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List<'a>, Refused> {
        self.list(length)
    }

    fn serialize_tuple(self, length: usize) -> Result<List<'a>, Refused> {
        self.list(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<List<'a>, Refused> {
        self.list(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<List<'a>, Refused> {
        Ok(List {
            variant: Some(variant),
            ..self.deeper()?.list(Some(length))?
        })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'a>, Refused> {
        self.object()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'a>, Refused> {
        self.object()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object<'a>, Refused> {
        Ok(Object {
            variant: Some(variant),
            ..self.deeper()?.object()?
        })
    }
}

struct List<'a> {
    writer: Writer<'a>,
    elements: Vec<Value>,
    variant: Option<&'static str>,
}

impl List<'_> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.elements.push(value.serialize(self.writer.next())?);
        Ok(())
    }

    fn done(self) -> Value {
        in_variant(self.variant, Value::from(self.elements))
    }
}

/// The four forms of a list that serde has are one here.
macro_rules! list {
    ($form:ident, $method:ident) => {
        impl ser::$form for List<'_> {
            type Ok = Value;
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                self.push(value)
            }

            fn end(self) -> Result<Value, Refused> {
                Ok(self.done())
            }
        }
    };
}

list!(SerializeSeq, serialize_element);
list!(SerializeTuple, serialize_element);
list!(SerializeTupleStruct, serialize_field);
list!(SerializeTupleVariant, serialize_field);

struct Object<'a> {
    writer: Writer<'a>,
    members: BTreeMap<Value, Value>,
    name: Option<Value>,
    variant: Option<&'static str>,
}

impl Object<'_> {
    fn insert<T: Serialize + ?Sized>(&mut self, name: Value, value: &T) -> Result<(), Refused> {
        let value = value.serialize(self.writer.next())?;
        self.members.insert(name, value);
        Ok(())
    }

    fn done(self) -> Value {
        in_variant(self.variant, Value::from(self.members))
    }
}

impl ser::SerializeMap for Object<'_> {
    type Ok = Value;
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        let writer = Writer {
            names: self.writer.names,
            depth: self.writer.depth,
            is_name: true,
        };
        match key.serialize(writer)? {
            name @ Value::String(_) => self.name = Some(name),
            _ => return Err(Refused("the name of a member must be a string".to_owned())),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let name = self
            .name
            .take()
            .ok_or_else(|| Refused("a member without a name".to_owned()))?;
        self.insert(name, value)
    }

    fn end(self) -> Result<Value, Refused> {
        Ok(self.done())
    }
}

/// The two forms of an object whose names are known are one here.
macro_rules! object {
    ($form:ident) => {
        impl ser::$form for Object<'_> {
            type Ok = Value;
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Refused> {
                let name = interned(self.writer.names, name);
                self.insert(name, value)
            }

            fn end(self) -> Result<Value, Refused> {
                Ok(self.done())
            }
        }
    };
}

object!(SerializeStruct);
object!(SerializeStructVariant);

/// How many resources there are in an input.
pub(super) fn resources(input: &Value) -> usize {
    let Value::Object(members) = input else { return 0 };
    let Some(Value::Object(types)) = members.get(&Value::from("resources")) else {
        return 0;
    };
    types
        .iter()
        .map(|(_, list)| if let Value::Array(list) = list { list.len() } else { 0 })
        .sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn same(json: &str) {
        let ours = value(&serde_json::from_str::<crate::model::Value>(json).unwrap()).unwrap();
        assert_eq!(ours, Value::from_json_str(json).unwrap(), "{json}");
    }

    #[test]
    fn a_value_is_what_the_engine_reads_from_its_json() {
        same(r#"{"a": [1, -2, 1.5, true, null, "x", {"b": {}}], "z": []}"#);
    }

    #[test]
    fn integers_past_53_bits_survive() {
        same("[9007199254740993, 18446744073709551615, -9223372036854775808]");
        assert_eq!(
            value(&9_007_199_254_740_993_u64).unwrap().to_string(),
            "9007199254740993"
        );
    }

    #[test]
    fn structs_and_variants_are_as_in_json() {
        #[derive(serde::Serialize)]
        enum Form {
            Unit,
            One(u8),
            Two(u8, u8),
            Named { a: Option<u8> },
        }
        let all = (Form::Unit, Form::One(1), Form::Two(1, 2), Form::Named { a: None });
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(value(&all).unwrap(), Value::from_json_str(&json).unwrap());
    }

    #[test]
    fn values_nested_deeper_than_127_are_refused() {
        let nested = |depth: usize| {
            (0..depth).fold(crate::model::Value::Null, |inner, _| {
                crate::model::Value::Array(vec![inner])
            })
        };
        assert!(value(&nested(MAX_DEPTH)).is_ok());
        assert!(
            value(&nested(MAX_DEPTH + 1))
                .unwrap_err()
                .to_string()
                .contains("127 deep")
        );
    }

    #[test]
    fn numbers_that_json_does_not_have_are_refused() {
        assert!(value(&f64::NAN).is_err());
        assert!(value(&BTreeMap::from([(1, 2)])).is_err());
    }
}
