//! What uploads replaced and what they name, so that each can be taken back; and the keys of requests that may come twice.

use crate::step::{Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261121_000006_history",
    up: r"
ALTER TABLE uploads ADD COLUMN sequence BIGINT;
CREATE TABLE replaced_orders (
    merchant_id BIGINT NOT NULL,
    source_id INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    upload_id {uuid} NOT NULL,
    sequence BIGINT NOT NULL,
    previous_upload_id {uuid} NOT NULL,
    previous TEXT,
    PRIMARY KEY (merchant_id, source_id, external_id, upload_id)
) {clustered};
CREATE INDEX replaced_orders_by_upload ON replaced_orders (merchant_id, upload_id);
CREATE INDEX replaced_orders_by_previous ON replaced_orders (merchant_id, previous_upload_id);
CREATE TABLE fact_claims (
    merchant_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    key TEXT NOT NULL,
    upload_id {uuid} NOT NULL,
    part INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    name TEXT,
    as_of BIGINT NOT NULL,
    external_id TEXT,
    country TEXT,
    PRIMARY KEY (merchant_id, kind, key, upload_id, part)
) {clustered};
CREATE INDEX fact_claims_by_upload ON fact_claims (merchant_id, upload_id);
CREATE TABLE request_keys (
    merchant_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    body_hash {bytes} NOT NULL,
    upload_id {uuid} NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, key)
);
{as_system};
INSERT INTO fact_claims (merchant_id, kind, key, upload_id, part, sequence, name, as_of)
SELECT p.merchant_id, 1, p.key, u.id, 0, 0, p.title, p.title_as_of FROM products p
JOIN uploads u ON u.merchant_id = p.merchant_id
WHERE NOT EXISTS (SELECT 1 FROM uploads o WHERE o.merchant_id = u.merchant_id AND o.id < u.id);
INSERT INTO fact_claims (merchant_id, kind, key, upload_id, part, sequence, name, as_of, external_id, country)
SELECT c.merchant_id, 2, c.key, u.id, 0, 0, c.name, 0, c.external_id, c.country FROM customers c
JOIN uploads u ON u.merchant_id = c.merchant_id
WHERE NOT EXISTS (SELECT 1 FROM uploads o WHERE o.merchant_id = u.merchant_id AND o.id < u.id);
",
    tables: &["request_keys", "fact_claims", "replaced_orders"],
    secured: &[secured("replaced_orders"), secured("fact_claims"), secured("request_keys")],
};
