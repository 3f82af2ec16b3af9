//! Other tools' boards: what is shown to whom, the sealed secrets that sign for them, and the hosts they may come from.

use crate::step::{Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261121_000004_embeds",
    up: r"
ALTER TABLE memberships ADD COLUMN store TEXT;
CREATE TABLE embeds (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    heading TEXT NOT NULL,
    icon TEXT NOT NULL,
    tool TEXT NOT NULL,
    url TEXT NOT NULL,
    origin TEXT NOT NULL,
    resource TEXT,
    roles TEXT NOT NULL,
    members TEXT NOT NULL,
    locked TEXT NOT NULL,
    dates TEXT,
    height TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    is_start BOOLEAN NOT NULL,
    position INTEGER NOT NULL,
    last_checked_at BIGINT,
    last_check TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE TABLE embed_secrets (
    merchant_id BIGINT NOT NULL,
    embed_id {uuid} NOT NULL,
    generation INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    nonce {bytes} NOT NULL,
    sealed {bytes} NOT NULL,
    set_at BIGINT NOT NULL,
    ends_at BIGINT,
    PRIMARY KEY (merchant_id, embed_id, generation),
    FOREIGN KEY (merchant_id, embed_id) REFERENCES embeds (merchant_id, id) ON DELETE CASCADE
);
CREATE TABLE embed_hosts (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    host TEXT NOT NULL,
    PRIMARY KEY (merchant_id, host)
);
",
    tables: &["embed_hosts", "embed_secrets", "embeds"],
    secured: &[secured("embeds"), secured("embed_secrets"), secured("embed_hosts")],
};
