//! Lines of a file too large for memory, spread over files by their order's number: an order's lines lie in one partition, in file order.

use super::book::{Amounts, Stated, former_number};
use super::book::{OrderBook, Refused, SalesLine};
use super::process_upload::Stop;
use crate::jobs::JobError;
use domain::{Currency, Day};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// Before each record stands its length.
const LENGTH_BYTES: u64 = 4;
const BUFFER: usize = 64 << 10;
/// The most that one partition may hold: it is grouped in memory, and takes about three times as much there.
const MOST_PARTITION_BYTES: u64 = 192 << 20;

/// A folder of partitions; removed when dropped.
pub(super) struct Spool {
    folder: PathBuf,
    partitions: Vec<Partition>,
    most_bytes: u64,
    record: Vec<u8>,
}

struct Partition {
    file: BufWriter<File>,
    bytes: u64,
}

impl Drop for Spool {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::debug!(error = %error, "a spool could not be removed; the clean-up will");
        }
    }
}

impl Spool {
    /// An empty spool in a folder that nothing else uses.
    pub(super) fn create(folder: &Path, partitions: usize) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let folder = folder.to_owned();
        let open = |index| Ok(Partition { file: BufWriter::with_capacity(BUFFER, File::create(partition_path(&folder, index))?), bytes: 0 });
        let partitions = (0..partitions).map(open).collect::<io::Result<_>>()?;
        Ok(Self { partitions, folder, most_bytes: MOST_PARTITION_BYTES, record: Vec::with_capacity(512) })
    }

    /// Puts a line into its order's partition.
    pub(super) fn add(&mut self, line: &SalesLine<'_>) -> Result<(), Stop> {
        let whole = former_number(line.order_number, line.day, line.stated.is_aggregate).unwrap_or(line.order_number);
        let hash = xxh3_64(whole.as_bytes());
        let index = (hash % self.partitions.len() as u64) as usize;
        self.record.clear();
        encode(&mut self.record, line);
        let partition = &mut self.partitions[index];
        partition.bytes += LENGTH_BYTES + self.record.len() as u64;
        if partition.bytes > self.most_bytes {
            return Err(too_full(line).into());
        }
        partition.write(&self.record).map_err(|error| JobError::retry(error).into())
    }

    /// Writes out what is buffered.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.partitions.iter_mut().try_for_each(|partition| partition.file.flush())
    }

    /// How many partitions there are.
    pub(super) fn len(&self) -> usize {
        self.partitions.len()
    }

    /// The orders of one partition.
    pub(super) fn book(&self, partition: usize) -> Result<OrderBook, Stop> {
        let file = File::open(partition_path(&self.folder, partition)).map_err(JobError::retry)?;
        let mut file = BufReader::with_capacity(BUFFER, file);
        let (mut book, mut record) = (OrderBook::default(), Vec::new());
        while let Some(length) = next_length(&mut file).map_err(JobError::retry)? {
            record.resize(length, 0);
            file.read_exact(&mut record).map_err(JobError::retry)?;
            let line = decode(&record).ok_or_else(|| JobError::retry(io::Error::other("a spooled record does not read back")))?;
            book.add(&line)?;
        }
        Ok(book)
    }
}

impl Partition {
    fn write(&mut self, record: &[u8]) -> io::Result<()> {
        let length = u32::try_from(record.len()).map_err(io::Error::other)?;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(record)
    }
}

fn too_full(line: &SalesLine<'_>) -> Refused {
    let number = line.order_number;
    Refused(format!(
        "too many rows share one order number, such as “{number}”, to be read together; check which column is mapped as order number, or split the file by month"
    ))
}

fn partition_path(folder: &Path, index: usize) -> PathBuf {
    folder.join(format!("{index}.lines"))
}

/// The length of the record that follows; `None` only where the partition ends between two records.
fn next_length(file: &mut impl BufRead) -> io::Result<Option<usize>> {
    if file.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let mut length = [0_u8; 4];
    file.read_exact(&mut length)?;
    Ok(Some(u32::from_le_bytes(length) as usize))
}

