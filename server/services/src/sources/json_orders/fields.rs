//! The fields of a JSON object, each read as what it must be; what is wrong is noted with a pointer to it.

use domain::sources::OrderProblem;
use serde_json::{Map, Value};
use std::cell::RefCell;

/// The longest text that a fact carries, in bytes.
const TEXT_BYTES: usize = 1_000;

/// Where problems are noted.
#[derive(Default)]
pub(super) struct Problems(RefCell<Vec<OrderProblem>>);

impl Problems {
    pub(super) fn note(&self, pointer: String, message: impl Into<String>) {
        self.0.borrow_mut().push(OrderProblem { pointer, message: message.into() });
    }

    pub(super) fn into_inner(self) -> Vec<OrderProblem> {
        self.0.into_inner()
    }
}

/// An object at a place.
pub(super) struct Fields<'a> {
    object: &'a Map<String, Value>,
    pointer: String,
    problems: &'a Problems,
}

impl<'a> Fields<'a> {
    /// The object, all of whose fields are known; `None` when it is none.
    pub(super) fn of(value: &'a Value, pointer: String, known: &[&str], problems: &'a Problems) -> Option<Self> {
        let Some(object) = value.as_object() else {
            problems.note(pointer, "this must be an object");
            return None;
        };
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            let place = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
            problems.note(place, format!("there is no such field; there are {}", known.join(", ")));
        }
        Some(Self { object, pointer, problems })
    }

    /// A pointer to a field.
    pub(super) fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.pointer)
    }

    /// What a field holds, unless it is absent or null.
    pub(super) fn value(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// What a field is read as; what cannot be read is noted.
    pub(super) fn read<T>(&self, name: &str, read: impl FnOnce(&'a Value) -> Result<T, String>) -> Option<T> {
        let read = read(self.value(name)?);
        read.map_err(|message| self.problems.note(self.at(name), message)).ok()
    }

    /// The same where the field must be there.
    pub(super) fn needed<T>(&self, name: &str, read: impl FnOnce(&'a Value) -> Result<T, String>) -> Option<T> {
        if self.value(name).is_none() {
            self.problems.note(self.at(name), "this is missing");
        }
        self.read(name, read)
    }

    /// A text without blanks around it; empty when it is absent.
    pub(super) fn text(&self, name: &str) -> String {
        self.read(name, text).unwrap_or_default()
    }
}

/// A text that a fact can carry.
pub(super) fn text(value: &Value) -> Result<String, String> {
    let text = value.as_str().ok_or("write this as text, in quotation marks: a number would lose its leading zeros")?.trim();
    if text.len() > TEXT_BYTES {
        return Err(format!("this is longer than {TEXT_BYTES} bytes"));
    }
    if text.chars().any(char::is_control) {
        return Err("this holds a control character".to_owned());
    }
    Ok(text.to_owned())
}

/// Whether something is so.
pub(super) fn flag(value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "write true or false".to_owned())
}
