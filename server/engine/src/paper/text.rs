//! Letters and their widths, and texts that keep to a width.
//!
//! There is no shaper: a letter is a glyph, and accents that stand apart are joined with their letters first. That suffices for Latin, Greek and
//! Cyrillic letters. All others, and emoji, stand as empty boxes, and a notice below the heading says so.

use krilla::Data;
use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

static REGULAR: &[u8] = include_bytes!("../../fonts/inter-regular.ttf");
static SEMIBOLD: &[u8] = include_bytes!("../../fonts/inter-semibold.ttf");
static FACES: LazyLock<[Face; 2]> = LazyLock::new(|| [Face::read(REGULAR), Face::read(SEMIBOLD)]);

/// What stands for a letter that the font does not have.
const BOX: char = '□';
/// No text needs more: what is longer is cut before it is measured.
const LONGEST: usize = 4_000;

/// How strong letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

/// A font's letters: their glyphs, and their widths in parts of the font's size.
pub(super) struct Face {
    data: &'static [u8],
    letters: HashMap<char, (u32, f32)>,
    missing: (u32, f32),
}

impl Face {
    pub(super) fn of(weight: Weight) -> &'static Self {
        &FACES[weight as usize]
    }

    fn read(data: &'static [u8]) -> Self {
        let font = FontRef::new(data).expect("the font is part of the program");
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let units = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em.max(1));
        let width = |glyph| metrics.advance_width(glyph).unwrap_or_default() / units;
        let letters = font.charmap().mappings().filter_map(|(code, glyph)| Some((char::from_u32(code)?, (glyph.to_u32(), width(glyph)))));
        let letters: HashMap<char, (u32, f32)> = letters.collect();
        let missing = letters.get(&BOX).copied().unwrap_or((0, 0.6));
        Self { data, letters, missing }
    }

    /// The font as the writer of the file takes it.
    pub(super) fn font(&self) -> Option<Font> {
        Font::new(Data::from(self.data), 0)
    }

    fn letter(&self, letter: char) -> (u32, f32) {
        self.letters.get(&letter).copied().unwrap_or(self.missing)
    }

    /// The glyphs of a text with their widths, and which bytes each one stands for.
    pub(super) fn glyphs(&self, text: &str) -> Vec<(u32, f32, Range<usize>)> {
        let glyph = |(start, letter): (usize, char)| {
            let (glyph, width) = self.letter(letter);
            (glyph, width, start..start + letter.len_utf8())
        };
        text.char_indices().map(glyph).collect()
    }
}

/// How wide a text is.
pub(super) fn width(text: &str, weight: Weight, size: f32) -> f32 {
    let face = Face::of(weight);
    text.chars().map(|letter| face.letter(letter).1).sum::<f32>() * size
}

/// A text as one line: no breaks, no spaces but two, and none of the marks that show nothing by themselves.
pub(super) fn clean(text: &str) -> String {
    let shown: String = text.chars().take(LONGEST).filter(|letter| !is_unseen(*letter)).map(spaced).collect();
    if shown.is_ascii() { shown } else { shown.nfc().collect() }
}

/// A space of any width as the plain one; one that holds a number and its sign together still does.
fn spaced(letter: char) -> char {
    match letter {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => '\u{a0}',
        _ if letter.is_whitespace() || letter.is_control() => ' ',
        _ => letter,
    }
}

/// Whether some letters of a text are not in the font.
pub(super) fn lacks(text: &str, weight: Weight) -> bool {
    let face = Face::of(weight);
    text.chars().any(|letter| !face.letters.contains_key(&letter))
}

fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}')
}

/// A text on one line, its end left out where it does not fit.
pub(super) fn fitted(text: &str, weight: Weight, size: f32, room: f32) -> String {
    let text = clean(text);
    if width(&text, weight, size) <= room {
        return text;
    }
    let room = room - width("…", weight, size);
    let kept = text[..taken(&text, weight, size, room)].trim_end();
    format!("{kept}…")
}

/// A text on as many lines as it needs, but not more than so many; the last one says where more was left out.
pub(super) fn wrapped(text: &str, weight: Weight, size: f32, room: f32, lines: usize) -> Vec<String> {
    let text = clean(text);
    let mut rest = text.trim();
    let mut done = Vec::new();
    while !rest.is_empty() {
        if done.len() + 1 == lines.max(1) {
            done.push(fitted(rest, weight, size, room));
            break;
        }
        let fits = taken(rest, weight, size, room);
        let end = if fits == rest.len() { fits } else { rest[..fits].rfind(' ').filter(|space| *space > 0).unwrap_or(fits) };
        let end = if end > 0 { end } else { rest.chars().next().map_or(rest.len(), char::len_utf8) };
        done.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    done
}

/// How many bytes of a text fit; a space at the end may stand out.
fn taken(text: &str, weight: Weight, size: f32, room: f32) -> usize {
    let face = Face::of(weight);
    let mut used = 0.0;
    for (start, letter) in text.char_indices() {
        used += face.letter(letter).1 * size;
        if used > room + 0.01 && letter != ' ' {
            return start;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_languages_and_signs_of_currencies_are_there() {
        for weight in [Weight::Regular, Weight::SemiBold] {
            let face = Face::of(weight);
            for letter in "Tradepost ğĞıİşŞçöü ąęłżźćńó ñß æøå αβγΏ жщїЄ ₺€£₹$₴₽₩¥₪₫ \u{a0}−–…·“”‘’ ↑↓▲▼ 0123456789 %".chars()
            {
                assert!(face.letters.contains_key(&letter), "{letter} of {weight:?}");
            }
        }
    }

    #[test]
    fn spaces_of_all_widths_are_plain_and_accents_stand_on_their_letters() {
        assert_eq!(clean("a\u{3000}b\u{2003}c\u{2028}d\te"), "a b c d e");
        assert_eq!(clean("3.1\u{202f}% 1\u{a0}k"), "3.1\u{a0}% 1\u{a0}k");
        assert_eq!(clean("Cafe\u{301} I\u{307}zmir"), "Café İzmir");
    }

    #[test]
    fn letters_that_the_font_lacks_are_noticed() {
        for lacking in ["売上", "매출", "مرحبا", "שלום", "ขาย", "🎉"] {
            assert!(lacks(&clean(lacking), Weight::Regular), "{lacking}");
        }
        for there in ["Çiçek & Söhne Łódź", "Όνομα Имя", "3.1\u{202f}%\u{3000}x\u{fe0f}"] {
            assert!(!lacks(&clean(there), Weight::SemiBold), "{there}");
        }
    }

    #[test]
    fn digits_stand_below_each_other() {
        let wide = |digit: &str| width(digit, Weight::Regular, 10.0);
        assert!("0123456789".chars().all(|digit| (wide(&digit.to_string()) - wide("0")).abs() < 1e-6));
    }

    #[test]
    fn texts_keep_to_their_width_and_lines() {
        let long = "word ".repeat(4_000) + &"x".repeat(10_000);
        for room in [0.0, 3.0, 40.0, 200.0] {
            let lines = wrapped(&long, Weight::Regular, 8.0, room, 3);
            assert!(lines.len() <= 3 && lines.last().is_some_and(|last| last.ends_with('…')), "{room}: {lines:?}");
        }
        assert_eq!(wrapped("one two", Weight::Regular, 8.0, 500.0, 3), ["one two"]);
        assert_eq!(wrapped("a\nb\u{200f}c\u{0}", Weight::Regular, 8.0, 500.0, 3), ["a bc"]);
        assert!(wrapped("  ", Weight::Regular, 8.0, 500.0, 3).is_empty());
    }
}
