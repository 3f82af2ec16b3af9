//! The outbox and how it is delivered.
