//! What a file states of a whole order besides its lines: shipping, tax, discount, fees. Kept beside the order, never among its products.

use engine::ingestion::StatedValues;

/// Amounts and words of an order, as one of its rows states them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Stated<'a> {
    pub(crate) amounts: Amounts,
    pub(crate) discount_code: &'a str,
    pub(crate) payment_method: &'a str,
    pub(crate) store: &'a str,
    /// Of a refund, the number of its order.
    pub(crate) refund_of: &'a str,
    pub(crate) is_test: bool,
    /// A store's total over a period, of nobody knows how many orders.
    pub(crate) is_aggregate: bool,
    /// The file says that the order was cancelled.
    pub(crate) is_cancelled: bool,
    /// The file says that the row was returned.
    pub(crate) is_returned: bool,
    /// The amounts are the row's own part of the order's.
    pub(crate) adds_up: bool,
    /// The discount is, whatever the other amounts are.
    pub(crate) discount_is_part: bool,
}

/// Minor units of the order's currency: shipping, tax, discount, fee, refunded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amounts {
    pub(crate) shipping: Option<i64>,
    pub(crate) tax: Option<i64>,
    pub(crate) discount: Option<i64>,
    pub(crate) fee: Option<i64>,
    pub(crate) refunded: Option<i64>,
}

/// The same, kept with its order.
#[derive(Clone, Debug, Default)]
pub(crate) struct StatedOrder {
    pub(crate) amounts: Amounts,
    pub(crate) discount_code: Option<Box<str>>,
    pub(crate) payment_method: Option<Box<str>>,
    pub(crate) store: Option<Box<str>>,
    pub(crate) refund_of: Option<Box<str>>,
    pub(crate) is_test: bool,
    pub(crate) is_aggregate: bool,
    pub(crate) is_cancelled: bool,
    /// Some row was returned.
    pub(crate) has_returns: bool,
    /// Some row tells another store than the first that tells one.
    pub(crate) has_other_store: bool,
}

impl Amounts {
    /// In the order in which they are written and read back.
    pub(crate) fn array(&self) -> [Option<i64>; 5] {
        let Self { shipping, tax, discount, fee, refunded } = *self;
        [shipping, tax, discount, fee, refunded]
    }

    /// Some amount is stated.
    pub(crate) fn has_any(&self) -> bool {
        *self != Self::default()
    }

    /// From their order.
    pub(crate) fn of([shipping, tax, discount, fee, refunded]: [Option<i64>; 5]) -> Self {
        Self { shipping, tax, discount, fee, refunded }
    }
}

impl Stated<'_> {
    /// Some amount of the order is stated.
    pub(crate) fn has_amounts(&self) -> bool {
        self.amounts.has_any()
    }

    /// Nothing is stated, as in most files.
    pub(crate) fn is_empty(&self) -> bool {
        Self { adds_up: false, discount_is_part: false, ..*self } == Self::default()
    }

    /// The same of a row whose amounts may be its own part of the order's: what was kept of a row that was returned is given back as well.
    pub(crate) fn adding_up(self, adds_up: bool) -> Self {
        let fee = self.amounts.fee.filter(|_| !(adds_up && self.is_returned));
        Self { adds_up, amounts: Amounts { fee, ..self.amounts }, ..self }
    }

    /// All amounts are the row's own part, so that none of them says again what an earlier row said.
    pub(crate) fn is_part(&self) -> bool {
        self.adds_up || (self.discount_is_part && !Amounts { discount: None, ..self.amounts }.has_any())
    }
}

impl<'a> From<&'a StatedValues<'_>> for Stated<'a> {
    fn from(stated: &'a StatedValues<'_>) -> Self {
        let StatedValues { shipping_minor, tax_minor, discount_minor, discount_is_part, fee_minor, refunded_minor, .. } = stated;
        Self {
            amounts: Amounts { shipping: *shipping_minor, tax: *tax_minor, discount: *discount_minor, fee: *fee_minor, refunded: *refunded_minor },
            discount_code: stated.discount_code.as_deref().unwrap_or_default(),
            payment_method: stated.payment_method.as_deref().unwrap_or_default(),
            store: stated.store.as_deref().unwrap_or_default(),
            is_test: stated.is_test,
            discount_is_part: *discount_is_part,
            ..Self::default()
        }
    }
}

