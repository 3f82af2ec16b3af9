//! Parquet files: each plain type as text that the readers of cells understand, and refusals in words.

use arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int64Array, ListArray, RecordBatch,
    StringArray, TimestampMicrosecondArray, TimestampNanosecondArray,
};
use arrow::datatypes::{Int32Type, Int64Type};
use engine::ingestion::{Container, FileProblem, container_of, inspect, recognise, write_parquet};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::io::{Seek, Write};
use std::sync::Arc;

const MOST_BYTES: u64 = 1 << 30;

fn parquet_of(batch: &RecordBatch, compression: Compression) -> Vec<u8> {
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).expect("the types are Parquet's, too");
    writer.write(batch).expect("memory takes it");
    writer.into_inner().expect("memory takes it")
}

fn text_of(bytes: &[u8], most_bytes: u64) -> Result<String, FileProblem> {
    assert_eq!(container_of(bytes, &[]), Container::Parquet);
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).and_then(|()| file.rewind()).expect("it is written");
    let mut text = Vec::new();
    write_parquet(file, most_bytes, &mut text)?;
    Ok(String::from_utf8(text).expect("it is text"))
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).expect("columns of one length")
}

/// Orders of two rows with a column of every plain type.
fn orders() -> RecordBatch {
    let instant = 1_767_605_400_000_000; // 2026-01-05T09:30:00Z
    let sku: DictionaryArray<Int32Type> = ["007", "B,1"].into_iter().collect();
    batch(vec![
        ("Order ID", Arc::new(Int64Array::from(vec![123_456_789_012_345_678, 2]))),
        ("Order Date", Arc::new(TimestampMicrosecondArray::from(vec![Some(instant), None]).with_timezone("Europe/Istanbul"))),
        ("Local Time", Arc::new(TimestampNanosecondArray::from(vec![Some(instant * 1000), Some(1_500_000_000)]))),
        ("Day", Arc::new(Date32Array::from(vec![Some(20_458), None]))),
        ("SKU", Arc::new(sku)),
        ("Title", Arc::new(StringArray::from(vec![Some("say \"tea\"\nfor two"), None]))),
        ("Old Text", Arc::new(BinaryArray::from(vec!["Löffel".as_bytes(), b""]))),
        ("Price", Arc::new(Decimal128Array::from(vec![Some(-250), Some(1_850_000)]).with_precision_and_scale(12, 2).expect("it fits"))),
        ("Quantity", Arc::new(Float64Array::from(vec![Some(0.1 + 0.2), Some(f64::NAN)]))),
        ("Gift", Arc::new(BooleanArray::from(vec![Some(true), None]))),
    ])
}

#[test]
fn every_plain_type_is_text_that_the_readers_understand() {
    let expected = "Order ID,Order Date,Local Time,Day,SKU,Title,Old Text,Price,Quantity,Gift\n\
        123456789012345678,2026-01-05T09:30:00Z,2026-01-05 09:30:00,2026-01-05,007,\"say \"\"tea\"\"\nfor two\",Löffel,-2.50,0.3,true\n\
        2,,1970-01-01 00:00:01.500,,\"B,1\",,,18500.00,,\n";
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(ZstdLevel::default()), Compression::LZ4_RAW] {
        assert_eq!(text_of(&parquet_of(&orders(), compression), MOST_BYTES).as_deref(), Ok(expected), "{compression}");
    }
    let inspection = inspect(expected.as_bytes()).expect("a table");
    let recognition = recognise(&inspection.headers);
    assert_eq!((recognition.missing, inspection.rows.len()), (Vec::<String>::new(), 2));
}

#[test]
fn files_with_lists_in_their_cells_are_refused_with_the_columns_name() {
    let lists = ListArray::from_iter_primitive::<Int64Type, _, _>(vec![Some(vec![Some(1), Some(2)])]);
    let nested = batch(vec![("Order ID", Arc::new(Int64Array::from(vec![1]))), ("Line items", Arc::new(lists))]);
    let problem = text_of(&parquet_of(&nested, Compression::SNAPPY), MOST_BYTES).expect_err("it is nested");
    assert_eq!(problem, FileProblem::NestedColumn("Line items".to_owned()));
    assert!(problem.to_string().contains("“Line items” holds lists"), "{problem}");
}

#[test]
fn what_would_unpack_to_too_much_is_refused_by_its_directory() {
    let many =
        batch(vec![("a", Arc::new(StringArray::from(vec!["x".repeat(100_000); 20])) as ArrayRef), ("b", Arc::new(Int64Array::from(vec![1; 20])))]);
    let properties = WriterProperties::builder().set_dictionary_enabled(false).set_compression(Compression::ZSTD(ZstdLevel::default()));
    let mut writer = ArrowWriter::try_new(Vec::new(), many.schema(), Some(properties.build())).expect("plain types");
    writer.write(&many).expect("memory takes it");
    let bytes = writer.into_inner().expect("memory takes it");
    assert!(bytes.len() < 20_000, "{} bytes", bytes.len());
    assert_eq!(text_of(&bytes, 1_000_000), Err(FileProblem::TooManyCells));
    assert!(text_of(&bytes, 10_000_000).is_ok());
}

#[test]
fn damaged_files_are_refused_with_a_sentence_wherever_they_are_damaged() {
    let whole = parquet_of(&orders(), Compression::SNAPPY);
    let expected = text_of(&whole, MOST_BYTES).expect("it is whole");
    let (mut refused, mut changed) = (0, 0);
    for place in 4..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x55;
        match text_of(&damaged, MOST_BYTES) {
            Ok(text) => {
                assert!(text.len() < 100_000, "{place}");
                changed += usize::from(text != expected);
            }
            Err(problem) => {
                assert!(matches!(problem, FileProblem::Parquet(_) | FileProblem::TooManyCells | FileProblem::NestedColumn(_)), "{place}: {problem}");
                assert!(problem.to_string().len() < 600);
                refused += 1;
            }
        }
    }
    assert!(refused > 500 && changed > 0, "{refused} of {} were refused, {changed} were other rows", whole.len());
    for length in [4, 8, 12, whole.len() / 2, whole.len() - 1] {
        assert!(matches!(text_of(&whole[..length], MOST_BYTES), Err(FileProblem::Parquet(_))), "{length}");
    }
}