/// Appends a line as bytes.
pub(super) fn encode(record: &mut Vec<u8>, line: &SalesLine<'_>) {
    for number in [line.occurred_at, line.quantity_milli, line.amount_minor] {
        record.extend(number.to_le_bytes());
    }
    record.extend(line.row_line.to_le_bytes());
    record.extend(line.day.0.to_le_bytes());
    record.push(line.hour);
    for number in [line.unit_price_minor, line.discount_minor, line.stated_total_minor] {
        record.push(u8::from(number.is_some()));
        record.extend(number.unwrap_or_default().to_le_bytes());
    }
    record.extend(line.currency.code().as_bytes());
    record.extend(line.country.unwrap_or_default());
    encode_stated(record, &line.stated);
    for text in [line.order_number, line.sku, line.title, line.city, line.customer_id, line.customer_email, line.customer_name] {
        record.extend((text.len() as u32).to_le_bytes());
        record.extend(text.as_bytes());
    }
}

fn encode_stated(record: &mut Vec<u8>, stated: &Stated<'_>) {
    record.push(u8::from(!stated.is_empty()));
    if stated.is_empty() {
        return;
    }
    for number in stated.amounts.array() {
        record.push(u8::from(number.is_some()));
        record.extend(number.unwrap_or_default().to_le_bytes());
    }
    let Stated { is_test, is_aggregate, is_cancelled, is_returned, adds_up, discount_is_part, .. } = *stated;
    record.extend([is_test, is_aggregate, is_cancelled, is_returned, adds_up, discount_is_part].map(u8::from));
    for text in [stated.discount_code, stated.payment_method, stated.store, stated.refund_of] {
        record.extend((text.len() as u32).to_le_bytes());
        record.extend(text.as_bytes());
    }
}

/// Reads a record from its front.
struct Record<'a>(&'a [u8]);

impl<'a> Record<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(front)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    fn number(&mut self) -> Option<i64> {
        self.array().map(i64::from_le_bytes)
    }

    fn optional_number(&mut self) -> Option<Option<i64>> {
        let is_there = self.array::<1>()? == [1];
        self.number().map(|number| is_there.then_some(number))
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = u32::from_le_bytes(self.array()?) as usize;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    fn stated(&mut self) -> Option<Stated<'a>> {
        if self.array::<1>()? == [0] {
            return Some(Stated::default());
        }
        let mut amounts = [None; 5];
        for amount in &mut amounts {
            *amount = self.optional_number()?;
        }
        let [is_test, is_aggregate, is_cancelled, is_returned, adds_up, discount_is_part] = self.array::<6>()?.map(|flag| flag == 1);
        let (amounts, discount_code, payment_method) = (Amounts::of(amounts), self.text()?, self.text()?);
        let (store, refund_of) = (self.text()?, self.text()?);
        let flags = Stated { is_test, is_aggregate, is_cancelled, is_returned, adds_up, discount_is_part, ..Stated::default() };
        Some(Stated { amounts, discount_code, payment_method, store, refund_of, ..flags })
    }
}

fn decode(record: &[u8]) -> Option<SalesLine<'_>> {
    decode_first(&mut Record(record))
}

/// The first of the lines that these bytes are, and the bytes of the others.
pub(super) fn decode_next(lines: &[u8]) -> Option<(SalesLine<'_>, &[u8])> {
    let mut record = Record(lines);
    let line = decode_first(&mut record)?;
    Some((line, record.0))
}

