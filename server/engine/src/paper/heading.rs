//! What stands above and below a board's cards on each page.

use super::canvas::{Area, Canvas, Pen, Side, Type};
use super::colours::{LINE, NOTE, TEXT, TEXT_SOFT};
use super::sheet::Sheet;
use super::text::wrapped;
use domain::format;

const TITLE: Type = Type::strong(19.0, TEXT);
const SHOP: Type = Type::strong(8.5, TEXT_SOFT);
const LEAD: Type = Type::regular(9.5, TEXT_SOFT);
const WORDS: Type = Type::regular(8.5, TEXT);
const NOTICE: Type = Type::regular(8.5, NOTE);
const SMALL: Type = Type::regular(7.0, TEXT_SOFT);
/// The most notices that stand above the cards.
const NOTICES: usize = 8;
/// What is said where letters are not in the font.
const LACKING: &str = "Some letters are not in this file's typeface and stand as boxes; the page's own Print has them.";
/// From the page's edge to its running words.
const RUNNING: f32 = 24.0;

/// The board's name and what is shown, on its first page, and whether letters are missing; where it ends.
pub(super) fn first(canvas: &mut Canvas, sheet: &Sheet, area: Area, lacks_letters: bool) -> f32 {
    let lines = |text: &str, kind: Type, most: usize| wrapped(text, kind.weight, kind.size, area.width, most);
    let mut y = canvas.lines(area.x, area.y, &lines(&sheet.shop, SHOP, 1), SHOP) + 2.0;
    y = canvas.lines(area.x, y, &lines(&sheet.title, TITLE, 3), TITLE);
    y = canvas.lines(area.x, y, &lines(&sheet.description, LEAD, 4), LEAD) + 3.0;
    let shown = Sheet::beside(std::iter::once(&sheet.days).chain(&sheet.chosen));
    y = canvas.lines(area.x, y, &lines(&shown, WORDS, 6), WORDS);
    for notice in lacks_letters.then_some(LACKING).into_iter().chain(sheet.notices.iter().map(String::as_str)).take(NOTICES) {
        y = canvas.lines(area.x, y + 2.0, &lines(notice, NOTICE, 3), NOTICE);
    }
    canvas.line((area.x, y + 5.0), (area.right(), y + 5.0), Pen::of(LINE, 0.8));
    if sheet.cards.is_empty() { canvas.lines(area.x, y + 15.0, &lines(&sheet.instead, LEAD, 6), LEAD) } else { y + 15.0 }
}

/// Which board it is, on the pages that follow.
pub(super) fn running(canvas: &mut Canvas, sheet: &Sheet, area: Area) {
    let half = area.width / 2.0 - 8.0;
    canvas.fitted((area.x, RUNNING), Side::From, &sheet.title, SMALL, half);
    canvas.fitted((area.right(), RUNNING), Side::To, &Sheet::beside([&sheet.shop, &sheet.days]), SMALL, half);
}

/// When it was made, and which page of how many it is.
pub(super) fn foot(canvas: &mut Canvas, sheet: &Sheet, area: Area, (page, pages): (usize, usize)) {
    let y = area.bottom() + RUNNING - 6.0;
    canvas.words((area.x, y), Side::From, &format!("Made with Tradepost on {}", format::instant(sheet.made_at)), SMALL);
    canvas.words((area.right(), y), Side::To, &format!("Page {page} of {pages}"), SMALL);
}
