//! Sources, uploads and the facts they bring: products, customers, orders and order lines.
//!
//! Facts carry no foreign keys: an import writes hundreds of thousands of them in one transaction and makes their ids itself.
//! On SQLite they are clustered by their keys, so that a merchant's rows lie together.

use crate::step::{Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261120_000003_sources_and_facts",
    up: r"
CREATE TABLE sources (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    vendor TEXT,
    channel SMALLINT NOT NULL,
    mapping TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id),
    UNIQUE (merchant_id, key)
);
CREATE TABLE uploads (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    status TEXT NOT NULL,
    file_name TEXT NOT NULL,
    stored_name TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 {bytes} NOT NULL,
    source_id INTEGER,
    source_name TEXT,
    vendor TEXT,
    mapping TEXT,
    remarks TEXT NOT NULL,
    rows_total BIGINT NOT NULL,
    rows_accepted BIGINT NOT NULL,
    rows_rejected BIGINT NOT NULL,
    rows_duplicate BIGINT NOT NULL,
    orders_new BIGINT NOT NULL,
    orders_updated BIGINT NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    net_sales TEXT NOT NULL,
    progress INTEGER NOT NULL,
    error TEXT,
    uploaded_by TEXT NOT NULL,
    job_id {uuid},
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX uploads_by_time ON uploads (merchant_id, created_at);
CREATE TABLE upload_issues (
    merchant_id BIGINT NOT NULL,
    upload_id {uuid} NOT NULL,
    line BIGINT NOT NULL,
    column_name TEXT,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL,
    PRIMARY KEY (merchant_id, upload_id, line)
) {clustered};
CREATE TABLE products (
    merchant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    key TEXT NOT NULL,
    sku TEXT,
    title TEXT NOT NULL,
    title_as_of BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id),
    UNIQUE (merchant_id, key)
) {clustered};
CREATE TABLE customers (
    merchant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    key TEXT NOT NULL,
    external_id TEXT,
    email TEXT,
    name TEXT,
    country TEXT,
    PRIMARY KEY (merchant_id, id),
    UNIQUE (merchant_id, key)
) {clustered};
CREATE TABLE orders (
    merchant_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    source_id INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    upload_id {uuid} NOT NULL,
    occurred_at BIGINT NOT NULL,
    day INTEGER NOT NULL,
    month INTEGER NOT NULL,
    hour SMALLINT NOT NULL,
    currency TEXT NOT NULL,
    country TEXT,
    city TEXT,
    customer_id BIGINT,
    channel SMALLINT NOT NULL,
    stated_total_minor BIGINT,
    total_minor BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    units_milli BIGINT NOT NULL,
    is_sale BOOLEAN NOT NULL,
    line_count INTEGER NOT NULL,
    content_hash {bytes} NOT NULL,
    PRIMARY KEY (merchant_id, id),
    UNIQUE (merchant_id, source_id, external_id)
) {clustered};
CREATE INDEX orders_by_day ON orders (merchant_id, day);
CREATE TABLE order_lines (
    merchant_id BIGINT NOT NULL,
    day INTEGER NOT NULL,
    order_id BIGINT NOT NULL,
    line INTEGER NOT NULL,
    month INTEGER NOT NULL,
    hour SMALLINT NOT NULL,
    source_id INTEGER NOT NULL,
    channel SMALLINT NOT NULL,
    product_id BIGINT,
    customer_id BIGINT,
    currency TEXT NOT NULL,
    country TEXT,
    quantity_milli BIGINT NOT NULL,
    unit_price_minor BIGINT,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, day, order_id, line)
) {clustered};
",
    tables: &["order_lines", "orders", "customers", "products", "upload_issues", "uploads", "sources"],
    secured: &[
        secured("sources"),
        secured("uploads"),
        secured("upload_issues"),
        secured("products"),
        secured("customers"),
        secured("orders"),
        secured("order_lines"),
    ],
};
