//! A file's rows put together: orders, products and customers.

mod joined;
mod made_number;
mod notes;
mod order;
mod order_book;
mod product;
mod settle;
mod stated;
mod whole_discount;

pub(crate) use made_number::{former_number, numbers_of, plain_number, refund_of_order, sell_out_number};
pub(crate) use order::Order;
pub(crate) use order_book::{Customer, Line, NO_PRODUCT, OrderBook, Product, Refused, SalesLine, sku_code, sku_key, title_key};
pub(crate) use stated::{Amounts, Stated, StatedOrder};
