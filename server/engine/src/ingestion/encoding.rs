//! In which encoding a file is written, and a reader that gives UTF-8.

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1254};
use std::io::Read;

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
            Self::Windows1252 => "Windows-1252 (Western European)",
            Self::Windows1254 => "Windows-1254 (Turkish)",
        }
    }

    /// The encoding of a file, by its first bytes.
    pub(super) fn of(sample: &[u8]) -> Self {
        match sample {
            [0xEF, 0xBB, 0xBF, ..] => Self::Utf8,
            [0xFF, 0xFE, ..] => Self::Utf16Le,
            [0xFE, 0xFF, ..] => Self::Utf16Be,
            _ => Self::without_mark(sample),
        }
    }

    fn without_mark(sample: &[u8]) -> Self {
        let nuls = |parity: usize| sample.iter().skip(parity).step_by(2).take(2_000).filter(|byte| **byte == 0).count();
        let pairs = (sample.len() / 2).clamp(1, 2_000);
        if nuls(1) * 10 > pairs * 4 && nuls(0) * 10 < pairs {
            return Self::Utf16Le;
        }
        if nuls(0) * 10 > pairs * 4 && nuls(1) * 10 < pairs {
            return Self::Utf16Be;
        }
        match std::str::from_utf8(sample) {
            Ok(_) => Self::Utf8,
            // The sample may end in the middle of a letter.
            Err(error) if error.error_len().is_none() => Self::Utf8,
            Err(_) if is_turkish(sample) => Self::Windows1254,
            Err(_) => Self::Windows1252,
        }
    }

    fn decoder(self) -> Option<Decoder> {
        match self {
            Self::Utf8 => None,
            Self::Utf16Le => Some(UTF_16LE.new_decoder_with_bom_removal()),
            Self::Utf16Be => Some(UTF_16BE.new_decoder_with_bom_removal()),
            Self::Windows1252 => Some(WINDOWS_1252.new_decoder_without_bom_handling()),
            Self::Windows1254 => Some(WINDOWS_1254.new_decoder_without_bom_handling()),
        }
    }
}

/// The two encodings differ in six letters: ş, ı, ğ and their capitals in Turkish stand where Icelandic has þ, ý, ð. Icelandic also writes
/// á, í, ó and ú, which Turkish does not.
fn is_turkish(sample: &[u8]) -> bool {
    let count = |letters: &[u8]| sample.iter().filter(|byte| letters.contains(byte)).count();
    count(&[0xFE, 0xFD, 0xF0, 0xDE, 0xDD, 0xD0]) > count(&[0xE1, 0xED, 0xF3, 0xFA])
}

const CHUNK_BYTES: usize = 64 * 1024;

/// Gives a file's bytes as UTF-8 without a byte order mark, line ends of old Macs as `\n`, and counts what it read.
pub(super) struct TextReader<R> {
    reader: R,
    decoder: Option<Decoder>,
    input: Vec<u8>,
    pending: (usize, usize),
    at_start: bool,
    at_end: bool,
    is_finished: bool,
    old_mac: bool,
    bytes_read: u64,
}

impl<R: Read> TextReader<R> {
    pub(super) fn new(reader: R, encoding: Encoding, old_mac: bool) -> Self {
        Self {
            reader,
            decoder: encoding.decoder(),
            input: Vec::new(),
            pending: (0, 0),
            at_start: true,
            at_end: false,
            is_finished: false,
            old_mac,
            bytes_read: 0,
        }
    }

    /// How many bytes of the file were read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    fn refill(&mut self) -> std::io::Result<()> {
        self.input.resize(CHUNK_BYTES, 0);
        let count = self.reader.read(&mut self.input)?;
        self.bytes_read += count as u64;
        self.at_end = count == 0;
        self.pending = (0, count);
        Ok(())
    }

    fn read_decoded(&mut self, output: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if self.pending.0 == self.pending.1 && !self.at_end {
                self.refill()?;
            }
            let Some(decoder) = self.decoder.as_mut().filter(|_| !self.is_finished) else { return Ok(0) };
            let input = &self.input[self.pending.0..self.pending.1];
            let (result, read, written, _) = decoder.decode_to_utf8(input, output, self.at_end);
            self.pending.0 += read;
            // A decoder that saw the end must not be asked again.
            self.is_finished = self.at_end && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
            if self.at_end || result == CoderResult::OutputFull {
                return Ok(0);
            }
        }
    }

    fn read_plain(&mut self, output: &mut [u8]) -> std::io::Result<usize> {
        if !self.at_start {
            let count = self.reader.read(output)?;
            self.bytes_read += count as u64;
            return Ok(count);
        }
        self.at_start = false;
        let mut filled = 0;
        while filled < output.len().min(3) {
            let count = self.reader.read(&mut output[filled..])?;
            self.bytes_read += count as u64;
            if count == 0 {
                break;
            }
            filled += count;
        }
        if output[..filled].starts_with(&[0xEF, 0xBB, 0xBF]) {
            output.copy_within(3..filled, 0);
            filled -= 3;
            // Zero would mean the end of the file.
            return if filled == 0 { self.read_plain(output) } else { Ok(filled) };
        }
        Ok(filled)
    }
}

impl<R: Read> Read for TextReader<R> {
    fn read(&mut self, output: &mut [u8]) -> std::io::Result<usize> {
        let count = if self.decoder.is_some() { self.read_decoded(output)? } else { self.read_plain(output)? };
        if self.old_mac {
            output[..count].iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        let mut text = String::new();
        TextReader::new(bytes, Encoding::of(bytes), false).read_to_string(&mut text).expect("it reads");
        text
    }

    #[test]
    fn every_encoding_becomes_the_same_text() {
        let utf16: Vec<u8> = "Größe,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text("Größe,1\n".as_bytes()), "Größe,1\n");
        assert_eq!(text("\u{feff}Größe,1\n".as_bytes()), "Größe,1\n");
        assert_eq!(text(b"Gr\xf6\xdfe,1\n"), "Größe,1\n");
        assert_eq!(text(&utf16), "Größe,1\n");
        assert_eq!(text(&[&[0xFF, 0xFE], utf16.as_slice()].concat()), "Größe,1\n");
    }

    #[test]
    fn turkish_letters_are_told_from_icelandic_ones() {
        assert_eq!(text(b"Sipari\xfe Numaras\xfd,\xdcr\xfcn Ad\xfd,1\n"), "Sipariş Numarası,Ürün Adı,1\n");
        assert_eq!(text(b"p\xf6ntun,\xfe\xe1ttur,h\xfas,\xed \xe1r\n"), "pöntun,þáttur,hús,í ár\n");
    }

    #[test]
    fn a_letter_cut_by_the_end_of_the_sample_is_still_utf_8() {
        assert_eq!(Encoding::of(&"Größe".as_bytes()[..3]), Encoding::Utf8);
    }
}
