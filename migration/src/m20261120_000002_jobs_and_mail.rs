//! Background work and outgoing mail. Rows without a merchant are the program's own; only system transactions see them.

use crate::step::{Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261120_000002_jobs_and_mail",
    up: r"
CREATE TABLE jobs (
    id {uuid} NOT NULL PRIMARY KEY,
    merchant_id BIGINT REFERENCES merchants (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    priority SMALLINT NOT NULL,
    dedup_key TEXT,
    run_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    lease_token {uuid},
    lease_until BIGINT,
    progress INTEGER NOT NULL,
    cancel_requested BOOLEAN NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX jobs_by_time ON jobs (state, run_at);
CREATE INDEX jobs_by_merchant ON jobs (merchant_id, created_at);
CREATE UNIQUE INDEX jobs_open_once ON jobs (dedup_key) WHERE state IN ('queued', 'running');
CREATE TABLE cron_slots (
    name TEXT NOT NULL,
    slot BIGINT NOT NULL,
    PRIMARY KEY (name, slot)
);
CREATE TABLE mails (
    id {uuid} NOT NULL PRIMARY KEY,
    merchant_id BIGINT REFERENCES merchants (id) ON DELETE CASCADE,
    to_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT
);
",
    tables: &["mails", "cron_slots", "jobs"],
    secured: &[secured("jobs"), secured("mails")],
};
