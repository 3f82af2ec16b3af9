//! Which columns of a file mean what, and how its values are written.

use super::{Channel, ColumnMeaning, FileKind};
use crate::Currency;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// How the discounts of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DiscountReading {
    /// 0.15 is 0.15 of money.
    Amount,
    /// 0.15 is 15 % of the line.
    Fraction,
    /// 15 is 15 % of the line.
    Percent,
}

/// Which columns of a file mean what. Columns are known by their header, exactly as the file spells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mapping {
    /// Meaning → header.
    pub columns: BTreeMap<ColumnMeaning, String>,
    /// Further columns of stock beside the mapped one, where each holds the stock of one place and is named after it. Where none is said, those that
    /// a vendor names like the mapped one count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_stock: Vec<String>,
    /// How dates are written, or `None` to decide by the whole column.
    #[serde(default)]
    pub date_order: Option<DateOrder>,
    /// Whether amounts use a comma before the decimals, or `None` to decide by the whole column.
    #[serde(default)]
    pub decimal_comma: Option<bool>,
    /// Whether discounts are amounts or shares, or `None` to decide by the whole column. Of the row's own discount where one is mapped,
    /// else of the discount on the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_as: Option<DiscountReading>,
    /// Whether the row's amount has the row's discount off already, so that it is not taken off again, or `None` to decide by the rows in which
    /// a price stands beside it. Where they do not tell, what a store sold has it off, and the line of an order has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_amount_is_net: Option<bool>,
    /// Where these orders were made.
    #[serde(default = "online")]
    pub channel: Channel,
    /// Order-level values stand only on an order's first row (Shopify) and must never be summed over its rows.
    #[serde(default)]
    pub order_values_on_first_row: bool,
    /// Shipping, tax, discount and fees of an order stand on each of its rows as that row's own part, and add up (Amazon).
    #[serde(default)]
    pub order_values_add_up: bool,
    /// What the rows are.
    #[serde(default)]
    pub kind: FileKind,
    /// Which sheet of a workbook, or `None` for the one that looks most like sales.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The currency of all rows, where a header or a person says it and no column does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

const PLACES_TWICE: &str = "which column is the stock's (several name a place each, which no other column may then name)";

impl Default for Mapping {
    /// Nothing mapped yet: online orders, everything else decided by the file.
    fn default() -> Self {
        Self {
            columns: BTreeMap::new(),
            further_stock: Vec::new(),
            date_order: None,
            decimal_comma: None,
            discount_as: None,
            line_amount_is_net: None,
            channel: Channel::Online,
            order_values_on_first_row: false,
            order_values_add_up: false,
            kind: FileKind::Orders,
            sheet: None,
            currency: None,
        }
    }
}

impl Mapping {
    /// The headers of all columns that it names.
    pub fn headers(&self) -> impl Iterator<Item = &String> {
        self.columns.values().chain(&self.further_stock)
    }

    /// The column whose discounts are taken off the amounts of their rows.
    pub fn row_discount(&self) -> Option<(ColumnMeaning, &str)> {
        self.kind.discount_meanings().iter().find_map(|meaning| self.column(*meaning))
    }

    /// The column whose discounts [`Self::discount_as`] is about.
    pub fn discount_column(&self) -> Option<(ColumnMeaning, &str)> {
        let of_order = || self.column(ColumnMeaning::Discount).filter(|_| self.kind == FileKind::Orders);
        self.row_discount().or_else(of_order)
    }

    /// The columns whose amounts [`Self::line_amount_is_net`] is about: of each row, that in the first that it fills.
    pub fn amount_columns(&self) -> Vec<&str> {
        self.kind.amount_meanings().iter().filter_map(|meaning| self.columns.get(meaning)).map(String::as_str).collect()
    }

    fn column(&self, meaning: ColumnMeaning) -> Option<(ColumnMeaning, &str)> {
        self.columns.get(&meaning).map(|header| (meaning, header.as_str()))
    }

