//! A file's rows put together: orders, products and customers.

mod notes;
mod order;
mod order_book;
mod product;
mod settle;
mod stated;
mod whole_discount;

pub(crate) use order::Order;
pub(crate) use order_book::{Customer, Line, NO_PRODUCT, OrderBook, Product, Refused, SalesLine, sku_key};
pub(crate) use stated::{Amounts, Stated, StatedOrder};