impl StatedOrder {
    /// Takes what another row of the order states: stated once or repeated on each row it is never summed, the row's own part is.
    pub(crate) fn take(&mut self, stated: &Stated<'_>) {
        let (mut amounts, more) = (self.amounts.array(), stated.amounts.array());
        let parts = [stated.adds_up, stated.adds_up, stated.adds_up || stated.discount_is_part, stated.adds_up, stated.adds_up];
        for ((amount, more), is_part) in amounts.iter_mut().zip(more).zip(parts) {
            *amount = match (*amount, more) {
                (Some(amount), Some(more)) if is_part => Some(amount.saturating_add(more)),
                (amount, more) => amount.or(more),
            };
        }
        self.amounts = Amounts::of(amounts);
        self.has_other_store |= !stated.store.is_empty() && self.store.as_deref().is_some_and(|store| store != stated.store);
        let words = [
            (&mut self.discount_code, stated.discount_code),
            (&mut self.payment_method, stated.payment_method),
            (&mut self.store, stated.store),
            (&mut self.refund_of, stated.refund_of),
        ];
        for (word, more) in words {
            if word.is_none() && !more.is_empty() {
                *word = Some(more.into());
            }
        }
        self.is_test |= stated.is_test;
        self.is_aggregate |= stated.is_aggregate;
        self.is_cancelled |= stated.is_cancelled;
        self.has_returns |= stated.is_returned;
    }

    /// Takes what another order states, whose lines become this one's: amounts add up.
    pub(super) fn absorb(&mut self, other: Self) {
        let (mut amounts, more) = (self.amounts.array(), other.amounts.array());
        for (amount, more) in amounts.iter_mut().zip(more).filter(|(_, more)| more.is_some()) {
            *amount = Some(amount.unwrap_or_default().saturating_add(more.unwrap_or_default()));
        }
        self.amounts = Amounts::of(amounts);
        self.discount_code = self.discount_code.take().or(other.discount_code);
        self.payment_method = self.payment_method.take().or(other.payment_method);
        self.store = self.store.take().or(other.store);
        self.refund_of = self.refund_of.take().or(other.refund_of);
        self.is_test |= other.is_test;
        self.is_aggregate |= other.is_aggregate;
        self.has_returns |= other.has_returns;
    }

    /// Adds to the text that tells whether an order changed.
    pub(crate) fn write_to(&self, text: &mut Vec<u8>) {
        for amount in self.amounts.array() {
            text.extend(amount.map_or([0xff; 16], |amount| i128::from(amount).to_le_bytes()));
        }
        for word in [&self.discount_code, &self.payment_method] {
            text.extend(word.as_deref().unwrap_or_default().as_bytes());
            text.push(0);
        }
        text.extend([u8::from(self.is_test), u8::from(self.is_aggregate)]);
        // Orders without a store stay what they were before stores were kept.
        if let Some(store) = &self.store {
            text.push(b'@');
            text.extend(store.as_bytes());
            text.push(0);
        }
        if let Some(order) = &self.refund_of {
            text.extend(order.as_bytes());
            text.push(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rows_repeat_is_taken_once() {
        let mut order = StatedOrder::default();
        let row = Stated { amounts: Amounts { shipping: Some(500), ..Amounts::default() }, payment_method: "card", ..Stated::default() };
        order.take(&row);
        order.take(&Stated { amounts: Amounts { shipping: Some(500), tax: Some(20), ..Amounts::default() }, ..row });
        assert_eq!(order.amounts, Amounts { shipping: Some(500), tax: Some(20), ..Amounts::default() });
        assert_eq!(order.payment_method.as_deref(), Some("card"));
        order.take(&Stated { adds_up: true, ..row });
        assert_eq!(order.amounts.shipping, Some(1_000));
        let part = Stated { amounts: Amounts { discount: Some(30), ..row.amounts }, discount_is_part: true, ..Stated::default() };
        [part, part].iter().for_each(|part| order.take(part));
        assert_eq!((order.amounts.shipping, order.amounts.discount), (Some(1_000), Some(60)));
    }
}
