//! The columnar copy of a shop.
