//! JSON documents one after the other, their lists element by element: a long list never stands in memory.

use super::super::problem::FileProblem;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::fmt;
use std::io::Read;

/// What is done with documents.
pub(super) trait Documents {
    /// A record of a list that is the document.
    fn record(&mut self, record: Value) -> Result<(), FileProblem>;

    /// An object begins.
    fn begin(&mut self) -> Result<(), FileProblem>;

    /// A value in the object that is no list.
    fn field(&mut self, name: &str, value: Value) -> Result<(), FileProblem>;

    /// An element of a list in the object; `place` counts from 0.
    fn element(&mut self, name: &str, place: usize, element: Value) -> Result<(), FileProblem>;

    /// A list in the object ends, with so many elements.
    fn end_of_list(&mut self, name: &str, count: usize) -> Result<(), FileProblem>;

    /// The object ends.
    fn end(&mut self) -> Result<(), FileProblem>;
}

/// Gives all documents of a file: a list, an object, or JSON lines.
pub(super) fn for_each_document(reader: impl Read, documents: &mut dyn Documents) -> Result<(), FileProblem> {
    let mut problem = None;
    let mut stream = serde_json::Deserializer::from_reader(std::io::BufReader::new(WithoutMark::new(reader)));
    loop {
        let outcome = Document { documents: &mut *documents, problem: &mut problem }.deserialize(&mut stream);
        if let Some(problem) = problem {
            return Err(problem);
        }
        if let Err(error) = outcome {
            return Err(FileProblem::Json(format!("{error}; export it again")));
        }
        // JSON lines: one document after the other.
        if stream.end().is_ok() {
            return Ok(());
        }
    }
}

struct Document<'a> {
    documents: &'a mut dyn Documents,
    problem: &'a mut Option<FileProblem>,
}

/// Keeps a problem beside, because the parser carries texts only.
fn kept<E: Error>(outcome: Result<(), FileProblem>, problem: &mut Option<FileProblem>) -> Result<(), E> {
    outcome.map_err(|found| {
        *problem = Some(found);
        E::custom("stopped")
    })
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of objects, or an object with such a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(record) = list.next_element::<Value>()? {
            kept(self.documents.record(record), self.problem)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        kept(self.documents.begin(), self.problem)?;
        while let Some(name) = fields.next_key::<String>()? {
            let field = Field { name: &name, documents: &mut *self.documents, problem: &mut *self.problem };
            if let Some(value) = fields.next_value_seed(field)? {
                kept(self.documents.field(&name, value), self.problem)?;
            }
        }
        kept(self.documents.end(), self.problem)
    }
}

/// The value of a field: whole, or a list that is given by its elements.
struct Field<'a> {
    name: &'a str,
    documents: &'a mut dyn Documents,
    problem: &'a mut Option<FileProblem>,
}

impl<'de> DeserializeSeed<'de> for Field<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Field<'_> {
    type Value = Option<Value>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Value>, E> {
        Ok(Some(Value::Null))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Option<Value>, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(fields)).map(Some)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<Value>, A::Error> {
        let mut count = 0;
        while let Some(element) = list.next_element::<Value>()? {
            kept(self.documents.element(self.name, count, element), self.problem)?;
            count += 1;
        }
        kept(self.documents.end_of_list(self.name, count), self.problem)?;
        Ok(None)
    }
}

/// Leaves out a byte order mark.
struct WithoutMark<R> {
    inner: R,
    start: Option<Vec<u8>>,
    is_looked_at: bool,
}

impl<R: Read> WithoutMark<R> {
    fn new(inner: R) -> Self {
        Self { inner, start: None, is_looked_at: false }
    }
}

impl<R: Read> Read for WithoutMark<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if !self.is_looked_at {
            self.is_looked_at = true;
            let mut start = Vec::new();
            self.inner.by_ref().take(3).read_to_end(&mut start)?;
            self.start = (start != b"\xEF\xBB\xBF").then_some(start);
        }
        match self.start.take() {
            Some(mut start) if !start.is_empty() => {
                let count = start.len().min(buffer.len());
                buffer[..count].copy_from_slice(&start[..count]);
                start.drain(..count);
                self.start = Some(start);
                Ok(count)
            }
            _ => self.inner.read(buffer),
        }
    }
}
