//! The lines in which the other cards of a board travel: its pulse, a card a line, and the end. What stops without an end broke off.

use super::payload::ShownCard;
use domain::dashboards::BoardCard;
use domain::{AppError, ErrorKind};

/// What a line says.
#[derive(Debug, PartialEq)]
pub(super) enum RestLine {
    /// The moment that the cards are of.
    Pulse(String),
    /// A card as it was saved, and as it is shown.
    Card(Box<(BoardCard, ShownCard)>),
    /// Why no more cards come.
    Failed(AppError),
    /// These were all.
    End,
}

impl RestLine {
    /// Each kind of line is another kind of JSON value.
    pub(super) fn read(line: &[u8]) -> Result<Self, AppError> {
        let text = std::str::from_utf8(line).map_err(|_| not_understood())?;
        let read = match text.as_bytes().first() {
            Some(b'"') => serde_json::from_str(text).map(Self::Pulse),
            Some(b'[') => serde_json::from_str(text).map(Self::Card),
            Some(b'{') => serde_json::from_str(text).map(Self::Failed),
            _ if text == "null" => Ok(Self::End),
            _ => return Err(not_understood()),
        };
        read.map_err(|_| not_understood())
    }
}

/// What came is of another version of the program.
pub(super) fn not_understood() -> AppError {
    AppError::new(ErrorKind::BadRequest, "the page and the server do not understand each other; reload the page")
}

/// Lines out of pieces, which are cut anywhere.
#[derive(Default)]
pub(super) struct Lines(Vec<u8>);

impl Lines {
    /// Takes the next piece.
    pub(super) fn push(&mut self, piece: &[u8]) {
        self.0.extend_from_slice(piece);
    }

    /// The next line that is whole.
    pub(super) fn next_line(&mut self) -> Option<Vec<u8>> {
        let end = self.0.iter().position(|byte| *byte == b'\n')?;
        let rest = self.0.split_off(end + 1);
        let mut line = std::mem::replace(&mut self.0, rest);
        line.pop();
        Some(line)
    }
}

#[cfg(feature = "ssr")]
impl RestLine {
    /// The line with its end.
    pub(super) fn written(&self) -> String {
        let text = match self {
            Self::Pulse(pulse) => serde_json::to_string(pulse),
            Self::Card(card) => serde_json::to_string(card),
            Self::Failed(error) => serde_json::to_string(error),
            Self::End => Ok("null".to_owned()),
        };
        text.expect("a line is made of texts and numbers") + "\n"
    }
}

#[cfg(feature = "ssr")]
impl From<services::Result<services::dashboards::BoardPart>> for RestLine {
    fn from(part: services::Result<services::dashboards::BoardPart>) -> Self {
        use services::dashboards::BoardPart;
        match part {
            Ok(BoardPart::Head(board)) => Self::Pulse(board.pulse()),
            Ok(BoardPart::Card(card)) => {
                let (asked, shown) = *card;
                Self::Card(Box::new((asked, shown.into())))
            }
            Ok(BoardPart::End) => Self::End,
            Err(error) => Self::Failed(error.into_app()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(pieces: &[&[u8]]) -> Vec<String> {
        let mut lines = Lines::default();
        let mut read = Vec::new();
        for piece in pieces {
            lines.push(piece);
            while let Some(line) = lines.next_line() {
                read.push(String::from_utf8(line).expect("text"));
            }
        }
        read
    }

    #[test]
    fn lines_are_the_same_wherever_the_pieces_are_cut() {
        let text = "\"1-2-3\"\n[\"Žebra, 5 £, 数\"]\n\nnull\n".as_bytes();
        let whole = lines_of(&[text]);
        assert_eq!(whole, ["\"1-2-3\"", "[\"Žebra, 5 £, 数\"]", "", "null"]);
        for cut in 0..=text.len() {
            assert_eq!(lines_of(&[&text[..cut], &text[cut..]]), whole, "cut at {cut}");
        }
        let bytes: Vec<&[u8]> = text.chunks(1).collect();
        assert_eq!(lines_of(&bytes), whole, "byte by byte");
    }

    #[test]
    fn a_line_without_its_end_is_none() {
        assert_eq!(lines_of(&[b"\"1\"\n", b"nul"]), ["\"1\""]);
        assert!(lines_of(&[]).is_empty() && lines_of(&[b""]).is_empty());
    }

    #[test]
    fn each_line_says_what_it_is_and_others_are_not_understood() {
        assert_eq!(RestLine::read(b"\"1-2\""), Ok(RestLine::Pulse("1-2".to_owned())));
        assert_eq!(RestLine::read(b"null"), Ok(RestLine::End));
        let error = AppError::not_found("board");
        let line = serde_json::to_vec(&error).expect("it is written");
        assert_eq!(RestLine::read(&line), Ok(RestLine::Failed(error)));
        let wrong: [&[u8]; 8] = [b"", b"[]", b"[1, 2]", b"{}", b"nul", b"true", b"\"1", b"\xff"];
        for wrong in wrong {
            assert!(RestLine::read(wrong).is_err(), "{wrong:?}");
        }
    }
}
