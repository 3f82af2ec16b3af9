//! One file in, delimited text out.

use super::archive;
use super::unconverted::{Unconverted, unreadable, unwritable};
use engine::ingestion::{Container, JsonShape, container_of, write_json, write_parquet, write_workbook};
use flate2::read::MultiGzDecoder;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const FIRST_BYTES: usize = 4096;
const BLOCK_BYTES: usize = 128 << 10;

/// A workbook is taken apart in memory: the largest sheet that there is, with twenty columns, has less text.
const MOST_WORKBOOK_BYTES: u64 = 1 << 30;

/// What is turned into text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// The file as it was uploaded.
    pub input: PathBuf,
    /// Where its rows go; files beside it begin with its name.
    pub output: PathBuf,
    /// The sheet that a person chose.
    pub sheet: Option<String>,
    /// What anything may unpack to.
    pub most_bytes: u64,
}

impl Conversion {
    /// A file beside the work that is this conversion's own: its name begins with the output's.
    pub(super) fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.output.clone().into_os_string();
        name.push(".");
        name.push(ending);
        name.into()
    }
}

/// What was read of a file, to be told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableNotes {
    /// A workbook's visible sheets.
    pub sheets: Vec<String>,
    /// The one that was read.
    pub sheet: Option<String>,
    /// What a person should know, a sentence each.
    pub remarks: Vec<String>,
}

/// Turns a file into text.
pub fn convert(conversion: &Conversion) -> Result<TableNotes, Unconverted> {
    let mut input = File::open(&conversion.input).map_err(|error| unwritable(&error))?;
    let sample = first_bytes(&mut input)?;
    let members = archive::names_of(&mut input).unwrap_or_default();
    rewind(&mut input)?;
    match container_of(&sample, &members) {
        container if container.is_workbook() => workbook(container, input, conversion),
        Container::Zip => archive::convert(input, conversion),
        Container::Gzip => unpacked(input, conversion),
        Container::Json => json(input, conversion),
        Container::Parquet => parquet(input, conversion),
        _ => copied(input, conversion),
    }
}

fn workbook(container: Container, mut input: File, conversion: &Conversion) -> Result<TableNotes, Unconverted> {
    archive::check_parts(&mut input, conversion.most_bytes.min(MOST_WORKBOOK_BYTES))?;
    rewind(&mut input)?;
    let out = writer(conversion)?;
    let notes = write_workbook(container, BufReader::new(input), conversion.sheet.as_deref(), out)?;
    let others: Vec<&str> = notes.sheets.iter().filter(|sheet| **sheet != notes.sheet).map(String::as_str).collect();
    let remark = if others.is_empty() {
        format!("Read from the sheet “{}”.", notes.sheet)
    } else {
        format!("Read from the sheet “{}”; the workbook also has {}.", notes.sheet, others.join(", "))
    };
    Ok(TableNotes { sheets: notes.sheets, sheet: Some(notes.sheet), remarks: vec![remark] })
}

fn json(mut input: File, conversion: &Conversion) -> Result<TableNotes, Unconverted> {
    let shape = JsonShape::read(&mut input)?;
    rewind(&mut input)?;
    write_json(input, &shape, writer(conversion)?)?;
    Ok(TableNotes { remarks: vec!["Read from JSON: nested values have names with points in them.".to_owned()], ..TableNotes::default() })
}

fn parquet(input: File, conversion: &Conversion) -> Result<TableNotes, Unconverted> {
    write_parquet(input, conversion.most_bytes, writer(conversion)?)?;
    Ok(TableNotes { remarks: vec!["Read from a Parquet file, each column by its own type.".to_owned()], ..TableNotes::default() })
}

/// What gzip held: text as it is, or a workbook or JSON.
fn unpacked(input: File, conversion: &Conversion) -> Result<TableNotes, Unconverted> {
    let beside = conversion.beside("unpacked");
    let outcome = copy_bounded(MultiGzDecoder::new(BufReader::new(input)), &beside, conversion.most_bytes).and_then(|_| {
        let mut file = File::open(&beside).map_err(|error| unwritable(&error))?;
        let sample = first_bytes(&mut file)?;
        if sample.starts_with(b"\x1F\x8B") || archive::is_plain_archive(&mut file, &sample) {
            let sentence = "the file is a compressed file inside a compressed file; unpack it once and bring what is in it";
            return Err(Unconverted::Content(sentence.to_owned()));
        }
        convert(&Conversion { input: beside.clone(), ..conversion.clone() })
    });
    remove(&beside);
    outcome
}

fn copied(input: File, conversion: &Conversion) -> Result<TableNotes, Unconverted> {
    copy_bounded(input, &conversion.output, conversion.most_bytes).map(|_| TableNotes::default())
}

/// Copies what is read, and refuses what does not end; answers how many bytes it was.
pub(super) fn copy_bounded(reader: impl Read, to: &Path, most: u64) -> Result<u64, Unconverted> {
    let mut out = File::create(to).map_err(|error| unwritable(&error))?;
    let (mut reader, mut block, mut count) = (reader.take(most + 1), vec![0; BLOCK_BYTES], 0_u64);
    loop {
        let read = match reader.read(&mut block) {
            Ok(0) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            outcome => outcome.map_err(|error| {
                unreadable(&error, |error| format!("the file is damaged or was cut off ({error}); compress it again and upload it once more"))
            })?,
        };
        count += read as u64;
        if count > most {
            return Err(too_large(most));
        }
        out.write_all(&block[..read]).map_err(|error| unwritable(&error))?;
    }
    Ok(count)
}

/// The sentence for what unpacks to more than is read.
pub(super) fn too_large(most: u64) -> Unconverted {
    let size = domain::format::bytes(i64::try_from(most).unwrap_or(i64::MAX));
    Unconverted::Content(format!("the file unpacks to more than {size}, the most this server reads; bring it in parts"))
}

pub(super) fn first_bytes(file: &mut File) -> Result<Vec<u8>, Unconverted> {
    let mut sample = Vec::new();
    rewind(file)?;
    file.take(FIRST_BYTES as u64).read_to_end(&mut sample).map_err(|error| unwritable(&error))?;
    rewind(file)?;
    Ok(sample)
}

fn rewind(file: &mut File) -> Result<(), Unconverted> {
    file.seek(SeekFrom::Start(0)).map(|_| ()).map_err(|error| unwritable(&error))
}

fn writer(conversion: &Conversion) -> Result<BufWriter<Bounded>, Unconverted> {
    let bounded = |file| BufWriter::new(Bounded { file, left: conversion.most_bytes });
    File::create(&conversion.output).map(bounded).map_err(|error| unwritable(&error))
}

/// A file that takes no more than it may.
struct Bounded {
    file: File,
    left: u64,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        self.file.write_all(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// What was beside the work is not needed any more; what cannot be removed now the clean-up removes.
pub(super) fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path) {
        tracing::debug!(error = %error, "a file beside a conversion was not removed; the clean-up will");
    }
}
