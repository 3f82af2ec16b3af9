//! Stored files that lie compressed: packed by us once nobody looks at them daily, and read as they came.

use crate::sources::unpack::Unpacked;
use engine::ingestion::{Container, container_of};
use flate2::{Compression, GzBuilder};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const FIRST_BYTES: u64 = 4096;
const BLOCK_BYTES: usize = 256 << 10;
/// gzip's fixed header, the length of its extra field, and in that field our two letters with the length of what follows.
const FIELD_AT: usize = 12;
const FIELD: [u8; 4] = [b'T', b'P', 8, 0];
const HEADER_BYTES: usize = FIELD_AT + FIELD.len() + size_of::<u64>();

/// Where a stored file lies once it is packed. Only we give this ending: what people bring ends otherwise, packed or not.
pub(in crate::sources) fn packed_path(stored: &Path) -> PathBuf {
    stored.with_extension("gz")
}

fn is_packed_here(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "gz")
}

/// Whether compressing a file makes it smaller: text and JSON, and not what is compressed already.
pub(super) fn is_worth_packing(path: &Path) -> io::Result<bool> {
    let mut sample = Vec::new();
    File::open(path)?.take(FIRST_BYTES).read_to_end(&mut sample)?;
    Ok(matches!(container_of(&sample, &[]), Container::Text | Container::Json))
}

/// Packs a file, block by block. The header says how many bytes it came with, in a field that other programs pass over.
pub(super) fn pack(from: &Path, to: &Path, is_wanted: impl Fn() -> bool) -> io::Result<()> {
    let mut input = File::open(from)?;
    let bytes = input.metadata()?.len();
    let field = [&FIELD[..], &bytes.to_le_bytes()].concat();
    let mut packed = GzBuilder::new().extra(field).write(BufWriter::new(File::create(to)?), Compression::default());
    let (mut block, mut taken) = (vec![0; BLOCK_BYTES], 0);
    loop {
        if !is_wanted() {
            return Err(io::Error::other("told to stop"));
        }
        match input.read(&mut block)? {
            0 if taken == bytes => break,
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => {
                packed.write_all(&block[..count])?;
                taken += count as u64;
            }
        }
    }
    packed.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// The bytes that a file packed by us came with; `None` for one that lies as it came.
pub(in crate::sources) fn bytes_before(path: &Path) -> io::Result<Option<u64>> {
    if !is_packed_here(path) {
        return Ok(None);
    }
    let mut header = [0; HEADER_BYTES];
    File::open(path)?.read_exact(&mut header)?;
    let (front, bytes) = header.split_at(HEADER_BYTES - size_of::<u64>());
    match bytes.try_into() {
        Ok(bytes) if front.ends_with(&FIELD) => Ok(Some(u64::from_le_bytes(bytes))),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, "a packed file without its length")),
    }
}

/// A packed file as one that can be passed over forwards, so that the same parts of it are looked at as when it lay as it came.
pub(in crate::sources) struct Ahead {
    unpacked: Unpacked,
    at: u64,
}

impl Ahead {
    pub(in crate::sources) fn of(unpacked: Unpacked) -> Self {
        Self { unpacked, at: 0 }
    }
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Ahead {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Start(place) if place >= self.at => {
                let between = place - self.at;
                io::copy(&mut self.by_ref().take(between), &mut io::sink())?;
                Ok(self.at)
            }
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::unpack;
    use engine::ingestion::Sample;

    #[test]
    fn a_packed_file_reads_as_it_came_and_shows_the_same_parts() {
        let folder = tempfile::tempdir().expect("a folder");
        let (plain, packed) = (folder.path().join("1.upload"), folder.path().join("1.gz"));
        // Rows with numbers, then so many equal ones that what a person packed so well would be taken for a bomb.
        let mut text: String = (0..200_000).map(|row| format!("{row},{},a\n", row * 7)).collect();
        text.push_str(&"0,0,equal\n".repeat(300_000));
        std::fs::write(&plain, &text).expect("written");
        assert!(is_worth_packing(&plain).expect("looked at"));
        pack(&plain, &packed, || true).expect("packed");
        assert_eq!(packed_path(&plain), packed);
        assert_eq!(bytes_before(&packed).expect("read"), Some(text.len() as u64));
        assert_eq!(bytes_before(&plain).expect("read"), None);
        assert!(std::fs::metadata(&packed).expect("there").len() * 2 < text.len() as u64);

        let (mut unpacked, reading) = unpack::open(&packed).expect("opened");
        assert!(!unpacked.is_packed(), "the person's file was not: no ratio is too high for it");
        let mut all = String::new();
        unpacked.read_to_string(&mut all).expect("read");
        assert!(all == text && reading.fault().is_none());

        let mut file = File::open(&plain).expect("opened");
        let of_plain = Sample::of_file(&mut file, text.len() as u64).expect("looked at");
        let of_packed = Sample::of_file(&mut Ahead::of(unpack::open(&packed).expect("opened").0), text.len() as u64).expect("looked at");
        assert!(of_plain == of_packed, "what is recognised hangs on these parts");
    }

    #[test]
    fn what_is_compressed_is_left_alone_and_packing_stops_when_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("1.upload");
        for (first, is_worth) in
            [(&b"\x1f\x8b\x08\x00"[..], false), (b"PAR1", false), (b"PK\x03\x04", false), (b"a,b\n1,2\n", true), (b"{\"id\":1}\n", true)]
        {
            std::fs::write(&path, first).expect("written");
            assert_eq!(is_worth_packing(&path).expect("looked at"), is_worth, "{first:?}");
        }
        assert!(pack(&path, &folder.path().join("1.gz"), || false).is_err());
    }
}
