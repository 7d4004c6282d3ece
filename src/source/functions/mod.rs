//! Terraform's functions, as far as they are pure and common.
//!
//! <https://developer.hashicorp.com/terraform/language/functions>

mod collection;
mod encoding;
mod format;
mod network;
mod number;
mod pattern;
mod set;
mod string;

use super::convert::{Failure, Outcome};
use super::marker::{blend, has_marker, is_marker, is_sensitive};
use crate::model::Value;

/// How much of its arguments a function must know.
#[derive(Clone, Copy)]
enum Needs {
    /// All, at any depth: otherwise the result is a marker.
    All,
    /// That they are lists, maps, strings; what is in them may be markers, which stay in their places.
    Outside,
    /// Nothing: the function looks for markers itself.
    Nothing,
}

type Function = fn(&[Value]) -> Outcome;

/// How long a text a function may make.
const MOST_TEXT: usize = 1 << 20;
/// How many elements a function may make.
const MOST_ELEMENTS: usize = 1 << 14;

/// Calls a function.
///
/// # Errors
///
/// [`Failure::Invalid`] where Terraform would report an error, [`Failure::Beyond`] where the function, or this use of
/// it, is not known here.
pub(super) fn call(name: &str, arguments: &[Value]) -> Outcome {
    let (needs, function) = find(name).ok_or(Failure::Beyond)?;
    let hidden = match needs {
        Needs::All => arguments.iter().any(has_marker),
        Needs::Outside => arguments.iter().any(is_marker),
        Needs::Nothing => false,
    };
    if hidden {
        Ok(blend(arguments))
    } else {
        function(arguments)
    }
}

fn find(name: &str) -> Option<(Needs, Function)> {
    Some(match name {
        "sensitive" => (Needs::Nothing, sensitive),
        "nonsensitive" => (Needs::Nothing, nonsensitive),
        "issensitive" => (Needs::Nothing, is_sensitive_value),
        "coalesce" => (Needs::Nothing, collection::coalesce),
        "coalescelist" => (Needs::Nothing, collection::coalesce_list),
        "lookup" => (Needs::Nothing, collection::lookup),
        "contains" => (Needs::Nothing, collection::contains),
        "tostring" => (Needs::All, to_string),
        "tonumber" => (Needs::All, to_number),
        "tobool" => (Needs::All, to_bool),
        "tolist" => (Needs::Outside, collection::to_list),
        "tomap" => (Needs::Outside, collection::to_map),
        "length" => (Needs::Outside, collection::length),
        "merge" => (Needs::Outside, collection::merge),
        "concat" => (Needs::Outside, collection::concat),
        "flatten" => (Needs::Outside, collection::flatten),
        "compact" => (Needs::Outside, collection::compact),
        "distinct" => (Needs::Outside, collection::distinct),
        "keys" => (Needs::Outside, collection::keys),
        "values" => (Needs::Outside, collection::values),
        "element" => (Needs::Outside, collection::element),
        "index" => (Needs::All, collection::index),
        "zipmap" => (Needs::Outside, collection::zipmap),
        "slice" => (Needs::Outside, collection::slice),
        "reverse" => (Needs::Outside, collection::reverse),
        "chunklist" => (Needs::Outside, collection::chunk_list),
        "matchkeys" => (Needs::All, collection::match_keys),
        "one" => (Needs::Outside, collection::one),
        "alltrue" => (Needs::All, collection::all_true),
        "anytrue" => (Needs::All, collection::any_true),
        "sort" => (Needs::All, collection::sort),
        "toset" => (Needs::Outside, set::to_set),
        "setunion" => (Needs::Outside, set::union),
        "setintersection" => (Needs::All, set::intersection),
        "setsubtract" => (Needs::All, set::subtract),
        "setproduct" => (Needs::Outside, set::product),
        "range" => (Needs::All, number::range),
        "sum" => (Needs::All, number::sum),
        "min" => (Needs::All, number::min),
        "max" => (Needs::All, number::max),
        "abs" => (Needs::All, number::abs),
        "ceil" => (Needs::All, number::ceil),
        "floor" => (Needs::All, number::floor),
        "signum" => (Needs::All, number::signum),
        "pow" => (Needs::All, number::pow),
        "parseint" => (Needs::All, number::parse_int),
        "format" => (Needs::All, format::format),
        "formatlist" => (Needs::Outside, format::format_list),
        "join" => (Needs::All, string::join),
        "split" => (Needs::All, string::split),
        "lower" => (Needs::All, string::lower),
        "upper" => (Needs::All, string::upper),
        "title" => (Needs::All, string::title),
        "trim" => (Needs::All, string::trim),
        "trimspace" => (Needs::All, string::trim_space),
        "trimprefix" => (Needs::All, string::trim_prefix),
        "trimsuffix" => (Needs::All, string::trim_suffix),
        "chomp" => (Needs::All, string::chomp),
        "indent" => (Needs::All, string::indent),
        "substr" => (Needs::All, string::substr),
        "strrev" => (Needs::All, string::reverse),
        "startswith" => (Needs::All, string::starts_with),
        "endswith" => (Needs::All, string::ends_with),
        "strcontains" => (Needs::All, string::contains),
        "basename" => (Needs::All, string::basename),
        "replace" => (Needs::All, pattern::replace),
        "regex" => (Needs::All, pattern::regex),
        "regexall" => (Needs::All, pattern::regex_all),
        "jsonencode" => (Needs::All, encoding::json_encode),
        "jsondecode" => (Needs::All, encoding::json_decode),
        "base64encode" => (Needs::All, encoding::base64_encode),
        "base64decode" => (Needs::All, encoding::base64_decode),
        "urlencode" => (Needs::All, encoding::url_encode),
        "cidrhost" => (Needs::All, network::host),
        "cidrnetmask" => (Needs::All, network::netmask),
        "cidrsubnet" => (Needs::All, network::subnet),
        "cidrsubnets" => (Needs::All, network::subnets),
        _ => return None,
    })
}

/// The sole argument.
fn only(arguments: &[Value]) -> Result<&Value, Failure> {
    match arguments {
        [argument] => Ok(argument),
        _ => Err(Failure::Invalid),
    }
}

/// A sensitive null stays null.
fn sensitive(arguments: &[Value]) -> Outcome {
    Ok(if only(arguments)?.is_null() {
        Value::Null
    } else {
        Value::sensitive()
    })
}

/// What is behind the marker is not here to be shown.
fn nonsensitive(arguments: &[Value]) -> Outcome {
    only(arguments).cloned()
}

fn is_sensitive_value(arguments: &[Value]) -> Outcome {
    let value = only(arguments)?;
    if has_marker(value) && !is_sensitive(value) {
        return Ok(blend([value]));
    }
    Ok(Value::Bool(is_sensitive(value)))
}

fn to_string(arguments: &[Value]) -> Outcome {
    match only(arguments)? {
        Value::Null => Ok(Value::Null),
        value => super::convert::text(value).map(Value::String),
    }
}

fn to_number(arguments: &[Value]) -> Outcome {
    match only(arguments)? {
        Value::Null => Ok(Value::Null),
        Value::String(text) => super::convert::number_of(text),
        value @ Value::Number(_) => Ok(value.clone()),
        _ => Err(Failure::Invalid),
    }
}

fn to_bool(arguments: &[Value]) -> Outcome {
    match only(arguments)? {
        Value::Null => Ok(Value::Null),
        value => super::convert::flag(value).map(Value::Bool),
    }
}
