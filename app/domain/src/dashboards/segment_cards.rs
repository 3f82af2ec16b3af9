//! The board of one segment of customers: who they are, by name.

use super::{BoardCard, Picture, StandardBoard};
use crate::analysis::{Analysis, RfmInput, RfmSegment};
use crate::question::Question;

/// As many as an analysis lists.
const CUSTOMERS: u32 = 1_000;

impl StandardBoard {
    /// The boards of segments. They stand in no list: the card of segments leads to them.
    pub fn segments() -> impl Iterator<Item = Self> {
        RfmSegment::ALL.into_iter().map(Self::Segment)
    }
}

/// Its word in addresses.
pub(super) fn word(segment: RfmSegment) -> &'static str {
    match segment {
        RfmSegment::Champions => "segment-champions",
        RfmSegment::Loyal => "segment-loyal",
        RfmSegment::PotentialLoyalists => "segment-potential-loyalists",
        RfmSegment::New => "segment-new",
        RfmSegment::Promising => "segment-promising",
        RfmSegment::NeedAttention => "segment-need-attention",
        RfmSegment::AboutToSleep => "segment-about-to-sleep",
        RfmSegment::CannotLose => "segment-cannot-lose",
        RfmSegment::AtRisk => "segment-at-risk",
        RfmSegment::Hibernating => "segment-hibernating",
    }
}

/// Its customers, those who brought most first.
pub(super) fn cards(segment: RfmSegment) -> Vec<BoardCard> {
    let analysis = Analysis::Rfm(RfmInput { segment: Some(segment), customers: CUSTOMERS, ..RfmInput::default() });
    let title = "Customers of this segment".to_owned();
    vec![BoardCard { title, analysis: Some(analysis), picture: Some(Picture::Table), width: 12, ..BoardCard::of(Question::default()) }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboards::BoardInput;

    #[test]
    fn every_segment_has_a_board_of_its_own_word() {
        for board in StandardBoard::segments() {
            let input = BoardInput { title: board.title().to_owned(), cards: board.cards(), ..BoardInput::default() };
            assert_eq!(input.check(), Ok(()), "{}", board.as_str());
            assert_eq!(StandardBoard::parse(board.as_str()), Some(board));
        }
    }
}
