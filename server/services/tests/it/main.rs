//! The use cases against a real database. SQLite and memory by default; `TEST_DATABASE_URL` (a PostgreSQL server on which databases can be made)
//! and `TEST_REDIS_URL` choose others.

mod accounts;
mod analytics;
mod columns;
mod dashboards;
mod database;
mod demo;
mod embeds;
mod jobs;
mod key_value;
mod kills;
mod mail;
mod sources;
mod support;
