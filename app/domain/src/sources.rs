//! Uploads: where they stand, what was recognised, how columns are mapped.

use crate::ids::UploadId;
use crate::{AppError, Day, ErrorKind, Money, format};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UploadStatus {
    /// Stored; waits for a worker.
    Queued,
    /// Being read.
    Processing,
    /// The columns could not be recognised; a person must say what they mean.
    NeedsMapping,
    /// Read; the figures include it.
    Completed,
    /// Could not be read; the figures are as before.
    Failed,
    /// Taken back by a person (or cancelled before it was read).
    Undone,
}

impl UploadStatus {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Queued, Self::Processing, Self::NeedsMapping, Self::Completed, Self::Failed, Self::Undone];

    /// The word that tables and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Processing => "processing",
            Self::NeedsMapping => "needs_mapping",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Undone => "undone",
        }
    }

    /// The status of a word, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// Whether nothing more happens without a person.
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Queued | Self::Processing)
    }
}

/// Where orders were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A web shop or marketplace.
    Online,
    /// A till, a market stall, a wholesaler's report.
    Offline,
}

impl Channel {
    /// The word that filters and answers use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
        }
    }

    /// The small number that the fact tables store.
    pub fn code(self) -> i16 {
        match self {
            Self::Online => 1,
            Self::Offline => 2,
        }
    }

    /// The channel of a word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Online, Self::Offline].into_iter().find(|channel| channel.as_str() == text)
    }

    /// The channel of a stored number.
    pub fn from_code(code: i16) -> Option<Self> {
        [Self::Online, Self::Offline].into_iter().find(|channel| channel.code() == code)
    }
}

/// What a column of a sales file means. One row is one order line (or one order, where a file has no lines).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ColumnMeaning {
    /// The order's or invoice's number.
    OrderNumber,
    /// When the order was made.
    OrderedAt,
    /// The product's code.
    Sku,
    /// The product's name.
    ProductName,
    /// How many; negative for returns.
    Quantity,
    /// The price of one.
    UnitPrice,
    /// The line's amount, where the file states it instead of a unit price.
    LineAmount,
    /// A discount on the line, taken off its amount.
    LineDiscount,
    /// The order's total as its vendor states it.
    OrderTotal,
    /// ISO 4217 code.
    Currency,
    /// The customer's number.
    CustomerId,
    /// The customer's e-mail address.
    CustomerEmail,
    /// The customer's name.
    CustomerName,
    /// The country, by name or code.
    Country,
    /// The city.
    City,
    /// When the order was cancelled, if it was.
    CancelledAt,
}

impl ColumnMeaning {
    /// All of them, in the order a person is asked.
    pub const ALL: [Self; 16] = [
        Self::OrderNumber,
        Self::OrderedAt,
        Self::ProductName,
        Self::Sku,
        Self::Quantity,
        Self::UnitPrice,
        Self::LineAmount,
        Self::LineDiscount,
        Self::OrderTotal,
        Self::Currency,
        Self::CustomerId,
        Self::CustomerEmail,
        Self::CustomerName,
        Self::Country,
        Self::City,
        Self::CancelledAt,
    ];

    /// The name a person chooses by.
    pub fn label(self) -> &'static str {
        match self {
            Self::OrderNumber => "Order number",
            Self::OrderedAt => "Order date",
            Self::Sku => "Product code (SKU)",
            Self::ProductName => "Product name",
            Self::Quantity => "Quantity",
            Self::UnitPrice => "Price of one",
            Self::LineAmount => "Amount of the line",
            Self::LineDiscount => "Discount on the line",
            Self::OrderTotal => "Total of the order",
            Self::Currency => "Currency",
            Self::CustomerId => "Customer number",
            Self::CustomerEmail => "Customer e-mail",
            Self::CustomerName => "Customer name",
            Self::Country => "Country",
            Self::City => "City",
            Self::CancelledAt => "Cancelled on",
        }
    }

    /// The word that mappings store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OrderNumber => "order_number",
            Self::OrderedAt => "ordered_at",
            Self::Sku => "sku",
            Self::ProductName => "product_name",
            Self::Quantity => "quantity",
            Self::UnitPrice => "unit_price",
            Self::LineAmount => "line_amount",
            Self::LineDiscount => "line_discount",
            Self::OrderTotal => "order_total",
            Self::Currency => "currency",
            Self::CustomerId => "customer_id",
            Self::CustomerEmail => "customer_email",
            Self::CustomerName => "customer_name",
            Self::Country => "country",
            Self::City => "city",
            Self::CancelledAt => "cancelled_at",
        }
    }
}

/// In which order day, month and year stand in dates of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 2011-12-09.
    YearMonthDay,
    /// 09/12/2011 is the ninth of December.
    DayMonthYear,
    /// 12/09/2011 is the ninth of December.
    MonthDayYear,
}

