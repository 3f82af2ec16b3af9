//! A card's frame, its heading and what stands below it.

use crate::paper::canvas::{Area, Canvas, Pen, Type};
use crate::paper::colours::{LINE, PAPER, TEXT, TEXT_SOFT};
use crate::paper::text::wrapped;

/// Between a card's frame and what is in it.
pub(super) const PAD: f32 = 10.0;
const TITLE: Type = Type::strong(9.5, TEXT);
const SUBTITLE: Type = Type::regular(7.5, TEXT_SOFT);
const BELOW: f32 = 6.0;
/// More lines than any heading that a person may give a card.
const LINES: usize = 5;

/// The frame of a card.
pub(super) fn frame(canvas: &mut Canvas, area: Area) {
    canvas.round(area, 5.0, Some(PAPER), Some(Pen::of(LINE, 0.7)));
}

/// A heading, broken into lines.
pub(super) struct Head {
    title: Vec<String>,
    subtitle: Vec<String>,
}

impl Head {
    /// As wide as the card is within.
    pub(super) fn of(title: &str, subtitle: &str, width: f32) -> Self {
        let lines = |text: &str, kind: Type| wrapped(text, kind.weight, kind.size, width, LINES);
        Self { title: lines(title, TITLE), subtitle: lines(&sentence(subtitle), SUBTITLE) }
    }

    /// With a sentence more below it.
    pub(super) fn and(mut self, words: &str, width: f32) -> Self {
        self.subtitle.extend(wrapped(words, SUBTITLE.weight, SUBTITLE.size, width, LINES));
        self
    }

    pub(super) fn height(&self) -> f32 {
        self.title.len() as f32 * TITLE.leading() + self.subtitle.len() as f32 * SUBTITLE.leading() + BELOW
    }

    /// Where it ends.
    pub(super) fn draw(&self, canvas: &mut Canvas, x: f32, top: f32) -> f32 {
        let y = canvas.lines(x, top, &self.title, TITLE);
        canvas.lines(x, y, &self.subtitle, SUBTITLE) + BELOW
    }
}

/// Words as a sentence begins.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
