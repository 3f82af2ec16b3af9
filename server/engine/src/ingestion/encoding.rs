//! In which encoding a file is written.

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1254};

/// The encodings that sales files come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little end first (Excel's "Unicode text").
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// Western European, as older programs on Windows write it.
    Windows1252,
    /// Turkish, as older programs on Windows write it; ISO 8859-9 is a part of it.
    Windows1254,
}

impl Encoding {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252 / ISO-8859-1 (Western European)",
            Self::Windows1254 => "Windows-1254 / ISO-8859-9 (Turkish)",
        }
    }

    /// The encoding of a file, by its first bytes.
    #[cfg(test)]
    pub(super) fn of(sample: &[u8]) -> Self {
        Self::of_parts(sample, &[])
    }

    /// The encoding of a file, by its first bytes and parts from further on.
    pub(super) fn of_parts(first: &[u8], others: &[&[u8]]) -> Self {
        match first {
            [0xEF, 0xBB, 0xBF, ..] => Self::Utf8,
            [0xFF, 0xFE, ..] => Self::Utf16Le,
            [0xFE, 0xFF, ..] => Self::Utf16Be,
            _ => Self::without_mark(first, others),
        }
    }

    fn without_mark(first: &[u8], others: &[&[u8]]) -> Self {
        if let Some(wide) = wide_without_mark(first) {
            return wide;
        }
        let parts = || std::iter::once(first).chain(others.iter().map(|part| whole_letters(part)));
        if parts().all(is_utf_8) {
            return Self::Utf8;
        }
        // A few broken letters in a file of UTF-8 do not make it another encoding.
        let (broken, letters) = parts().map(multibyte).fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        match broken * 20 < letters {
            true => Self::Utf8,
            false if is_turkish(parts()) => Self::Windows1254,
            false => Self::Windows1252,
        }
    }

    pub(super) fn decoder(self) -> Option<Decoder> {
        match self {
            Self::Utf8 => None,
            Self::Utf16Le => Some(UTF_16LE.new_decoder_with_bom_removal()),
            Self::Utf16Be => Some(UTF_16BE.new_decoder_with_bom_removal()),
            Self::Windows1252 => Some(WINDOWS_1252.new_decoder_without_bom_handling()),
            Self::Windows1254 => Some(WINDOWS_1254.new_decoder_without_bom_handling()),
        }
    }
}

/// UTF-16 is told by its delimiters, digits and line ends, in any script: each has a zero beside it, always on the same side.
fn wide_without_mark(first: &[u8]) -> Option<Encoding> {
    let looked_at = &first[..first.len().min(8_000) & !1];
    let pairs = looked_at.len() / 2;
    let zeros = |side: usize| looked_at.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (wide, read): (_, fn([u8; 2]) -> u16) = match (zeros(0), zeros(1)) {
        (before, behind) if behind * 8 > pairs && before * 64 <= pairs => (Encoding::Utf16Le, u16::from_le_bytes),
        (before, behind) if before * 8 > pairs && behind * 64 <= pairs => (Encoding::Utf16Be, u16::from_be_bytes),
        _ => return None,
    };
    let units = || looked_at.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
    // The part may end between the halves of a letter.
    let wrong = char::decode_utf16(units()).filter(Result::is_err).count();
    (wrong <= 1 && units().any(|unit| unit == u16::from(b'\n') || unit == u16::from(b'\r'))).then_some(wide)
}

