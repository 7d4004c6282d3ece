//! A plan's document in the engine's values, and copies of it with one thing changed.

use serde::Serialize;

use super::{EngineError, input};
use crate::model::Value;

/// A plan's document as the engine holds it, made once to be judged many times.
#[derive(Clone, Debug)]
pub struct Document(pub(super) regorus::Value);

impl Document {
    /// The document of the contract as the engine holds it.
    ///
    /// # Errors
    ///
    /// [`EngineError::Input`] where the model cannot be handed to policies.
    pub fn new<M: Serialize + ?Sized>(model: &M) -> Result<Self, EngineError> {
        let value = input::value(model).map_err(|error| EngineError::Input(error.to_string()))?;
        Ok(Document(value))
    }

    /// A copy in which this value stands at that path; what leads there is made where it is missing, and a place past a
    /// list's end is its next one. What is not on the path is shared.
    ///
    /// # Errors
    ///
    /// [`EngineError::Input`] where the value cannot be handed to policies.
    pub fn with(&self, path: &[Step], value: &Value) -> Result<Self, EngineError> {
        let value = input::value(value).map_err(|error| EngineError::Input(error.to_string()))?;
        let mut copy = self.0.clone();
        set(&mut copy, path, value);
        Ok(Document(copy))
    }
}

/// One step into a document.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
    /// A member of an object.
    Name(String),
    /// An element of a list.
    Place(usize),
}

fn set(at: &mut regorus::Value, path: &[Step], value: regorus::Value) {
    let Some((step, rest)) = path.split_first() else {
        *at = value;
        return;
    };
    match step {
        Step::Name(name) => {
            if at.as_object().is_err() {
                *at = regorus::Value::new_object();
            }
            if let Ok(members) = at.as_object_mut() {
                let name = regorus::Value::from(name.as_str());
                let mut inner = members.remove(&name).unwrap_or(regorus::Value::Undefined);
                set(&mut inner, rest, value);
                members.insert(name, inner);
            }
        }
        Step::Place(place) => {
            if at.as_array().is_err() {
                *at = regorus::Value::new_array();
            }
            if let Ok(elements) = at.as_array_mut() {
                let place = (*place).min(elements.len());
                if place == elements.len() {
                    elements.push(regorus::Value::Undefined);
                }
                if let Some(inner) = elements.get_mut(place) {
                    set(inner, rest, value);
                }
            }
        }
    }
}
