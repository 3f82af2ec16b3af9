//! Any bytes, taken the whole way a file goes: container, sample, dialect, header, rows, dates and numbers.

#![no_main]

#[path = "../../tests/it/fuzzing/anything.rs"]
mod anything;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    anything::take(bytes);
});