    /// What is missing before a file can be read with it, in words; empty when nothing is.
    pub fn missing(&self) -> Vec<&'static str> {
        use ColumnMeaning as M;
        let has = |meaning: M| self.columns.contains_key(&meaning);
        let any = |meanings: &[M]| meanings.iter().any(|meaning| has(*meaning));
        let mut missing = Vec::new();
        let mut need = |is_there: bool, what: &'static str| {
            if !is_there {
                missing.push(what);
            }
        };
        match self.kind {
            FileKind::Orders => return self.missing_for_orders(),
            FileKind::SellOut => {
                need(any(&[M::Period, M::Date, M::OrderedAt]), "the week, month or day of the sales");
                need(any(&[M::Sku, M::ProductName, M::Store]), "the product or the store");
                let (amounts, prices) = (self.kind.amount_meanings(), self.kind.price_meanings());
                need(any(amounts) || (has(M::Quantity) && any(prices)), "the value of the sales");
                let has_two = has(M::LineDiscount) && has(M::Discount);
                need(!has_two, "which of the two discounts is the row's (leave the other out)");
            }
            FileKind::Products => {
                need(any(&[M::Sku, M::ProductName, M::Handle]), "the product's name or code");
                need(self.tells_places_once(), PLACES_TWICE);
            }
            FileKind::Customers => need(any(&[M::CustomerEmail, M::CustomerId, M::Phone]), "the customer's e-mail, number or phone"),
            FileKind::Inventory => {
                need(any(&[M::Sku, M::ProductName, M::Handle]), "the product's code or name");
                need(has(M::Stock), "how many are in stock");
                need(self.tells_places_once(), PLACES_TWICE);
            }
            FileKind::Refunds => {
                need(any(&[M::Date, M::OrderedAt]), "the date of the refund");
                need(any(&[M::RefundId, M::OrderNumber]), "the number of the refund or of its order");
                need(any(&[M::Amount, M::LineAmount]), "the amount");
            }
            FileKind::Payouts => {
                need(any(&[M::Date, M::OrderedAt]), "the date");
                need(any(&[M::Amount, M::Net]), "the amount");
            }
            FileKind::AdSpend => {
                need(any(&[M::Date, M::Period]), "the day");
                need(has(M::Spend), "the amount spent");
            }
        }
        missing
    }

    /// Whether places stand in a column of their own or in the names of several columns of stock, and not in both.
    fn tells_places_once(&self) -> bool {
        let has = |meaning: ColumnMeaning| self.columns.contains_key(&meaning);
        self.further_stock.is_empty() || (has(ColumnMeaning::Stock) && !has(ColumnMeaning::Location))
    }

    fn missing_for_orders(&self) -> Vec<&'static str> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(meanings: &[ColumnMeaning]) -> Mapping {
        let columns = meanings.iter().map(|meaning| (*meaning, meaning.as_str().to_owned())).collect();
        Mapping { columns, ..Mapping::default() }
    }

    #[test]
    fn a_mapping_names_what_it_lacks() {
        use ColumnMeaning::{LineAmount, OrderNumber, OrderedAt, Quantity, UnitPrice};
        assert_eq!(mapping(&[OrderNumber, OrderedAt, Quantity, UnitPrice]).missing(), Vec::<&str>::new());
        assert_eq!(mapping(&[OrderNumber, OrderedAt, LineAmount]).missing(), Vec::<&str>::new());
        assert_eq!(mapping(&[OrderNumber, OrderedAt, Quantity]).missing(), ["the price of one piece, or the amount of the line"]);
        assert_eq!(mapping(&[]).missing().len(), 3);
    }

    #[test]
    fn the_value_of_a_stores_sales_may_stand_wherever_it_is_read() {
        use ColumnMeaning::{Amount, LineAmount, OrderTotal, Period, Price, Quantity, Store, UnitPrice};
        let lacks = |value: &[ColumnMeaning]| Mapping { kind: FileKind::SellOut, ..mapping(&[[Period, Store].as_slice(), value].concat()) }.missing();
        for value in [[LineAmount].as_slice(), &[Amount], &[OrderTotal], &[Quantity, UnitPrice], &[Quantity, Price]] {
            assert_eq!(lacks(value), Vec::<&str>::new(), "{value:?}");
        }
        assert_eq!(lacks(&[Quantity]), ["the value of the sales"]);
    }

    #[test]
    fn several_columns_of_stock_name_the_places_themselves() {
        use ColumnMeaning::{Location, Sku, Stock};
        for kind in [FileKind::Products, FileKind::Inventory] {
            let of = |meanings: &[ColumnMeaning]| Mapping { kind, further_stock: vec!["Leeds".to_owned()], ..mapping(meanings) };
            assert_eq!(of(&[Sku, Stock]).missing(), Vec::<&str>::new());
            assert_eq!(of(&[Sku, Stock]).headers().collect::<Vec<_>>(), ["sku", "stock", "Leeds"]);
            assert_eq!(of(&[Sku, Stock, Location]).missing(), [PLACES_TWICE]);
            assert!(of(&[Sku]).missing().contains(&PLACES_TWICE));
        }
    }

    #[test]
    fn a_row_of_a_stores_sales_has_one_discount() {
        use ColumnMeaning::{Amount, Discount, LineDiscount, Period, Store};
        let of = |discounts: &[ColumnMeaning]| {
            let meanings = [[Period, Store, Amount].as_slice(), discounts].concat();
            Mapping { kind: FileKind::SellOut, ..mapping(&meanings) }
        };
        for discount in [LineDiscount, Discount] {
            let one = of(&[discount]);
            assert_eq!((one.missing(), one.row_discount()), (Vec::new(), Some((discount, discount.as_str()))));
        }
        assert_eq!(of(&[LineDiscount, Discount]).missing(), ["which of the two discounts is the row's (leave the other out)"]);
        let order = mapping(&[Discount]);
        assert_eq!((order.row_discount(), order.discount_column()), (None, Some((Discount, Discount.as_str()))));
    }
}