/// Which columns of a file mean what. Columns are known by their header, exactly as the file spells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mapping {
    /// Meaning → header.
    pub columns: BTreeMap<ColumnMeaning, String>,
    /// How dates are written, or `None` to decide by the whole column.
    #[serde(default)]
    pub date_order: Option<DateOrder>,
    /// Whether amounts use a comma before the decimals, or `None` to decide by the whole column.
    #[serde(default)]
    pub decimal_comma: Option<bool>,
    /// Where these orders were made.
    #[serde(default = "online")]
    pub channel: Channel,
    /// Order-level values stand only on an order's first row (Shopify) and must never be summed over its rows.
    #[serde(default)]
    pub order_values_on_first_row: bool,
}

impl Mapping {
    /// What is missing before a file can be read with it, in words; empty when nothing is.
    pub fn missing(&self) -> Vec<&'static str> {
        let has = |meaning: ColumnMeaning| self.columns.contains_key(&meaning);
        let mut missing = Vec::new();
        if !has(ColumnMeaning::OrderNumber) {
            missing.push("the order or invoice number");
        }
        if !has(ColumnMeaning::OrderedAt) {
            missing.push("the date of the order");
        }
        match (has(ColumnMeaning::LineAmount), has(ColumnMeaning::Quantity), has(ColumnMeaning::UnitPrice)) {
            (true, _, _) | (_, true, true) => {}
            (_, true, false) => missing.push("the price of one piece, or the amount of the line"),
            (_, false, true) => missing.push("the quantity, or the amount of the line"),
            _ => missing.push("the quantity and the price of one piece, or the amount of the line"),
        }
        missing
    }
}

fn online() -> Channel {
    Channel::Online
}

/// What a person sees when columns must be mapped by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MappingPreview {
    /// The upload.
    pub upload: UploadSummary,
    /// The file's headers, in its order.
    pub headers: Vec<String>,
    /// The first rows as they stand in the file.
    pub rows: Vec<Vec<String>>,
    /// The best guess so far.
    pub guess: Mapping,
    /// What is missing before the file can be read, in words.
    pub missing: Vec<String>,
}

/// An upload: what it is, how far it is, what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadSummary {
    /// Its id.
    pub id: UploadId,
    /// Where it stands.
    pub status: UploadStatus,
    /// The name the file had on the person's machine.
    pub file_name: String,
    /// Bytes as uploaded.
    pub bytes: i64,
    /// Whose export it was recognised as, for example `shopify`; absent when it was recognised by its columns' meaning alone.
    pub vendor: Option<String>,
    /// 0 to 100.
    pub progress: i32,
    /// Data rows in the file: always accepted + rejected + duplicate once completed.
    pub rows_total: i64,
    /// Rows that the figures now include.
    pub rows_accepted: i64,
    /// Rows that could not be read; each is in the issues file with its reason.
    pub rows_rejected: i64,
    /// Rows of orders that were there already, unchanged.
    pub rows_duplicate: i64,
    /// Orders that were new.
    pub orders_new: i64,
    /// Orders that were there and differ; they were replaced.
    pub orders_updated: i64,
    /// First merchant-local day of its orders.
    pub first_day: Option<Day>,
    /// Last merchant-local day of its orders.
    pub last_day: Option<Day>,
    /// Net sales of its accepted rows, one amount a currency.
    pub net_sales: Vec<Money>,
    /// What was recognised and what a person should know, a sentence each.
    pub remarks: Vec<String>,
    /// Why it failed, in words.
    pub error: Option<String>,
    /// Who brought it: an address or a key's name.
    pub uploaded_by: String,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub created_at: i64,
    /// When it was settled.
    pub finished_at: Option<i64>,
}

/// A rejected row, as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadIssue {
    /// The line in the file on which the row begins, counted from 1, the header included.
    pub line: i64,
    /// The header of the cell that is wrong, if one is.
    pub column: Option<String>,
    /// What is wrong and how to mend it.
    pub reason: String,
    /// The row as it stands in the file.
    pub raw: String,
}

/// A file is larger than `most` bytes: said by the browser before it is sent, and by the server whoever sends it.
pub fn too_large(most: u64) -> AppError {
    let size = format::bytes(i64::try_from(most).unwrap_or(i64::MAX));
    AppError::new(
        ErrorKind::TooLarge,
        format!("the file is larger than {size}, the most this server takes; split it by month, or compress it with gzip"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(meanings: &[ColumnMeaning]) -> Mapping {
        let columns = meanings.iter().map(|meaning| (*meaning, meaning.as_str().to_owned())).collect();
        Mapping { columns, date_order: None, decimal_comma: None, channel: Channel::Online, order_values_on_first_row: false }
    }

    #[test]
    fn a_mapping_names_what_it_lacks() {
        use ColumnMeaning::{LineAmount, OrderNumber, OrderedAt, Quantity, UnitPrice};
        assert_eq!(mapping(&[OrderNumber, OrderedAt, Quantity, UnitPrice]).missing(), Vec::<&str>::new());
        assert_eq!(mapping(&[OrderNumber, OrderedAt, LineAmount]).missing(), Vec::<&str>::new());
        assert_eq!(mapping(&[OrderNumber, OrderedAt, Quantity]).missing(), ["the price of one piece, or the amount of the line"]);
        assert_eq!(mapping(&[]).missing().len(), 3);
    }
}
