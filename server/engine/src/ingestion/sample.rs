//! Parts of a file from its beginning to its end, taken without reading all of it where that can be avoided.

use super::inspect::SAMPLE_BYTES;
use std::collections::VecDeque;
use std::io::{self, Read, Seek, SeekFrom};

/// How many bytes a part from within the file has.
const PART_BYTES: usize = 64 * 1024;
/// How many parts from within are taken.
const PARTS: u64 = 14;
/// And how many more of those with letters beyond ASCII.
const PARTS_WITH_LETTERS: usize = 4;

/// Parts of a file's (unpacked) bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// Its beginning.
    pub first: Vec<u8>,
    /// Parts from within, each from a multiple of four bytes on.
    pub within: Vec<Vec<u8>>,
    /// Its end, where that is not in the beginning.
    pub last: Option<Vec<u8>>,
    /// Whether the beginning is all of it.
    pub is_whole: bool,
}

impl Sample {
    /// Of a file in which one can jump.
    pub fn of_file(file: &mut (impl Read + Seek), bytes: u64) -> io::Result<Self> {
        file.seek(SeekFrom::Start(0))?;
        let first = up_to(file, SAMPLE_BYTES)?;
        let (taken, part) = (first.len() as u64, PART_BYTES as u64);
        if taken < SAMPLE_BYTES as u64 || bytes <= taken {
            return Ok(Self { first, is_whole: true, ..Self::default() });
        }
        let rest = bytes - taken;
        let (mut within, mut reached) = (Vec::new(), taken);
        for place in 1..=PARTS {
            let from = (taken + rest / (PARTS + 1) * place) & !3;
            if from >= reached && from + 2 * part <= bytes {
                file.seek(SeekFrom::Start(from))?;
                within.push(up_to(file, PART_BYTES)?);
                reached = from + part;
            }
        }
        let from = bytes.saturating_sub(part).max(taken) & !3;
        file.seek(SeekFrom::Start(from))?;
        Ok(Self { first, within, last: Some(up_to(file, 2 * PART_BYTES)?), is_whole: false })
    }

    /// Of a stream, which is read to its end.
    pub fn of_stream(stream: impl Read) -> io::Result<Self> {
        Self::of_long_stream(stream, u64::MAX)
    }

    /// Of a stream, of which no more than so many bytes are read; its end is not looked at where it is longer.
    pub fn of_long_stream(mut stream: impl Read, most_bytes: u64) -> io::Result<Self> {
        let first = up_to(&mut stream, SAMPLE_BYTES)?;
        if first.len() < SAMPLE_BYTES {
            return Ok(Self { first, is_whole: true, ..Self::default() });
        }
        let (mut within, mut last, mut number, mut every) = (Vec::new(), VecDeque::new(), 0_u64, 1_u64);
        // A few letters in a long file tell its encoding, wherever they stand.
        let mut with_letters = Vec::new();
        loop {
            let part = up_to(&mut stream, PART_BYTES)?;
            let is_end = part.len() < PART_BYTES;
            if !is_end && with_letters.len() < PARTS_WITH_LETTERS && !part.is_ascii() {
                with_letters.push((number, part.clone()));
            }
            if !is_end && number.is_multiple_of(every) {
                within.push((number, part.clone()));
            }
            if within.len() as u64 > PARTS * 2 {
                // Half of them, twice as far apart.
                within = within.into_iter().step_by(2).collect();
                every *= 2;
            }
            number += 1;
            last.push_back(part);
            if last.len() > 2 {
                last.pop_front();
            }
            let is_long = !is_end && SAMPLE_BYTES as u64 + number * PART_BYTES as u64 >= most_bytes;
            if is_end || is_long {
                within.extend(with_letters);
                within.sort_unstable_by_key(|(number, _)| *number);
                within.dedup_by_key(|(number, _)| *number);
                // What is at the end is not counted twice.
                let in_last = if is_long { u64::MAX } else { number - last.len() as u64 };
                let within = within.into_iter().filter(|(number, _)| *number < in_last).map(|(_, part)| part).collect();
                let last = (!is_long).then(|| last.into_iter().flatten().collect());
                return Ok(Self { first, within, last, is_whole: false });
            }
        }
    }
}

fn up_to(reader: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn bytes(count: usize) -> Vec<u8> {
        (0..count).map(|index| (index / 4 % 251) as u8).collect()
    }

    #[test]
    fn a_small_file_is_taken_whole() {
        let small = bytes(1_000);
        for sample in [Sample::of_file(&mut Cursor::new(&small), 1_000).expect("read"), Sample::of_stream(small.as_slice()).expect("read")] {
            assert!(sample.is_whole && sample.first == small && sample.within.is_empty() && sample.last.is_none());
        }
    }

    #[test]
    fn a_letter_far_behind_in_a_stream_is_seen() {
        let mut large = vec![b'a'; 40 << 20];
        large[33_333_333] = 0xFD;
        let sample = Sample::of_stream(large.as_slice()).expect("read");
        assert!(sample.within.iter().any(|part| part.contains(&0xFD)) && sample.last.is_some());
        let beginning = Sample::of_long_stream(large.as_slice(), 20 << 20).expect("read");
        assert!(!beginning.within.iter().any(|part| part.contains(&0xFD)) && beginning.last.is_none() && !beginning.is_whole);
    }

    #[test]
    fn a_large_file_is_looked_at_from_end_to_end_and_in_bounded_memory() {
        for size in [SAMPLE_BYTES, SAMPLE_BYTES + 1, SAMPLE_BYTES + 70_003, 9_000_001] {
            let large = bytes(size);
            let by_jumps = Sample::of_file(&mut Cursor::new(&large), size as u64).expect("read");
            let by_reading = Sample::of_stream(large.as_slice()).expect("read");
            assert!(large.ends_with(&by_reading.last.expect("an end")), "{size}");
            let last = by_jumps.last.unwrap_or_default();
            assert!(large.ends_with(&last) && (large.len() - last.len()).is_multiple_of(4), "{size}");
            assert!(by_reading.within.len() <= 32 && by_jumps.within.len() <= 14);
            if size > 9_000_000 {
                assert!(by_reading.within.len() >= 10 && by_jumps.within.len() == 14, "{} and {}", by_reading.within.len(), by_jumps.within.len());
            }
        }
    }
}