fn decode_first<'a>(record: &mut Record<'a>) -> Option<SalesLine<'a>> {
    let (occurred_at, quantity_milli, amount_minor) = (record.number()?, record.number()?, record.number()?);
    let row_line = u64::from_le_bytes(record.array()?);
    let day = Day(i32::from_le_bytes(record.array()?));
    let [hour] = record.array()?;
    let (unit_price_minor, discount_minor) = (record.optional_number()?, record.optional_number()?);
    let stated_total_minor = record.optional_number()?;
    let currency: Currency = std::str::from_utf8(record.bytes(3)?).ok()?.parse().ok()?;
    let country = Some(record.array()?).filter(|code| *code != [0; 2]);
    let stated = record.stated()?;
    let mut text = || record.text();
    let (order_number, sku, title, city) = (text()?, text()?, text()?, text()?);
    let (customer_id, customer_email, customer_name) = (text()?, text()?, text()?);
    Some(SalesLine {
        row_line,
        order_number,
        occurred_at,
        day,
        hour,
        sku,
        title,
        quantity_milli,
        unit_price_minor,
        amount_minor,
        discount_minor,
        currency,
        country,
        city,
        customer_id,
        customer_email,
        customer_name,
        stated_total_minor,
        stated,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(order_number: &str, amount_minor: i64) -> SalesLine<'_> {
        SalesLine {
            row_line: 3,
            order_number,
            occurred_at: -5,
            day: Day(-1),
            hour: 23,
            sku: "",
            title: "tea “green”",
            quantity_milli: 1_500,
            unit_price_minor: None,
            amount_minor,
            discount_minor: Some(9),
            currency: "GBP".parse().expect("a currency"),
            country: Some(*b"GB"),
            city: "",
            customer_id: "7",
            customer_email: "",
            customer_name: "",
            stated_total_minor: Some(i64::MIN),
            stated: Stated {
                amounts: Amounts { tax: Some(-7), ..Amounts::default() },
                discount_code: "SAVE",
                store: "Köln",
                refund_of: "1001",
                is_test: true,
                is_cancelled: true,
                is_returned: true,
                discount_is_part: true,
                ..Stated::default()
            },
        }
    }

    #[test]
    fn a_line_reads_back_as_it_was_written() {
        let (mut record, line) = (Vec::new(), line("№ 1", -3));
        encode(&mut record, &line);
        assert_eq!(decode(&record), Some(line));
        assert_eq!(decode(&record[..record.len() - 1]), None);
    }

    #[test]
    fn partitions_hold_whole_orders_and_all_of_them() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut spool = Spool::create(&folder.path().join("spool"), 7).expect("created");
        for round in 0..3 {
            for number in 0..50 {
                spool.add(&line(&number.to_string(), round)).ok().expect("added");
            }
        }
        spool.flush().expect("flushed");
        let books: Vec<_> = (0..spool.len()).map(|partition| spool.book(partition).ok().expect("read")).collect();
        assert_eq!(books.iter().map(|book| book.orders.len()).sum::<usize>(), 50);
        assert!(books.iter().flat_map(|book| &book.orders).all(|order| order.line_count == 3 && order.net_minor == 3));
    }

    #[test]
    fn a_partition_that_was_cut_off_or_cannot_be_read_is_an_error_and_not_fewer_lines() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut spool = Spool::create(&folder.path().join("spool"), 1).expect("created");
        spool.add(&line("1", 1)).ok().expect("added");
        spool.add(&line("2", 1)).ok().expect("added");
        spool.flush().expect("flushed");
        let path = partition_path(&spool.folder, 0);
        let whole = std::fs::read(&path).expect("read");
        for cut in [whole.len() - 1, whole.len() / 2 + 3] {
            std::fs::write(&path, &whole[..cut]).expect("cut");
            assert!(spool.book(0).is_err(), "cut to {cut} bytes");
        }
        std::fs::remove_file(&path).expect("removed");
        std::fs::create_dir(&path).expect("a folder opens as a file but does not read");
        assert!(spool.book(0).is_err());
    }

    #[test]
    fn a_partition_that_could_not_be_grouped_in_memory_is_refused_with_a_sentence() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut spool = Spool::create(&folder.path().join("spool"), 7).expect("created");
        spool.most_bytes = 1_000;
        let stop = (0..100).find_map(|_| spool.add(&line("2026-01", 1)).err()).expect("it does not take all of them");
        assert!(matches!(stop, Stop::File(sentence) if sentence.contains("order number, such as “2026-01”")));
    }
}
