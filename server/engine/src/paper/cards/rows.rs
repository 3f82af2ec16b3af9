//! A table that goes on over as many pages as it needs.

use super::head::Head;
use super::table::{APART, Band, bands, is_number, largest, share};
use crate::paper::canvas::{Area, Canvas, Pen, Point, Side, Type};
use crate::paper::colours::{COMPARED_WASH, LINE, LINE_STRONG, TEXT, TEXT_SOFT};
use crate::paper::text::{Weight, clean, wrapped};
use domain::charts::TableData;
use domain::dashboards::CardView;
use domain::format;
use domain::question::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

/// The most rows that come to paper: nobody turns more pages of one card.
const ROWS: usize = 500;
const HEAD_LINES: usize = 4;
const CELL_LINES: usize = 4;
/// Above and below a row's letters.
const AIR: f32 = 2.4;
const NOTE: Type = Type::regular(7.0, TEXT_SOFT);

pub(super) struct Rows<'a> {
    head: Head,
    continued: Head,
    table: &'a TableData,
    texts: Vec<Vec<String>>,
    largest: Vec<f64>,
    bands: Vec<Band>,
    lines: Vec<Line>,
    next: usize,
}

/// The head of a band, or one of its rows.
struct Line {
    band: usize,
    row: Option<usize>,
    height: f32,
}

/// What stands on one page.
pub(super) struct Part {
    from: usize,
    to: usize,
    pub(super) height: f32,
}

impl<'a> Rows<'a> {
    /// The first rows, if they are many; none any more as soon as it is told to stop.
    pub(super) fn of(card: &CardView, table: &'a TableData, width: f32, stop: &AtomicBool) -> Self {
        let goes_on = |_: &&Vec<Cell>| !stop.load(Ordering::Relaxed);
        let text = |(column, cell): (usize, &Cell)| clean(&table.text(column, cell));
        let texts = |row: &Vec<Cell>| row.iter().take(table.columns.len()).enumerate().map(text).collect();
        let texts: Vec<Vec<String>> = table.rows.iter().take(ROWS).take_while(goes_on).map(texts).collect();
        let bands = bands(table, &texts, width);
        let head = Head::of(&card.title, &card.subtitle, width);
        let mut rows = Self {
            head: if table.rows.len() > ROWS { head.and(&cut(table.rows.len()), width) } else { head },
            continued: Head::of(&format!("{} (continued)", card.title), "", width),
            table,
            texts,
            largest: largest(table),
            bands,
            lines: Vec::new(),
            next: 0,
        };
        rows.lines = rows.measured(stop);
        rows
    }

    fn measured(&self, stop: &AtomicBool) -> Vec<Line> {
        let mut lines = Vec::new();
        for (band, columns) in self.bands.iter().enumerate() {
            lines.push(Line { band, row: None, height: self.head_height(columns) });
            let row = |row: usize| Line { band, row: Some(row), height: self.row_height(columns, row) };
            lines.extend((0..self.texts.len()).take_while(|_| !stop.load(Ordering::Relaxed)).map(row));
        }
        lines
    }

    fn head_height(&self, band: &Band) -> f32 {
        let kind = Type::strong(band.size, TEXT_SOFT);
        let lines = |(column, width): (&usize, &f32)| wrapped(&self.table.columns[*column].title, kind.weight, kind.size, *width, HEAD_LINES).len();
        let most = band.columns.iter().zip(&band.widths).map(lines).max().unwrap_or(1);
        let counted = if self.bands.len() > 1 { NOTE.leading() + 8.0 } else { 0.0 };
        most as f32 * kind.leading() + 2.0 * AIR + counted
    }

    fn row_height(&self, band: &Band, row: usize) -> f32 {
        let lines = |(column, width): (&usize, &f32)| self.cell(band, row, *column, *width).len();
        let most = band.columns.iter().zip(&band.widths).map(lines).max().unwrap_or(1).max(1);
        most as f32 * kind(band).leading() + 2.0 * AIR
    }

    /// A cell's lines; a number is one line.
    fn cell(&self, band: &Band, row: usize, column: usize, width: f32) -> Vec<String> {
        let text = self.texts[row].get(column).map(String::as_str).unwrap_or_default();
        if is_number(self.table.columns[column].kind) { vec![text.to_owned()] } else { wrapped(text, Weight::Regular, band.size, width, CELL_LINES) }
    }

    /// As a whole.
    pub(super) fn height(&self) -> f32 {
        self.head.height() + self.lines.iter().map(|line| line.height).sum::<f32>()
    }

    pub(super) fn is_done(&self) -> bool {
        self.next >= self.lines.len()
    }

    fn whole(&self) -> Part {
        Part { from: 0, to: self.lines.len(), height: self.height() }
    }

