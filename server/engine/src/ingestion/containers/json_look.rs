//! Which objects of JSON documents are the records: the documents themselves, or those of a list in an object around it.

use super::super::problem::FileProblem;
use super::json::{Columns, ITEMS};
use super::json_documents::Documents;
use serde_json::{Map, Value};
use std::cmp::Reverse;

/// No order has more items; and no more of a list is kept that may be a record's.
const MOST_ITEMS: usize = 2_000;
/// What a record says of itself and an object around a list does not, in small letters and digits only.
const OF_RECORDS: [&str; 19] = [
    "id",
    "name",
    "number",
    "order",
    "orderid",
    "orderno",
    "ordernumber",
    "invoice",
    "invoiceid",
    "invoiceno",
    "invoicenumber",
    "email",
    "customer",
    "date",
    "orderdate",
    "orderedat",
    "createdat",
    "sku",
    "handle",
];

/// An object with lists in it.
#[derive(Default)]
struct Seen {
    fields: Map<String, Value>,
    lists: Vec<List>,
}

/// A list of an object.
struct List {
    name: String,
    count: usize,
    /// All of its elements are objects.
    is_of_objects: bool,
    columns: Columns,
    /// The elements, as long as they may be a record's.
    kept: Vec<Value>,
}

/// Which objects are the records.
#[derive(Clone, Debug, Default, PartialEq)]
enum Records {
    /// The first document is not seen to its end, or may be the only one.
    #[default]
    Open,
    Documents,
    OfList(String),
}

/// Looks for the records, and for their columns.
#[derive(Default)]
pub(super) struct Look {
    columns: Columns,
    records: Records,
    seen: Seen,
    documents: usize,
}

impl Look {
    /// The columns, and the list whose objects are the records.
    pub(super) fn finish(mut self) -> Result<(Columns, Option<String>), FileProblem> {
        self.settle()?;
        let list = if let Records::OfList(name) = self.records { Some(name) } else { None };
        Ok((self.columns, list))
    }

    /// Decides by the first document.
    fn settle(&mut self) -> Result<(), FileProblem> {
        if self.records != Records::Open || self.documents == 0 {
            return Ok(());
        }
        let mut seen = std::mem::take(&mut self.seen);
        if let Some(place) = seen.around(self.documents > 1) {
            let list = seen.lists.swap_remove(place);
            self.records = Records::OfList(list.name);
            return self.columns.merge(list.columns);
        }
        self.records = Records::Documents;
        self.columns.see(&seen.into_value())
    }
}

impl Seen {
    /// Where the list of the records is, if the object only stands around one: the longest.
    fn around(&self, is_among_others: bool) -> Option<usize> {
        let lists = || self.lists.iter().enumerate().filter(|(_, list)| list.is_of_objects && list.count > 0);
        // Of equals the first.
        let longest = lists().max_by_key(|(place, list)| (list.count, Reverse(*place)));
        let is_record = self.fields.keys().any(|name| OF_RECORDS.contains(&letters(name).as_str()));
        let has_items = lists().any(|(_, list)| list.is_items());
        let found = match longest {
            Some((place, list)) if list.count > MOST_ITEMS => Some((place, list)),
            _ if is_record && (has_items || is_among_others) => None,
            found => found,
        };
        found.map(|(place, _)| place)
    }

    fn into_value(self) -> Value {
        let mut fields = self.fields;
        fields.extend(self.lists.into_iter().map(|list| (list.name, Value::Array(list.kept))));
        Value::Object(fields)
    }
}

impl List {
    fn is_items(&self) -> bool {
        ITEMS.contains(&self.name.as_str())
    }
}

fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase()
}

impl Documents for Look {
    fn record(&mut self, record: Value) -> Result<(), FileProblem> {
        self.columns.see(&record)
    }

    fn begin(&mut self) -> Result<(), FileProblem> {
        self.documents += 1;
        if self.documents > 1 {
            self.settle()?;
        }
        Ok(())
    }

    fn field(&mut self, name: &str, value: Value) -> Result<(), FileProblem> {
        if !matches!(self.records, Records::OfList(_)) {
            self.seen.fields.insert(name.to_owned(), value);
        }
        Ok(())
    }

    fn element(&mut self, name: &str, place: usize, element: Value) -> Result<(), FileProblem> {
        if let Records::OfList(list) = &self.records {
            return if list == name { self.columns.see(&element) } else { Ok(()) };
        }
        let lists = &mut self.seen.lists;
        if place == 0 {
            lists.push(List { name: name.to_owned(), count: 0, is_of_objects: true, columns: Columns::default(), kept: Vec::new() });
        }
        let list = lists.last_mut().expect("it was begun with its first element");
        list.count += 1;
        list.is_of_objects &= element.is_object();
        // Once documents are the records, their lists are theirs whatever their length.
        let is_open = self.records == Records::Open;
        if is_open && list.is_of_objects {
            list.columns.see(&element)?;
        }
        if !is_open || !list.is_of_objects || list.kept.len() < MOST_ITEMS {
            list.kept.push(element);
        }
        Ok(())
    }

    fn end_of_list(&mut self, name: &str, count: usize) -> Result<(), FileProblem> {
        if count == 0 && !matches!(self.records, Records::OfList(_)) {
            self.seen.fields.insert(name.to_owned(), Value::Array(Vec::new()));
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), FileProblem> {
        if self.records == Records::Documents {
            self.columns.see(&std::mem::take(&mut self.seen).into_value())?;
        }
        Ok(())
    }
}

/// Gives the records, once it is known which they are.
pub(super) struct Given<'a, F> {
    pub(super) list: Option<&'a str>,
    pub(super) give: &'a mut F,
    pub(super) document: Map<String, Value>,
}

impl<F: FnMut(Value) -> Result<(), FileProblem>> Documents for Given<'_, F> {
    fn record(&mut self, record: Value) -> Result<(), FileProblem> {
        (self.give)(record)
    }

    fn begin(&mut self) -> Result<(), FileProblem> {
        Ok(())
    }

    fn field(&mut self, name: &str, value: Value) -> Result<(), FileProblem> {
        if self.list.is_none() {
            self.document.insert(name.to_owned(), value);
        }
        Ok(())
    }

    fn element(&mut self, name: &str, place: usize, element: Value) -> Result<(), FileProblem> {
        match (self.list, self.document.get_mut(name)) {
            (Some(list), _) => return if list == name { (self.give)(element) } else { Ok(()) },
            (None, Some(Value::Array(elements))) if place > 0 => elements.push(element),
            _ => drop(self.document.insert(name.to_owned(), Value::Array(vec![element]))),
        }
        Ok(())
    }

    fn end_of_list(&mut self, name: &str, count: usize) -> Result<(), FileProblem> {
        if count == 0 && self.list.is_none() {
            self.document.insert(name.to_owned(), Value::Array(Vec::new()));
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), FileProblem> {
        if self.document.is_empty() { Ok(()) } else { (self.give)(Value::Object(std::mem::take(&mut self.document))) }
    }
}
