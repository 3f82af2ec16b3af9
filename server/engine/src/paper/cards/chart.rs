//! A picture with its heading, its key, and below it what a pointer would tell on the page.

use super::head::Head;
use super::key::Key;
use crate::paper::canvas::{Area, Canvas, Type};
use crate::paper::charts::{self, Plot};
use crate::paper::colours::{NOTE, TEXT_SOFT};
use crate::paper::text::wrapped;
use domain::charts::ChartCard;

const REMARK: Type = Type::regular(7.0, TEXT_SOFT);
const MARK: Type = Type::regular(7.0, NOTE);
/// So many days with notes are told below a picture; the others are counted.
const MARKS: usize = 12;
const LINES: usize = 16;
/// The least height in which a picture still reads.
const LEAST: f32 = 60.0;

pub(super) struct ChartBody<'a> {
    head: Head,
    key: Key,
    plot: Plot<'a>,
    plot_height: f32,
    remark: Vec<String>,
    marks: Vec<String>,
}

impl<'a> ChartBody<'a> {
    /// As wide as given, and never higher than `most`: then the picture gets lower.
    pub(super) fn of(chart: &'a ChartCard, width: f32, most: f32) -> Self {
        let (head, key) = (Head::of(&chart.title, &chart.subtitle, width), Key::of(&chart.spec, width));
        let marks = marks(chart, width);
        let around = head.height() + key.height() + marks.len() as f32 * MARK.leading() + 4.0 * REMARK.leading();
        let plot = Plot::of(&chart.spec, &chart.table, width, (most - around).max(LEAST));
        let remark = plot.remark().map_or_else(Vec::new, |remark| wrapped(&remark, REMARK.weight, REMARK.size, width, 3));
        Self { head, key, plot_height: plot.height(), plot, remark, marks }
    }

    pub(super) fn height(&self) -> f32 {
        self.head.height() + self.key.height() + self.plot_height + self.below()
    }

    fn below(&self) -> f32 {
        let lines = self.remark.len() + self.marks.len();
        if lines == 0 { 0.0 } else { 3.0 + lines as f32 * REMARK.leading() }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, area: Area) {
        let y = self.head.draw(canvas, area.x, area.y);
        self.key.draw(canvas, (area.x, y));
        let y = y + self.key.height();
        let below = area.bottom() - self.below();
        // What its neighbours leave it, but rows do not get higher than they read well.
        let height = (below - y).min(self.plot_height * self.plot.stretches());
        self.plot.draw(canvas, Area::new(area.x, y, area.width, height));
        let y = canvas.lines(area.x, below + 3.0, &self.remark, REMARK);
        canvas.lines(area.x, y, &self.marks, MARK);
    }
}

/// What the numbered pins on a picture mean.
fn marks(chart: &ChartCard, width: f32) -> Vec<String> {
    let shown = charts::marks(&chart.spec);
    let more = shown.len().saturating_sub(MARKS);
    let told = shown.iter().take(MARKS).zip(1..).flat_map(|(mark, number)| {
        let words = format!("{number}  {}", mark.words.join("; "));
        wrapped(&words, MARK.weight, MARK.size, width, 3)
    });
    let mut lines: Vec<String> = told.take(LINES).collect();
    lines.extend((more > 0).then(|| format!("and {more} more days with notes, which the page tells")));
    lines
}
