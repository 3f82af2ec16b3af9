//! The tradepost program.
fn main() {}
