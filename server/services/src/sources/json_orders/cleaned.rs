//! What is kept otherwise than it stands in an order of a batch.

use super::order::JsonOrder;
use engine::ingestion::{CleaningKind, CleaningLog};
use serde_json::Value;

/// Amounts that are kept without their sign.
const UNSIGNED: [&str; 3] = ["discount", "fee", "refunded"];

/// Notes what became of the order on a line of its batch.
pub(in crate::sources) fn note_cleaned(value: &Value, order: &JsonOrder, line: u64, log: &mut CleaningLog) {
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let (email, country) = (text("/customer/email"), text("/country"));
    let lowered = email.to_lowercase();
    if lowered != email {
        log.note(CleaningKind::EmailsLowered, line, "customer/email", || (email, lowered));
    }
    if let Some(code) = order.country.filter(|code| code != country.as_bytes()) {
        log.note(CleaningKind::CountriesToCodes, line, "country", || (country, String::from_utf8_lossy(&code).into_owned()));
    }
    for name in UNSIGNED {
        let Some(amount) = value.get(name) else { continue };
        let written = amount.as_str().map_or_else(|| amount.to_string(), |text| text.trim().to_owned());
        if let Some(bare) = written.strip_prefix('-').filter(|bare| bare.contains(|digit: char| matches!(digit, '1'..='9'))) {
            log.note(CleaningKind::SignsTurned, line, name, || (written.as_str(), bare));
        }
    }
}
