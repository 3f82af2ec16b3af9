//! What may be forgotten: cache, counters, revocations and wake-ups. In memory, or shared through Redis.

mod key_value;
mod memory;
mod redis;

pub use key_value::KeyValue;
