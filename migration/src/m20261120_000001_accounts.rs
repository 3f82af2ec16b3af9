//! Shops, people, sessions, invitations, keys and the audit log.

use crate::step::{Secured, Step, secured};

pub(crate) const STEP: Step = Step {
    name: "m20261120_000001_accounts",
    up: r"
CREATE TABLE merchants (
    id {identity},
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    week_start SMALLINT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    data_version BIGINT NOT NULL,
    data_changed_at BIGINT,
    next_source_id INTEGER NOT NULL,
    next_product_id BIGINT NOT NULL,
    next_customer_id BIGINT NOT NULL,
    next_order_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE users (
    id {uuid} NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE memberships (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id);
CREATE TABLE sessions (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    id {uuid} NOT NULL UNIQUE,
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    refresh_hash {bytes} NOT NULL,
    previous_refresh_hash {bytes},
    rotated_at BIGINT NOT NULL,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX sessions_by_user ON sessions (user_id, last_used_at);
CREATE TABLE invitations (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    token_hash {bytes} NOT NULL UNIQUE,
    invited_by {uuid} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    revoked_at BIGINT,
    PRIMARY KEY (merchant_id, id)
);
CREATE TABLE password_resets (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX password_resets_by_user ON password_resets (user_id);
CREATE TABLE api_keys (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    prefix TEXT NOT NULL,
    secret_hash {bytes} NOT NULL UNIQUE,
    created_by {uuid} NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT,
    PRIMARY KEY (merchant_id, id)
);
CREATE TABLE audit_events (
    merchant_id BIGINT NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX audit_events_by_time ON audit_events (merchant_id, at);
",
    tables: &["audit_events", "api_keys", "password_resets", "invitations", "sessions", "memberships", "users", "merchants"],
    secured: &[
        Secured { table: "merchants", merchant: "id" },
        secured("memberships"),
        secured("sessions"),
        secured("invitations"),
        secured("api_keys"),
        secured("audit_events"),
    ],
};
