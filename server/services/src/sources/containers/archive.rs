//! ZIP archives: the one sales file in it, or several of the same columns as one.

use super::convert::{Conversion, TableNotes, convert as convert_file, copy_bounded, first_bytes, remove, too_large};
use super::unconverted::{Unconverted, unreadable, unwritable};
use engine::ingestion::{Container, container_of};
use std::fmt::Display;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use zip::ZipArchive;
use zip::result::ZipError;

/// An archive of a shop has no more members.
const MOST_MEMBERS: usize = 10_000;
/// Members that may hold sales.
const ENDINGS: [&str; 13] = [".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".json", ".jsonl", ".ndjson", ".parquet"];
/// How many names a sentence gives.
const NAMED: usize = 5;

/// The members' names, when the file is an archive (a workbook is one, too).
pub(super) fn names_of(file: &mut File) -> Option<Vec<String>> {
    let archive = ZipArchive::new(BufReader::new(file)).ok()?;
    Some(archive.file_names().take(MOST_MEMBERS).filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect())
}

/// Whether a file is an archive and no workbook.
pub(super) fn is_plain_archive(file: &mut File, sample: &[u8]) -> bool {
    let members = names_of(file).unwrap_or_default();
    let is_archive = container_of(sample, &members) == Container::Zip;
    is_archive && file.rewind().is_ok()
}

/// Turns an archive's sales file or files into text.
pub(super) fn convert(input: File, conversion: &Conversion) -> Result<TableNotes, Unconverted> {
    let mut archive = ZipArchive::new(BufReader::new(input)).map_err(broken)?;
    let chosen = members(&mut archive, conversion.most_bytes)?;
    let (mut extracted, mut left) = (Extracted::default(), conversion.most_bytes);
    for (place, (index, _)) in chosen.iter().enumerate() {
        let member = archive.by_index(*index).map_err(broken)?;
        let path = conversion.beside(&format!("member-{place}"));
        extracted.0.push(path.clone());
        // All of them together, whatever the directory says of their sizes.
        left -= copy_bounded(member, &path, left)?;
        refuse_nested(&path, &chosen[place].1)?;
    }
    match extracted.0.as_slice() {
        [only] => {
            let mut notes = convert_file(&Conversion { input: only.clone(), ..conversion.clone() })?;
            notes.remarks.insert(0, format!("Read from “{}” in the archive.", chosen[0].1));
            Ok(notes)
        }
        several => joined(several, &chosen, conversion),
    }
}

/// Refuses a workbook whose parts are larger than can be taken apart, as its directory tells; no part is read beyond what is told of it. What is wrong
/// with it besides is the workbook's reader's to say.
pub(super) fn check_parts(input: &mut File, most_bytes: u64) -> Result<(), Unconverted> {
    let Ok(mut archive) = ZipArchive::new(BufReader::new(input)) else { return Ok(()) };
    if archive.len() > MOST_MEMBERS {
        return Err(refused("the workbook has more parts than any that a person made; save its sheet as CSV, and upload that"));
    }
    let is_read = |name: &str| [".xml", ".bin", ".rels"].iter().any(|ending| name.to_lowercase().ends_with(ending));
    let mut told = 0_u64;
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index_raw(index) else { continue };
        if part.name().is_ok_and(|name| is_read(&name)) {
            told = told.saturating_add(part.size());
        }
    }
    if told > most_bytes { Err(too_large(most_bytes)) } else { Ok(()) }
}

fn broken(error: ZipError) -> Unconverted {
    let sentence =
        |error: &dyn Display| format!("the archive is damaged or of a kind that is not read here ({error}); pack it again, or bring the files in it");
    match error {
        ZipError::Io(error) => unreadable(&error, |error| sentence(error)),
        error => Unconverted::Content(sentence(&error)),
    }
}

fn refused(sentence: impl Into<String>) -> Unconverted {
    Unconverted::Content(sentence.into())
}

