//! A reader that gives a file's text as UTF-8.

use super::encoding::Encoding;
use encoding_rs::{CoderResult, Decoder};
use std::io::Read;

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
    /// Decoded bytes of a letter for which the caller had no room.
    carried: Carried,
}

/// A letter's bytes on their way out.
#[derive(Default)]
struct Carried {
    bytes: [u8; 16],
    from: usize,
    until: usize,
}

impl Carried {
    fn give(&mut self, output: &mut [u8]) -> usize {
        let count = output.len().min(self.until - self.from);
        output[..count].copy_from_slice(&self.bytes[self.from..self.from + count]);
        self.from += count;
        count
    }
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
            carried: Carried::default(),
        }
    }

    /// How many bytes of the file were read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    fn refill(&mut self) -> std::io::Result<()> {
        if self.input.is_empty() {
            self.input = vec![0; CHUNK_BYTES];
        }
        let count = self.reader.read(&mut self.input)?;
        self.bytes_read += count as u64;
        self.at_end = count == 0;
        self.pending = (0, count);
        Ok(())
    }

    fn read_decoded(&mut self, output: &mut [u8]) -> std::io::Result<usize> {
        if self.carried.from == self.carried.until && (1..Self::LETTER).contains(&output.len()) {
            // A caller with room for less than a letter gets it piece by piece: nothing written would mean the end of the file.
            let mut letters = [0; 16];
            let count = self.decode(&mut letters)?;
            self.carried = Carried { bytes: letters, from: 0, until: count };
        }
        match self.carried.give(output) {
            0 if output.len() >= Self::LETTER => self.decode(output),
            count => Ok(count),
        }
    }

    /// No letter takes more bytes.
    const LETTER: usize = 4;

    fn decode(&mut self, output: &mut [u8]) -> std::io::Result<usize> {
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
            if written > 0 || self.is_finished {
                return Ok(written);
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
    fn a_reader_with_little_room_gets_every_letter() {
        let latin: Vec<u8> = b"L\xf6ffel;1\n".repeat(60_000);
        let utf16: Vec<u8> = "Löffel €;1\n".repeat(60_000).encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, line) in [(latin, "Löffel;1\n"), (utf16, "Löffel €;1\n")] {
            let encoding = Encoding::of(&bytes);
            for room in [1, 2, 3, 5] {
                let (mut reader, mut all) = (TextReader::new(bytes.as_slice(), encoding, false), Vec::new());
                let mut piece = vec![0; room];
                while let Ok(count @ 1..) = reader.read(&mut piece) {
                    all.extend_from_slice(&piece[..count]);
                }
                assert!(all == line.repeat(60_000).into_bytes(), "{room} bytes at a time");
            }
            assert_eq!(text(&bytes).len(), line.len() * 60_000);
        }
    }
}
