//! What a person has answered so far.

use domain::Currency;
use domain::sources::{Channel, ChoiceValue, ColumnMeaning, DateOrder, DiscountReading, FileKind, Mapping};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The answers, each a signal of its own, so that one change does not draw the whole page anew.
#[derive(Clone, Copy)]
pub(super) struct Answers {
    pub(super) meanings: RwSignal<Vec<Option<ColumnMeaning>>>,
    pub(super) date_order: RwSignal<Option<DateOrder>>,
    pub(super) decimal_comma: RwSignal<Option<bool>>,
    pub(super) currency: RwSignal<Option<Currency>>,
    pub(super) discount_as: RwSignal<Option<DiscountReading>>,
    pub(super) line_amount_is_net: RwSignal<Option<bool>>,
    pub(super) channel: RwSignal<Channel>,
    pub(super) kind: RwSignal<FileKind>,
}

impl Answers {
    pub(super) fn of_guess(headers: &[String], guess: &Mapping) -> Self {
        let meaning = |header: &String| {
            let mapped = guess.columns.iter().find(|(_, own)| *own == header).map(|(meaning, _)| *meaning);
            mapped.or_else(|| guess.further_stock.contains(header).then_some(ColumnMeaning::Stock))
        };
        Self {
            meanings: RwSignal::new(headers.iter().map(meaning).collect()),
            date_order: RwSignal::new(guess.date_order),
            decimal_comma: RwSignal::new(guess.decimal_comma),
            currency: RwSignal::new(guess.currency),
            discount_as: RwSignal::new(guess.discount_as),
            line_amount_is_net: RwSignal::new(guess.line_amount_is_net),
            channel: RwSignal::new(guess.channel),
            kind: RwSignal::new(guess.kind),
        }
    }

    /// One meaning belongs to one column: a second column that claims it takes it from the first. Only stock may stand in several, one a place.
    pub(super) fn set(self, column: usize, meaning: Option<ColumnMeaning>) {
        self.forget_of([self.meaning(column), meaning]);
        self.meanings.update(|meanings| {
            let moves = !matches!(meaning, None | Some(ColumnMeaning::Stock));
            for other in meanings.iter_mut().filter(|other| moves && **other == meaning) {
                *other = None;
            }
            if let Some(own) = meanings.get_mut(column) {
                *own = meaning;
            }
        });
    }

    /// What was said of a column's values is not said of another's.
    fn forget_of(self, meanings: [Option<ColumnMeaning>; 2]) {
        use ColumnMeaning::{Amount, Discount, LineAmount, LineDiscount, OrderTotal};
        if meanings.iter().any(|meaning| matches!(meaning, Some(LineDiscount | Discount))) {
            self.discount_as.set(None);
        }
        if meanings.iter().any(|meaning| matches!(meaning, Some(LineDiscount | Discount | LineAmount | Amount | OrderTotal))) {
            self.line_amount_is_net.set(None);
        }
    }

    /// What a column means by now.
    pub(super) fn meaning(self, column: usize) -> Option<ColumnMeaning> {
        self.meanings.with(|meanings| meanings.get(column).copied().flatten())
    }

    /// Takes one of the answers to an open question.
    pub(super) fn choose(self, value: &ChoiceValue) {
        match value {
            ChoiceValue::DateOrder(order) => self.date_order.set(Some(*order)),
            ChoiceValue::DecimalComma(comma) => self.decimal_comma.set(Some(*comma)),
            ChoiceValue::Currency(currency) => self.currency.set(Some(*currency)),
            ChoiceValue::Discount(reading) => self.discount_as.set(Some(*reading)),
            ChoiceValue::NetAmount(is_net) => self.line_amount_is_net.set(Some(*is_net)),
        }
    }