/// Which members hold sales, by their place and name; checked against the archive's own directory before anything is unpacked.
fn members<R: Read + Seek>(archive: &mut ZipArchive<R>, most_bytes: u64) -> Result<Vec<(usize, String)>, Unconverted> {
    if archive.len() > MOST_MEMBERS {
        return Err(refused(format!("the archive holds more than {MOST_MEMBERS} files; bring the sales files alone")));
    }
    let (mut chosen, mut bytes, mut others) = (Vec::new(), 0_u64, Vec::new());
    for index in 0..archive.len() {
        let Ok(member) = archive.by_index_raw(index) else { continue };
        let Ok(full) = member.name().map(std::borrow::Cow::into_owned) else { continue };
        let name = full.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if member.is_dir() || name.starts_with('.') || full.starts_with("__MACOSX/") {
            continue;
        }
        if member.encrypted() {
            return Err(refused("the archive is protected by a password; pack it without one and upload it again"));
        }
        let lower = name.to_lowercase();
        if [".zip", ".gz", ".7z", ".rar"].iter().any(|ending| lower.ends_with(ending)) {
            return Err(refused(format!("the archive holds another archive (“{name}”); unpack it and bring the files in it")));
        }
        if ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
            bytes = bytes.saturating_add(member.size());
            chosen.push((index, name));
        } else {
            others.push(name);
        }
    }
    if bytes > most_bytes {
        return Err(too_large(most_bytes));
    }
    if chosen.is_empty() {
        return Err(refused(format!("the archive holds no sales file (CSV, Excel, ODS, JSON or Parquet){}", list(&others))));
    }
    Ok(chosen)
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "; it is empty".to_owned();
    }
    format!("; it holds {}", names.iter().take(NAMED).map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", "))
}

fn refuse_nested(path: &Path, name: &str) -> Result<(), Unconverted> {
    let mut file = File::open(path).map_err(|error| unwritable(&error))?;
    let sample = first_bytes(&mut file)?;
    if sample.starts_with(b"\x1F\x8B") || is_plain_archive(&mut file, &sample) {
        return Err(refused(format!("the archive holds another archive (“{name}”); unpack it and bring the files in it")));
    }
    Ok(())
}

/// Several text files with the same first line become one.
fn joined(paths: &[PathBuf], chosen: &[(usize, String)], conversion: &Conversion) -> Result<TableNotes, Unconverted> {
    let mut out = BufWriter::new(File::create(&conversion.output).map_err(|error| unwritable(&error))?);
    let mut header: Option<Vec<u8>> = None;
    for (path, (_, name)) in paths.iter().zip(chosen) {
        let mut reader = BufReader::new(File::open(path).map_err(|error| unwritable(&error))?);
        let mut first = Vec::new();
        reader.by_ref().take(1 << 20).read_until(b'\n', &mut first).map_err(|error| unwritable(&error))?;
        let first = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&first).trim_ascii_end().to_vec();
        match &header {
            None => {
                out.write_all(&first).and_then(|()| out.write_all(b"\n")).map_err(|error| unwritable(&error))?;
                header = Some(first);
            }
            Some(header) if *header == first => {}
            Some(_) => return Err(refused(differing(name, &chosen[0].1, chosen.len()))),
        }
        std::io::copy(&mut reader, &mut out).map_err(|error| unwritable(&error))?;
        // A file may end without a line's end; an empty line is no row.
        out.write_all(b"\n").map_err(|error| unwritable(&error))?;
    }
    out.flush().map_err(|error| unwritable(&error))?;
    let names = chosen.iter().take(NAMED).map(|(_, name)| format!("“{name}”")).collect::<Vec<_>>().join(", ");
    let more = if chosen.len() > NAMED { format!(" and {} more", chosen.len() - NAMED) } else { String::new() };
    Ok(TableNotes {
        remarks: vec![format!("Read {} files of the archive with the same columns: {names}{more}.", chosen.len())],
        ..TableNotes::default()
    })
}

fn differing(name: &str, first: &str, count: usize) -> String {
    format!("the archive holds {count} files whose columns differ (“{name}” is unlike “{first}”); bring them one by one")
}

/// Members on disk; removed when dropped.
#[derive(Default)]
struct Extracted(Vec<PathBuf>);

impl Drop for Extracted {
    fn drop(&mut self) {
        self.0.iter().for_each(|path| remove(path));
    }
}
