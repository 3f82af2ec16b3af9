//! What holds the rows, by a file's first bytes.

use serde::{Deserialize, Serialize};

/// What holds the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Container {
    /// Delimited text, or something that is refused as such.
    Text,
    /// XLSX.
    Xlsx,
    /// XLSB.
    Xlsb,
    /// XLS.
    Xls,
    /// ODS.
    Ods,
    /// A ZIP archive of files.
    Zip,
    /// A JSON document or JSON lines.
    Json,
    /// A Parquet file.
    Parquet,
    /// Compressed by gzip.
    Gzip,
}

impl Container {
    /// Whether it is a workbook with sheets.
    pub fn is_workbook(self) -> bool {
        matches!(self, Self::Xlsx | Self::Xlsb | Self::Xls | Self::Ods)
    }
}

/// What a file is, by its first bytes and, of a ZIP archive, its members' names.
pub fn container_of(sample: &[u8], members: &[String]) -> Container {
    let has = |name: &str| members.iter().any(|member| member.eq_ignore_ascii_case(name));
    let text = sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(sample).trim_ascii_start();
    match sample {
        _ if sample.starts_with(b"\x1F\x8B") => Container::Gzip,
        _ if sample.starts_with(b"PAR1") => Container::Parquet,
        _ if sample.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => Container::Xls,
        // BIFF 2 to 4 stand alone, without the compound document around them.
        _ if sample.starts_with(b"\x09\x08\x10\x00") || sample.starts_with(b"\x09\x04\x06\x00") => Container::Xls,
        _ if sample.starts_with(b"PK") && has("xl/workbook.bin") => Container::Xlsb,
        _ if sample.starts_with(b"PK") && members.iter().any(|member| member.to_lowercase().starts_with("xl/")) => Container::Xlsx,
        _ if sample.starts_with(b"PK") && has("content.xml") && has("mimetype") => Container::Ods,
        _ if sample.starts_with(b"PK\x03\x04") || sample.starts_with(b"PK\x05\x06") => Container::Zip,
        _ if is_json(text) => Container::Json,
        _ => Container::Text,
    }
}

/// A brace or bracket, then what JSON may have there; a header such as `[id],[name]` is none.
fn is_json(text: &[u8]) -> bool {
    let after = |text: &[u8]| text.get(1..).map(<[u8]>::trim_ascii_start).and_then(|rest| rest.first().copied());
    match text.first() {
        Some(b'{') => matches!(after(text), Some(b'"' | b'}')),
        Some(b'[') => matches!(after(text), Some(b'{')) || text.trim_ascii() == b"[]",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_and_members_tell_what_holds_the_rows() {
        let members = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(container_of(b"PK\x03\x04", &members(&["[Content_Types].xml", "xl/workbook.xml"])), Container::Xlsx);
        assert_eq!(container_of(b"PK\x03\x04", &members(&["xl/workbook.bin"])), Container::Xlsb);
        assert_eq!(container_of(b"PK\x03\x04", &members(&["mimetype", "content.xml"])), Container::Ods);
        assert_eq!(container_of(b"PK\x03\x04", &members(&["may.csv"])), Container::Zip);
        assert_eq!(container_of(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &[]), Container::Xls);
        assert_eq!(container_of(b" [ {\"a\": 1}]", &[]), Container::Json);
        assert_eq!(container_of(b"{\"a\": 1}\n{\"a\": 2}", &[]), Container::Json);
        assert_eq!(container_of(b"[id],[name]\n1,2", &[]), Container::Text);
        assert_eq!(container_of(b"{a},{b}\n1,2", &[]), Container::Text);
        assert_eq!(container_of(b"PAR1\x15\x04", &[]), Container::Parquet);
        assert_eq!(container_of(b"", &[]), Container::Text);
    }
}
