//! How much of an order's returns counts, where its export and single refunds tell of them. Pure.

/// What an order's own export tells, in minor units that are not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OwnTelling {
    /// Its lines that sold, after discounts.
    pub(super) sold: i64,
    /// Its lines that give back products.
    pub(super) lines_back: i64,
    /// What it says was given back besides.
    pub(super) given_back: i64,
}

/// What of the returns is left to count once some refunds had their part.
#[derive(Debug)]
pub(super) struct Returns {
    left: i64,
    given_back: i64,
}

impl OwnTelling {
    /// All that the export says was given back.
    pub(super) fn whole(&self) -> i64 {
        self.lines_back.saturating_add(self.given_back)
    }

    /// The returns of the order beside single refunds of so much together: the larger of both tellings. Refunds hold shipping and tax, which
    /// are no sales: together they take no more off than the order sold.
    pub(super) fn returns(&self, refunds: i64) -> Returns {
        let returns = self.whole().max(refunds.min(self.sold));
        Returns { left: returns - self.lines_back, given_back: self.given_back }
    }
}

impl Returns {
    /// What counts of the next refund, or of a part of it.
    pub(super) fn take(&mut self, refund: i64) -> i64 {
        let taken = refund.min(self.left);
        self.left -= taken;
        taken
    }

    /// What the order's own line still gives back, once all refunds had their part.
    pub(super) fn rest(self) -> i64 {
        self.left.min(self.given_back)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What counts of each refund, and of the order's own line.
    fn counted(sold: i64, lines_back: i64, given_back: i64, refunds: &[i64]) -> (Vec<i64>, i64) {
        let mut returns = OwnTelling { sold, lines_back, given_back }.returns(refunds.iter().sum());
        let taken = refunds.iter().map(|refund| returns.take(*refund)).collect();
        (taken, returns.rest())
    }

    #[test]
    fn the_larger_telling_counts_and_single_refunds_go_first() {
        assert_eq!(counted(3_000, 0, 500, &[]), (vec![], 500));
        assert_eq!(counted(3_000, 0, 500, &[500]), (vec![500], 0), "both tell the same");
        assert_eq!(counted(3_000, 0, 500, &[200, 100]), (vec![200, 100], 200), "the export tells more");
        assert_eq!(counted(3_000, 0, 500, &[500, 400]), (vec![500, 400], 0), "the refunds tell more");
    }

    #[test]
    fn no_order_gives_back_more_than_it_sold() {
        // 30.00 of goods, refunded with 11.00 of shipping and tax; cancelled or not.
        assert_eq!(counted(3_000, 0, 3_000, &[4_100]), (vec![3_000], 0));
        assert_eq!(counted(3_000, 0, 3_000, &[2_500, 1_600]), (vec![2_500, 500], 0));
        assert_eq!(counted(3_000, 0, 500, &[4_100]), (vec![3_000], 0));
    }

    #[test]
    fn products_that_the_export_gives_back_stay_and_refunds_tell_them_again() {
        // 4.00 of 5.00 are a line of the export: one refund of it all.
        assert_eq!(counted(3_000, 400, 100, &[500]), (vec![100], 0));
        assert_eq!(counted(3_000, 400, 100, &[700]), (vec![300], 0));
        assert_eq!(counted(3_000, 400, 100, &[]), (vec![], 100));
        assert_eq!(counted(300, 400, 0, &[500]), (vec![0], 0), "more than was sold came back already");
    }
}
