//! What files bring besides order lines: amounts of whole orders, what is known of products and customers, stock, payments and advertising.

use crate::step::{Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261121_000005_other_facts",
    up: r"
ALTER TABLE uploads ADD COLUMN kind TEXT NOT NULL DEFAULT 'orders';
ALTER TABLE uploads ADD COLUMN mode TEXT NOT NULL DEFAULT 'upsert';
ALTER TABLE uploads ADD COLUMN cleaning TEXT NOT NULL DEFAULT '[]';
ALTER TABLE uploads ADD COLUMN quality TEXT;
ALTER TABLE orders ADD COLUMN shipping_minor BIGINT;
ALTER TABLE orders ADD COLUMN tax_minor BIGINT;
ALTER TABLE orders ADD COLUMN discount_minor BIGINT;
ALTER TABLE orders ADD COLUMN fee_minor BIGINT;
ALTER TABLE orders ADD COLUMN refunded_minor BIGINT;
ALTER TABLE orders ADD COLUMN discount_code TEXT;
ALTER TABLE orders ADD COLUMN payment_method TEXT;
ALTER TABLE orders ADD COLUMN is_test BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE orders ADD COLUMN is_aggregate BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE order_lines ADD COLUMN is_aggregate BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE products ADD COLUMN category TEXT;
ALTER TABLE products ADD COLUMN brand TEXT;
ALTER TABLE products ADD COLUMN barcode TEXT;
ALTER TABLE products ADD COLUMN price_minor BIGINT;
ALTER TABLE products ADD COLUMN compare_at_minor BIGINT;
ALTER TABLE products ADD COLUMN cost_minor BIGINT;
ALTER TABLE products ADD COLUMN currency TEXT;
ALTER TABLE products ADD COLUMN handle TEXT;
ALTER TABLE products ADD COLUMN variant TEXT;
ALTER TABLE products ADD COLUMN status TEXT;
ALTER TABLE products ADD COLUMN is_product BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE products ADD COLUMN upload_id {uuid};
ALTER TABLE customers ADD COLUMN phone TEXT;
ALTER TABLE customers ADD COLUMN city TEXT;
ALTER TABLE customers ADD COLUMN accepts_marketing BOOLEAN;
ALTER TABLE customers ADD COLUMN tags TEXT;
ALTER TABLE customers ADD COLUMN upload_id {uuid};
CREATE TABLE inventory_levels (
    merchant_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    source_id INTEGER NOT NULL,
    location TEXT NOT NULL,
    upload_id {uuid} NOT NULL,
    quantity_milli BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, product_id, source_id, location)
) {clustered};
CREATE TABLE money_movements (
    merchant_id BIGINT NOT NULL,
    source_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    upload_id {uuid} NOT NULL,
    kind TEXT NOT NULL,
    transaction_type TEXT,
    occurred_at BIGINT NOT NULL,
    day INTEGER NOT NULL,
    month INTEGER NOT NULL,
    currency TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    fee_minor BIGINT,
    net_minor BIGINT NOT NULL,
    order_number TEXT,
    payout_id TEXT,
    product_id BIGINT,
    quantity_milli BIGINT,
    description TEXT,
    content_hash {bytes} NOT NULL,
    PRIMARY KEY (merchant_id, source_id, key)
) {clustered};
CREATE INDEX money_movements_by_day ON money_movements (merchant_id, day);
CREATE TABLE ad_spend (
    merchant_id BIGINT NOT NULL,
    source_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    campaign TEXT NOT NULL,
    ad_group TEXT NOT NULL,
    currency TEXT NOT NULL,
    upload_id {uuid} NOT NULL,
    month INTEGER NOT NULL,
    spend_minor BIGINT NOT NULL,
    impressions BIGINT,
    clicks BIGINT,
    conversions_milli BIGINT,
    PRIMARY KEY (merchant_id, source_id, day, campaign, ad_group, currency)
) {clustered};
{as_system};
UPDATE products SET is_product = FALSE
WHERE UPPER(sku) IN ('POST', 'POSTAGE', 'SHIPPING', 'DELIVERY', 'AMAZONFEE', 'BANK CHARGES')
   OR UPPER(title) IN ('POSTAGE', 'DOTCOM POSTAGE', 'CARRIAGE', 'SHIPPING', 'DELIVERY', 'MANUAL', 'SAMPLES', 'DISCOUNT', 'BANK CHARGES', 'AMAZON FEE',
       'ADJUST BAD DEBT', 'CRUK COMMISSION');
",
    tables: &["ad_spend", "money_movements", "inventory_levels"],
    secured: &[secured("inventory_levels"), secured("money_movements"), secured("ad_spend")],
};
