//! Text that was UTF-8 and was read as Latin-1 or Windows-1252 on the way: `SipariÅŸ` is `Sipariş`.

use encoding_rs::WINDOWS_1252;

/// The text as it was meant, where reading it so makes sense.
pub(super) fn repair(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Ä', 'Å', 'Â', 'â']) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        bytes.push(byte(letter)?);
    }
    String::from_utf8(bytes).ok()
}

/// The byte that was read as this letter.
fn byte(letter: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(letter)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, is_wrong) = WINDOWS_1252.encode(letter.encode_utf8(&mut buffer));
    if is_wrong { None } else { bytes.first().copied() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turkish_read_as_latin_is_turkish_again() {
        assert_eq!(repair("SipariÅŸ NumarasÄ±").as_deref(), Some("Sipariş Numarası"));
        assert_eq!(repair("Ä°sim").as_deref(), Some("İsim"));
        assert_eq!(repair("AlÄ±ÅŸ FiyatÄ±").as_deref(), Some("Alış Fiyatı"));
    }

    #[test]
    fn what_is_right_stays() {
        for text in ["Größe", "Äpfel", "Ânes", "Stok Kodu", "Sipariş"] {
            assert_eq!(repair(text), None, "{text}");
        }
    }
}
