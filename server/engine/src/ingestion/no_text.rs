//! Files that are no text at all, by their first bytes.

use super::problem::FileProblem;

/// What a file is that is no text, as a refusal.
pub(super) fn by_first_bytes(sample: &[u8]) -> Option<FileProblem> {
    const AGAIN: &str = "choose the file that your shop or till exported";
    const SAVE: &str = "open it, save it as CSV (“CSV UTF-8”) and bring that file";
    const UNPACK: &str = "unpack it and bring the CSV files in it";
    let has = |needle: &[u8]| memchr::memmem::find(&sample[..sample.len().min(4096)], needle).is_some();
    let starts = |magic: &[u8]| sample.starts_with(magic);
    let (what, advice) = match sample {
        _ if starts(b"\x89PNG") => ("a picture (PNG)", AGAIN),
        _ if starts(b"\xFF\xD8\xFF") => ("a picture (JPEG)", AGAIN),
        _ if starts(b"GIF8") => ("a picture (GIF)", AGAIN),
        _ if starts(b"RIFF") && has(b"WEBP") => ("a picture (WebP)", AGAIN),
        _ if starts(b"BM") && has(b"\0\0\0\0") => ("a picture (BMP)", AGAIN),
        _ if starts(b"%PDF") => ("a PDF document", AGAIN),
        _ if starts(b"PK\x03\x04") && (has(b"xl/") || has(b"[Content_Types].xml")) => ("an Excel workbook (.xlsx)", SAVE),
        _ if starts(b"PK\x03\x04") && has(b"opendocument.spreadsheet") => ("an OpenDocument spreadsheet (.ods)", SAVE),
        _ if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") => ("a ZIP archive", UNPACK),
        _ if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => ("an old Excel workbook (.xls)", SAVE),
        _ if starts(b"\x1F\x8B") => ("a compressed file inside a compressed file", UNPACK),
        _ if starts(b"7z\xBC\xAF\x27\x1C") || starts(b"Rar!") || starts(b"BZh") || starts(b"\xFD7zXZ") || starts(b"\x28\xB5\x2F\xFD") => {
            ("a compressed file of a kind that is not read here", UNPACK)
        }
        _ if starts(b"SQLite format 3") => ("a database (SQLite)", AGAIN),
        _ if starts(b"PAR1") => ("a Parquet file", AGAIN),
        _ if starts(b"\x7FELF") || starts(b"MZ\x90") => ("a program", AGAIN),
        _ => by_first_word(sample, AGAIN)?,
    };
    Some(FileProblem::NotText(what, advice))
}

fn by_first_word(sample: &[u8], advice: &'static str) -> Option<(&'static str, &'static str)> {
    let text = sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(sample).trim_ascii_start();
    let start = text[..text.len().min(16)].to_ascii_lowercase();
    match start.as_slice() {
        start if start.starts_with(b"<!doctype") || start.starts_with(b"<html") => Some(("a web page (HTML)", advice)),
        start if start.starts_with(b"<?xml") => Some(("an XML file", advice)),
        start if start.starts_with(b"{\"") || start.starts_with(b"[{") || start.starts_with(b"{\n") => Some(("a JSON file", advice)),
        _ => None,
    }
}