    /// The rows that fit; always one at least, so that there is an end.
    pub(super) fn take(&mut self, room: f32) -> Option<Part> {
        if self.is_done() {
            return None;
        }
        let from = self.next;
        let mut height = self.above(from);
        let mut to = from;
        while let Some(line) = self.lines.get(to) {
            // A head brings its first row along.
            let is_first = to == from || (to == from + 1 && line.row.is_some() && self.lines[from].row.is_none());
            if height + line.height > room && !is_first {
                break;
            }
            height += line.height;
            to += 1;
        }
        // A head does not stand alone at a page's end.
        if to < self.lines.len() && to - from > 1 && self.lines[to - 1].row.is_none() {
            to -= 1;
            height -= self.lines[to].height;
        }
        self.next = to;
        Some(Part { from, to, height })
    }

    /// The heading of a part, and the head of its columns where it begins among their rows.
    fn above(&self, from: usize) -> f32 {
        let head = if from == 0 { &self.head } else { &self.continued };
        let columns = self.repeated(from).map_or(0.0, |band| self.head_height(&self.bands[band]));
        head.height() + columns
    }

    fn repeated(&self, from: usize) -> Option<usize> {
        self.lines.get(from).filter(|line| line.row.is_some()).map(|line| line.band)
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, at: Point) {
        self.draw_part(canvas, at, &self.whole());
    }

    pub(super) fn draw_part(&self, canvas: &mut Canvas, (x, top): Point, part: &Part) {
        let head = if part.from == 0 { &self.head } else { &self.continued };
        let mut y = head.draw(canvas, x, top);
        if let Some(band) = self.repeated(part.from) {
            y = self.draw_head(canvas, (x, y), band);
        }
        for line in &self.lines[part.from..part.to] {
            y = match line.row {
                None => self.draw_head(canvas, (x, y), line.band),
                Some(row) => self.draw_row(canvas, (x, y), (&self.bands[line.band], row), line.height),
            };
        }
    }

    fn draw_head(&self, canvas: &mut Canvas, (x, top): Point, band: usize) -> f32 {
        let columns = &self.bands[band];
        let end = top + self.head_height(columns);
        let kind = Type::strong(columns.size, TEXT_SOFT);
        if let (Some(first), true) = (columns.columns.get(columns.leading), self.bands.len() > 1) {
            let last = columns.columns.last().copied().unwrap_or(*first);
            let words = format!("Columns {} to {} of {}", first + 1, last + 1, self.table.columns.len());
            canvas.words((x, top + 4.0 + NOTE.size), Side::From, &words, NOTE);
        }
        for (left, width, column) in places(x, columns) {
            let title = &self.table.columns[column];
            let lines = wrapped(&title.title, kind.weight, kind.size, width, HEAD_LINES);
            let first = end - AIR - 1.0 - lines.len() as f32 * kind.leading() + kind.size;
            for (index, line) in (0_u16..).zip(&lines) {
                let base = first + f32::from(index) * kind.leading();
                let (at, side) = if is_number(title.kind) { (left + width, Side::To) } else { (left, Side::From) };
                canvas.words((at, base), side, line, kind);
            }
        }
        let right = x + columns.widths.iter().sum::<f32>() + APART * columns.widths.len().saturating_sub(1) as f32;
        canvas.line((x, end), (right, end), Pen::of(LINE_STRONG, 0.6));
        end
    }

    fn draw_row(&self, canvas: &mut Canvas, (x, top): Point, (band, row): (&Band, usize), height: f32) -> f32 {
        let kind = kind(band);
        let base = top + AIR + kind.size;
        let right = x + band.widths.iter().sum::<f32>() + APART * band.widths.len().saturating_sub(1) as f32;
        canvas.line((x, top + height), (right, top + height), Pen::of(LINE, 0.4));
        for (left, width, column) in places(x, band) {
            let lines = self.cell(band, row, column, width);
            if !is_number(self.table.columns[column].kind) {
                canvas.lines(left, top + AIR, &lines, kind);
                continue;
            }
            let share = self.table.rows[row].get(column).and_then(|cell| share(cell, self.largest.get(column).copied().unwrap_or(0.0)));
            if let (Some(share), true) = (share, column > 0) {
                let long = share * width;
                canvas.rect(Area::new(left + width - long, top + 1.2, long + 2.0, height - 2.4), Some(COMPARED_WASH), None);
            }
            let text = lines.first().map(String::as_str).unwrap_or_default();
            let natural = kind.width(text);
            let size = if natural > width { kind.size * width / natural } else { kind.size };
            canvas.words((left + width, base), Side::To, text, Type { size, ..kind });
        }
        top + height
    }
}

fn cut(rows: usize) -> String {
    let number = |count: usize| format::number(i64::try_from(count).unwrap_or(i64::MAX));
    format!("The first {} of {} rows; the card's file has all of them.", number(ROWS), number(rows))
}

fn kind(band: &Band) -> Type {
    Type::regular(band.size, TEXT)
}

/// Where each column begins, how wide it is, and which one it is.
fn places(x: f32, band: &Band) -> impl Iterator<Item = (f32, f32, usize)> + '_ {
    let mut left = x;
    band.columns.iter().zip(&band.widths).map(move |(column, width)| {
        let at = left;
        left += width + APART;
        (at, *width, *column)
    })
}
