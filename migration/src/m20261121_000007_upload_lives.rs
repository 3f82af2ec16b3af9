//! What all kinds of uploads told and replaced, in which mode they came, and who hears of them by mail.

use crate::step::{Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261121_000007_upload_lives",
    up: r"
ALTER TABLE uploads ADD COLUMN origin TEXT NOT NULL DEFAULT 'file';
ALTER TABLE uploads ADD COLUMN user_id {uuid};
ALTER TABLE memberships ADD COLUMN upload_notices TEXT NOT NULL DEFAULT 'all';
ALTER TABLE mails ADD COLUMN issues_of {uuid};
ALTER TABLE replaced_orders ADD COLUMN way SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE replaced_orders ADD COLUMN left_out TEXT;
ALTER TABLE fact_claims ADD COLUMN fact TEXT;
CREATE TABLE replaced_facts (
    merchant_id BIGINT NOT NULL,
    kind SMALLINT NOT NULL,
    source_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    upload_id {uuid} NOT NULL,
    sequence BIGINT NOT NULL,
    previous_upload_id {uuid} NOT NULL,
    previous TEXT,
    way SMALLINT NOT NULL,
    left_out TEXT,
    PRIMARY KEY (merchant_id, kind, source_id, key, upload_id)
) {clustered};
CREATE INDEX replaced_facts_by_upload ON replaced_facts (merchant_id, upload_id);
CREATE INDEX replaced_facts_by_previous ON replaced_facts (merchant_id, previous_upload_id);
{as_system};
UPDATE uploads SET sequence = NULL WHERE kind NOT IN ('orders', 'sell_out', 'refunds');
",
    tables: &["replaced_facts"],
    secured: &[secured("replaced_facts")],
};
