//! A file's bytes, unpacked when it is gzip, with limits against bombs and a count of how far reading has come.

use super::kept;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What any file may unpack to.
const SMALLEST_LIMIT: u64 = 1 << 30;
/// How much more than the largest upload a packed one may be once unpacked.
const UPLOADS_UNPACKED: u64 = 4;
/// Beyond this, a file that unpacks more than [`HIGHEST_RATIO`]-fold is no sales file.
const RATIO_COUNTS_FROM: u64 = 256 << 20;
const HIGHEST_RATIO: u64 = 150;
const BUFFER: usize = 256 << 10;

/// What is known of a reading from outside, while it goes on and after.
#[derive(Default)]
pub(super) struct Reading {
    /// Bytes of the file itself, packed or not.
    taken: AtomicU64,
    fault: Mutex<Option<String>>,
}

impl Reading {
    /// Bytes taken from the file so far.
    pub(super) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Why the file could not be read to its end, if it could not.
    pub(super) fn fault(&self) -> Option<String> {
        self.fault.lock().expect("nobody panics while holding it").clone()
    }
}

/// A file's unpacked bytes.
pub(super) struct Unpacked {
    inner: Box<dyn Read + Send>,
    is_packed: bool,
    /// The bytes that a file which we packed came with.
    whole: Option<u64>,
    limit: u64,
    given: u64,
    reading: Arc<Reading>,
}

/// Opens a file; gzip is known by its first bytes, not by its name. What we packed ourselves is read as though it were not.
pub(super) fn open(path: &Path) -> io::Result<(Unpacked, Arc<Reading>)> {
    let (mut file, whole) = (File::open(path)?, kept::bytes_before(path)?);
    let mut magic = [0_u8; 2];
    let is_gzip = file.read(&mut magic)? == 2 && magic == [0x1f, 0x8b];
    file.seek(SeekFrom::Start(0))?;
    let reading = Arc::<Reading>::default();
    let counted = BufReader::with_capacity(BUFFER, Counted { file, reading: reading.clone() });
    let inner: Box<dyn Read + Send> = if is_gzip { Box::new(MultiGzDecoder::new(counted)) } else { Box::new(counted) };
    let (is_packed, limit) = (is_gzip && whole.is_none(), whole.unwrap_or_default().max(SMALLEST_LIMIT));
    Ok((Unpacked { inner, is_packed, whole, limit, given: 0, reading: reading.clone() }, reading))
}

impl Unpacked {
    /// Whether the file came as gzip.
    pub(super) fn is_packed(&self) -> bool {
        self.is_packed
    }

    /// The bytes that a file which we packed came with; `None` for one that lies as it came.
    pub(super) fn whole(&self) -> Option<u64> {
        self.whole
    }

    /// Lets a file unpack in proportion to what may be uploaded: its rows go to the same disk.
    pub(super) fn for_uploads_of(mut self, upload_max_bytes: u64) -> Self {
        self.limit = upload_max_bytes.saturating_mul(UPLOADS_UNPACKED).max(self.limit);
        self
    }

    fn refuse(&self, sentence: String) -> io::Error {
        *self.reading.fault.lock().expect("nobody panics while holding it") = Some(sentence.clone());
        io::Error::new(io::ErrorKind::InvalidData, sentence)
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match self.inner.read(buffer) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(_) if self.is_packed => {
                let sentence = "the gzip file is damaged or was cut off; compress it again and upload it once more";
                return Err(self.refuse(sentence.to_owned()));
            }
            Err(error) => return Err(self.refuse(format!("the stored file could not be read to its end ({error}); upload it once more"))),
        };
        self.given += count as u64;
        let is_bomb = self.given > RATIO_COUNTS_FROM && self.given / HIGHEST_RATIO > self.reading.taken();
        if self.is_packed && is_bomb {
            let size = shown(self.given);
            return Err(self.refuse(format!("the file unpacks to more than {size}, which no sales file does; upload it unpacked or in parts")));
        }
        if self.given > self.limit {
            let size = shown(self.limit);
            return Err(self.refuse(format!("the file is larger than {size} once it is unpacked, the most this server reads; split it by month")));
        }
        Ok(count)
    }
}

fn shown(bytes: u64) -> String {
    domain::format::bytes(i64::try_from(bytes).unwrap_or(i64::MAX))
}

struct Counted {
    file: File,
    reading: Arc<Reading>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.reading.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    }

    fn read(content: &[u8]) -> (io::Result<Vec<u8>>, Option<String>) {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(content).expect("written");
        let (mut unpacked, reading) = open(file.path()).expect("opened");
        let mut all = Vec::new();
        let outcome = unpacked.read_to_end(&mut all).map(|_| all);
        (outcome, reading.fault())
    }

    #[test]
    fn plain_and_packed_files_give_the_same_bytes() {
        assert_eq!(read(b"a,b\n1,2\n").0.expect("read"), b"a,b\n1,2\n");
        let two_members = [packed(b"a,b\n"), packed(b"1,2\n")].concat();
        assert_eq!(read(&two_members).0.expect("read"), b"a,b\n1,2\n");
    }

    #[test]
    fn a_cut_gzip_file_says_so() {
        let whole = packed(&b"some rows of a file\n".repeat(1000));
        let (outcome, fault) = read(&whole[..whole.len() / 2]);
        assert!(outcome.is_err());
        assert!(fault.is_some_and(|sentence| sentence.contains("gzip file is damaged")));
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = packed(&vec![b'a'; (RATIO_COUNTS_FROM + (1 << 20)) as usize]);
        assert!(read(&bomb).1.is_some_and(|sentence| sentence.contains("no sales file")));
    }

    #[test]
    fn what_a_file_may_unpack_to_follows_what_may_be_uploaded() {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(&packed(&b"some rows of a file\n".repeat(1_000))).expect("written");
        let opened = || open(file.path()).expect("opened");
        assert_eq!(opened().0.for_uploads_of(1 << 20).limit, 1 << 30);
        assert_eq!(opened().0.for_uploads_of(4 << 30).limit, 16 << 30);
        let (mut unpacked, reading) = opened();
        unpacked.limit = 19_999;
        assert!(unpacked.read_to_end(&mut Vec::new()).is_err());
        assert!(reading.fault().is_some_and(|sentence| sentence.contains("once it is unpacked")));
        let (mut unpacked, _) = opened();
        unpacked.limit = 20_000;
        assert_eq!(unpacked.read_to_end(&mut Vec::new()).expect("read"), 20_000);
    }
}