    /// Whether an open question is answered so.
    pub(super) fn has_chosen(self, value: &ChoiceValue) -> bool {
        match value {
            ChoiceValue::DateOrder(order) => self.date_order.get() == Some(*order),
            ChoiceValue::DecimalComma(comma) => self.decimal_comma.get() == Some(*comma),
            ChoiceValue::Currency(currency) => self.currency.get() == Some(*currency),
            ChoiceValue::Discount(reading) => self.discount_as.get() == Some(*reading),
            ChoiceValue::NetAmount(is_net) => self.line_amount_is_net.get() == Some(*is_net),
        }
    }

    pub(super) fn mapping(self, headers: &[String], guess: &Mapping) -> Mapping {
        let (mut columns, mut further_stock) = (BTreeMap::new(), Vec::new());
        self.meanings.with(|meanings| {
            for (header, meaning) in headers.iter().zip(meanings).filter_map(|(header, meaning)| Some((header, (*meaning)?))) {
                match columns.entry(meaning) {
                    Entry::Vacant(entry) => drop(entry.insert(header.clone())),
                    Entry::Occupied(_) => further_stock.push(header.clone()),
                }
            }
        });
        Mapping {
            columns,
            further_stock,
            date_order: self.date_order.get(),
            decimal_comma: self.decimal_comma.get(),
            currency: self.currency.get(),
            discount_as: self.discount_as.get(),
            line_amount_is_net: self.line_amount_is_net.get(),
            channel: self.channel.get(),
            kind: self.kind.get(),
            ..guess.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_moves_to_the_column_that_claimed_it_last() {
        Owner::new().with(|| {
            let headers = ["A".to_owned(), "B".to_owned()];
            let answers = Answers::of_guess(&headers, &Mapping::default());
            answers.set(0, Some(ColumnMeaning::Sku));
            answers.set(1, Some(ColumnMeaning::Sku));
            answers.choose(&ChoiceValue::DecimalComma(true));
            let mapping = answers.mapping(&headers, &Mapping::default());
            assert_eq!(mapping.columns.get(&ColumnMeaning::Sku).map(String::as_str), Some("B"));
            assert_eq!((mapping.columns.len(), mapping.decimal_comma), (1, Some(true)));
            assert!(answers.has_chosen(&ChoiceValue::DecimalComma(true)) && !answers.has_chosen(&ChoiceValue::DecimalComma(false)));
        });
    }

    #[test]
    fn stock_may_stand_in_several_columns() {
        Owner::new().with(|| {
            let headers = ["A", "B", "C"].map(str::to_owned);
            let answers = Answers::of_guess(&headers, &Mapping::default());
            answers.set(2, Some(ColumnMeaning::Stock));
            answers.set(1, Some(ColumnMeaning::Stock));
            let mapping = answers.mapping(&headers, &Mapping::default());
            assert_eq!((mapping.columns[&ColumnMeaning::Stock].as_str(), mapping.further_stock.as_slice()), ("B", ["C".to_owned()].as_slice()));
            let again = Answers::of_guess(&headers, &mapping);
            assert_eq!(again.mapping(&headers, &mapping), mapping);
            again.set(1, None);
            let left = again.mapping(&headers, &mapping);
            assert_eq!((left.columns[&ColumnMeaning::Stock].as_str(), left.further_stock.len()), ("C", 0));
        });
    }

    #[test]
    fn what_was_said_of_a_discount_goes_with_its_column() {
        Owner::new().with(|| {
            let headers = ["A".to_owned()];
            let answers = Answers::of_guess(&headers, &Mapping::default());
            for discount in [ColumnMeaning::LineDiscount, ColumnMeaning::Discount] {
                answers.choose(&ChoiceValue::NetAmount(true));
                answers.choose(&ChoiceValue::Discount(DiscountReading::Percent));
                answers.set(0, Some(discount));
                let mapping = answers.mapping(&headers, &Mapping::default());
                assert_eq!((mapping.discount_as, mapping.line_amount_is_net), (None, None), "{discount:?}");
            }
        });
    }
}
