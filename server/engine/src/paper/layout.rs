//! Cards on pages: in the board's grid, none cut in two but tables that are longer than a page, which go on with their head repeated.

use super::canvas::{Area, Canvas};
use super::cards::{Fitted, GAP};
use super::heading;
use super::pdf::Page;
use super::sheet::Sheet;
use domain::dashboards::{CardContent, CardView};
use std::sync::atomic::{AtomicBool, Ordering};

/// A4, in points.
const SHORT: f32 = 595.28;
const LONG: f32 = 841.89;
const MARGIN: f32 = 36.0;
const COLUMNS: u8 = 12;
const NARROWEST: u8 = 3;
/// A long table begins on a page that has so much room left.
const ROOM_TO_BEGIN: f32 = 150.0;
/// What a column of figures needs on paper.
const COLUMN_WIDTH: f32 = 50.0;
/// A picture narrower than that does not read.
const PICTURE_WIDTH: f32 = 150.0;

/// The board's pages; not all of them where it is told to stop.
pub(super) fn pages(sheet: &Sheet, stop: &AtomicBool) -> Vec<Page> {
    let (width, height) = if is_wide(&sheet.cards) { (LONG, SHORT) } else { (SHORT, LONG) };
    let area = Area::new(MARGIN, MARGIN, width - 2.0 * MARGIN, height - 2.0 * MARGIN);
    let mut done = laid_out(sheet, area, stop, false);
    // Whether letters are missing is known when all is laid out; what says so moves the cards.
    if done.iter().any(Canvas::lacks_letters) {
        done = laid_out(sheet, area, stop, true);
    }
    let count = done.len();
    let page = |(index, mut canvas): (usize, Canvas)| {
        heading::foot(&mut canvas, sheet, area, (index + 1, count));
        Page { width, height, canvas }
    };
    done.into_iter().enumerate().map(page).collect()
}

fn laid_out(sheet: &Sheet, area: Area, stop: &AtomicBool, lacks_letters: bool) -> Vec<Canvas> {
    let mut canvas = Canvas::default();
    let y = heading::first(&mut canvas, sheet, area, lacks_letters);
    let mut layout = Layout { sheet, area, stop, y, done: vec![canvas] };
    for row in rows(&sheet.cards) {
        layout.row(&row);
    }
    layout.done
}

/// Whether upright pages are too narrow for the grid's pictures and tables.
fn is_wide(cards: &[CardView]) -> bool {
    let cramped = |card: &CardView| {
        let room = width_of(span(card), SHORT - 2.0 * MARGIN);
        match &card.content {
            CardContent::Chart(_) => room < PICTURE_WIDTH,
            CardContent::Table(table) => room < table.columns.len() as f32 * COLUMN_WIDTH,
            CardContent::Figure(_) | CardContent::Empty(_) | CardContent::Failed(_) => false,
        }
    };
    cards.iter().any(cramped)
}

fn span(card: &CardView) -> u8 {
    card.width.clamp(NARROWEST, COLUMNS)
}

/// How wide so many of the grid's columns are.
fn width_of(span: u8, whole: f32) -> f32 {
    let gaps = f32::from(COLUMNS - 1) * GAP;
    (whole - gaps) / f32::from(COLUMNS) * f32::from(span) + f32::from(span - 1) * GAP
}

/// The cards side by side, as the page's grid breaks them.
fn rows(cards: &[CardView]) -> Vec<Vec<(u8, &CardView)>> {
    let mut rows: Vec<Vec<(u8, &CardView)>> = Vec::new();
    let mut used = COLUMNS;
    for card in cards {
        if used + span(card) > COLUMNS {
            rows.push(Vec::new());
            used = 0;
        }
        if let Some(row) = rows.last_mut() {
            row.push((used, card));
        }
        used += span(card);
    }
    rows
}

struct Layout<'a> {
    sheet: &'a Sheet,
    /// Where cards stand on a page.
    area: Area,
    stop: &'a AtomicBool,
    /// From where on the last page is free.
    y: f32,
    done: Vec<Canvas>,
}

impl Layout<'_> {
    fn row(&mut self, row: &[(u8, &CardView)]) {
        if self.is_stopped() {
            return;
        }
        let mut cards: Vec<(f32, Fitted<'_>)> = row.iter().map(|(from, card)| (self.left(*from), self.fitted(card))).collect();
        let height = cards.iter().map(|(_, card)| card.height()).fold(0.0, f32::max);
        if height > self.room() && height > self.area.height {
            self.flow(&mut cards);
            return;
        }
        if height > self.room() {
            self.turn();
        }
        let y = self.y;
        for (x, card) in &cards {
            card.draw(self.canvas(), Area::new(*x, y, card.width, card.height_beside(height)));
        }
        self.y += height + GAP;
    }

    /// Cards of which one is longer than a page: that one goes on over the next pages.
    fn flow(&mut self, cards: &mut [(f32, Fitted<'_>)]) {
        let others = cards.iter().filter(|(_, card)| !card.flows()).map(|(_, card)| card.height());
        if others.fold(ROOM_TO_BEGIN, f32::max) > self.room() {
            self.turn();
        }
        for (x, card) in cards.iter().filter(|(_, card)| !card.flows()) {
            let area = Area::new(*x, self.y, card.width, card.height());
            card.draw(self.canvas(), area);
        }
        let mut end = cards.iter().filter(|(_, card)| !card.flows()).map(|(_, card)| self.y + card.height()).fold(self.y, f32::max);
        loop {
            let (y, room) = (self.y, self.room());
            for (x, card) in cards.iter_mut().filter(|(_, card)| card.flows()) {
                let used = card.draw_part(self.canvas(), (*x, y), room);
                end = end.max(y + used);
            }
            if self.is_stopped() || cards.iter().all(|(_, card)| card.is_done()) {
                break;
            }
            self.turn();
            end = self.y;
        }
        self.y = end + GAP;
    }

    fn fitted<'c>(&self, card: &'c CardView) -> Fitted<'c> {
        Fitted::of(card, width_of(span(card), self.area.width), self.area.height, self.stop)
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn left(&self, from: u8) -> f32 {
        let before = if from == 0 { 0.0 } else { width_of(from, self.area.width) + GAP };
        self.area.x + before
    }

    fn room(&self) -> f32 {
        self.area.bottom() - self.y
    }

    fn canvas(&mut self) -> &mut Canvas {
        self.done.last_mut().expect("there is a first page")
    }

    fn turn(&mut self) {
        let mut canvas = Canvas::default();
        heading::running(&mut canvas, self.sheet, self.area);
        self.done.push(canvas);
        self.y = self.area.y;
    }
}