fn is_utf_8(part: &[u8]) -> bool {
    // It may end in the middle of a letter.
    std::str::from_utf8(part).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// A part from within a file, without the rest of the letter in whose middle it begins.
fn whole_letters(part: &[u8]) -> &[u8] {
    let rest = part.iter().take(3).take_while(|byte| (0x80..0xC0).contains(*byte)).count();
    &part[rest..]
}

/// How many places of a text are no UTF-8, and how many letters beyond ASCII are.
fn multibyte(part: &[u8]) -> (usize, usize) {
    let (mut broken, mut letters) = (0, 0);
    for chunk in part.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (broken, letters)
}

/// The two encodings differ in six letters: ş, ı, ğ and their capitals in Turkish stand where Icelandic has þ, ý, ð. Icelandic also writes
/// á, í, ó and ú, which Turkish does not.
fn is_turkish<'a>(parts: impl Iterator<Item = &'a [u8]>) -> bool {
    let (mut turkish, mut icelandic) = (0, 0);
    for byte in parts.flatten() {
        match byte {
            0xFE | 0xFD | 0xF0 | 0xDE | 0xDD | 0xD0 => turkish += 1,
            0xE1 | 0xED | 0xF3 | 0xFA => icelandic += 1,
            _ => {}
        }
    }
    turkish > icelandic
}

#[cfg(test)]
mod tests {
    use super::super::text_reader::TextReader;
    use super::*;
    use std::io::Read;

    fn text(bytes: &[u8]) -> String {
        let mut text = String::new();
        TextReader::new(bytes, Encoding::of(bytes), false).read_to_string(&mut text).expect("it reads");
        text
    }

    #[test]
    fn turkish_letters_are_told_from_icelandic_ones() {
        assert_eq!(text(b"Sipari\xfe Numaras\xfd,\xdcr\xfcn Ad\xfd,1\n"), "Sipariş Numarası,Ürün Adı,1\n");
        assert_eq!(text(b"p\xf6ntun,\xfe\xe1ttur,h\xfas,\xed \xe1r\n"), "pöntun,þáttur,hús,í ár\n");
    }

    #[test]
    fn what_stands_further_on_tells_the_encoding_too() {
        let first = b"Order;Date;City\n1;2026-01-05;Bath\n";
        assert_eq!(Encoding::of_parts(first, &[]), Encoding::Utf8);
        assert_eq!(Encoding::of_parts(first, &[b"2;2026-01-06;K\xf6ln\n"]), Encoding::Windows1252);
        assert_eq!(Encoding::of_parts(first, &[b"2;2026-01-06;I\xf0d\xfdr\n"]), Encoding::Windows1254);
        assert_eq!(Encoding::of_parts(first, &["ß;Köln\n".as_bytes().split_at(1).1]), Encoding::Utf8);
    }

    #[test]
    fn a_few_broken_letters_leave_a_file_in_utf_8() {
        let mut bytes = "Größe;1\n".repeat(200).into_bytes();
        bytes.extend_from_slice(b"Gr\xf6\xdfe;1\n");
        assert_eq!(Encoding::of(&bytes), Encoding::Utf8);
    }

    #[test]
    fn turkish_texts_of_shops_are_told_in_every_encoding_they_come_in() {
        let rows = "Sipariş No;Ürün Adı;Şehir\n1;Pamuklu gömlek, ağır dokuma;İstanbul\n2;Çay bardağı;Iğdır\n";
        let latin_5 = encoding_rs::WINDOWS_1254.encode(rows).0.into_owned();
        assert_eq!((Encoding::of(&latin_5), text(&latin_5).as_str()), (Encoding::Windows1254, rows));
        for encode in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = rows.encode_utf16().flat_map(encode).collect();
            assert_eq!(text(&bytes), rows);
        }
        for other in
            ["Fecha;Descripción\n1;camión pequeño, niñez y corazón\n", "Datum;Größe\n1;süß\n", "Date;Prix\n1;café à emporter, garçon, Noël\n"]
        {
            let bytes = encoding_rs::WINDOWS_1252.encode(other).0.into_owned();
            assert_eq!((Encoding::of(&bytes), text(&bytes).as_str()), (Encoding::Windows1252, other));
        }
    }

    #[test]
    fn a_letter_cut_by_the_end_of_the_sample_is_still_utf_8() {
        assert_eq!(Encoding::of(&"Größe".as_bytes()[..3]), Encoding::Utf8);
    }
}
