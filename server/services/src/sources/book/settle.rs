//! Orders once all of their lines are in: a discount of the whole order is put on its lines, and what its export says was given back becomes
//! lines of its own: of each row that was returned one, and one of what was given back besides.

use super::order::Order;
use super::order_book::{Line, NO_PRODUCT, OrderBook, Product};
use super::whole_discount::{decide, put_on};
use engine::ingestion::is_product;
use std::collections::BTreeMap;

impl OrderBook {
    /// Settles each order that states such a thing; to be done once, when the book is whole.
    pub(crate) fn settle(&mut self) {
        let is_open: Vec<bool> = self.orders.iter().map(Order::is_to_settle).collect();
        if !is_open.contains(&true) {
            return;
        }
        let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (place, line) in self.lines.iter().enumerate().filter(|(_, line)| is_open[line.order as usize]) {
            places.entry(line.order).or_default().push(place);
        }
        for (number, places) in places {
            let mut lines: Vec<Line> = places.iter().map(|place| self.lines[*place]).collect();
            let order = &mut self.orders[number as usize];
            if let Some(discount) = order.stated.as_ref().and_then(|stated| stated.amounts.discount) {
                let whole = decide(order, discount, &lines);
                let named = |line: &Line| self.products.get(line.product as usize);
                let products: Vec<(&str, bool)> = lines.iter().map(|line| named(line).map_or(("", true), told)).collect();
                put_on(&mut lines, whole, &products);
                places.iter().zip(&lines).for_each(|(place, line)| self.lines[*place] = *line);
                order.sum_up(&lines);
            }
            let returned = places.iter().zip(&lines).filter(|(place, _)| self.returned.binary_search(place).is_ok());
            for line in returned.map(|(_, line)| *line).collect::<Vec<_>>() {
                order.give_back(&mut lines, line.given_back(order.net_minor.max(0), order.units_milli.max(0)));
            }
            let besides = besides(order, &lines);
            order.give_back(&mut lines, (besides > 0).then(|| of_no_product(number, -besides)));
            self.lines.extend(&lines[places.len()..]);
        }
    }
}

fn of_no_product(order: u32, amount_minor: i64) -> Line {
    Line { order, product: NO_PRODUCT, quantity_milli: 0, unit_price_minor: None, amount_minor, discount_minor: None }
}

/// A product's key, and whether it is one that is sold.
fn told(product: &Product) -> (&str, bool) {
    (&product.key, is_product(product.sku.as_deref(), &product.title))
}

impl Order {
    fn is_to_settle(&self) -> bool {
        let states = self.stated.as_ref();
        !self.is_test()
            && states.is_some_and(|it| it.is_cancelled || it.has_returns || it.amounts.discount.is_some() || it.amounts.refunded.is_some())
    }

    /// Adds a line that its export says was given back.
    fn give_back(&mut self, lines: &mut Vec<Line>, line: Option<Line>) {
        let Some(line) = line else { return };
        lines.push(line);
        self.net_minor = self.net_minor.saturating_add(line.amount_minor);
        self.units_milli = self.units_milli.saturating_add(line.quantity_milli);
        self.given_back_minor = self.given_back_minor.saturating_sub(line.amount_minor);
        self.given_back_lines += 1;
    }
}

/// What was given back besides the order's negative lines, and never more than is left of it; of a cancelled order all that is left.
fn besides(order: &Order, lines: &[Line]) -> i64 {
    let Some(stated) = &order.stated else { return 0 };
    let left = order.net_minor.max(0);
    if stated.is_cancelled {
        return left;
    }
    let by_lines: i64 = lines.iter().map(|line| line.amount_minor.min(0)).fold(0, i64::saturating_add);
    stated.amounts.refunded.unwrap_or(0).saturating_add(by_lines).clamp(0, left)
}

#[cfg(test)]
mod tests {
    use super::super::order_book::SalesLine;
    use super::super::stated::{Amounts, Stated};
    use super::*;
    use domain::Day;

    /// Amount, own discount, price of one piece.
    type Row = (&'static str, i64, Option<i64>, Option<i64>);

    fn settled(rows: &[Row], total: Option<i64>, stated: Stated<'static>) -> (OrderBook, Vec<(i64, Option<i64>)>) {
        let mut book = OrderBook::default();
        for (title, amount_minor, discount_minor, unit_price_minor) in rows {
            let line = SalesLine {
                row_line: 0,
                order_number: "1",
                occurred_at: 0,
                day: Day(0),
                hour: 0,
                sku: "",
                title,
                quantity_milli: if *amount_minor < 0 { -1_000 } else { 1_000 },
                unit_price_minor: *unit_price_minor,
                amount_minor: *amount_minor,
                discount_minor: *discount_minor,
                currency: "GBP".parse().expect("a currency"),
                country: None,
                city: "",
                customer_id: "",
                customer_email: "",
                customer_name: "",
                stated_total_minor: total,
                stated,
            };
            book.add(&line).expect("it fits");
        }
        book.settle();
        let lines = book.lines.iter().map(|line| (line.amount_minor, line.discount_minor)).collect();
        let order = &book.orders[0];
        let sold: i64 = book.lines.iter().map(|line| line.amount_minor.max(0)).sum();
        assert_eq!(order.gross_minor - order.discount_minor.unwrap_or(0), sold, "gross sales less discounts");
        assert_eq!(order.net_minor, book.lines.iter().map(|line| line.amount_minor).sum::<i64>());
        (book, lines)
    }

    fn stating(shipping: Option<i64>, tax: Option<i64>, discount: Option<i64>, refunded: Option<i64>) -> Stated<'static> {
        Stated { amounts: Amounts { shipping, tax, discount, fee: None, refunded }, ..Stated::default() }
    }

    const TEA_AND_POT: [Row; 2] = [("Tea", 2_000, None, Some(2_000)), ("Pot", 1_400, None, Some(1_400))];

    #[test]
    fn a_whole_orders_discount_is_spread_over_its_lines() {
        // 34.00 - 4.00 + 5.00 + 6.00 is the total; without a total the same.
        for total in [Some(4_100), None] {
            let (book, lines) = settled(&TEA_AND_POT, total, stating(Some(500), Some(600), Some(400), None));
            assert_eq!(lines, [(1_765, Some(235)), (1_235, Some(165))]);
            assert_eq!((book.orders[0].net_minor, book.orders[0].gross_minor, book.orders[0].discount_minor), (3_000, 3_400, Some(400)));
        }
        let (_, lines) = settled(&TEA_AND_POT, None, stating(None, None, Some(0), None));
        assert_eq!(lines, [(2_000, Some(0)), (1_400, Some(0))], "it states that there is none");
        let (_, lines) = settled(&TEA_AND_POT, None, stating(None, None, Some(9_900), None));
        assert_eq!(lines, [(0, Some(2_000)), (0, Some(1_400))], "at most all of it");
    }

    #[test]
    fn the_total_tells_how_much_of_a_discount_is_off_already() {
        let rows = [("Tea", 1_800, Some(200), Some(2_000)), ("Pot", 1_400, None, Some(1_400))];
        // The order's 4.00 hold the line's 2.00, unless the total says that they come on top, or that 2.00 are all.
        for (total, discount, net) in [(None, 400, 3_000), (Some(3_000), 400, 3_000), (Some(2_800), 400, 2_800), (Some(3_200), 200, 3_200)] {
            let (book, _) = settled(&rows, total, stating(None, None, Some(discount), None));
            assert_eq!((book.orders[0].net_minor, book.orders[0].gross_minor), (net, 3_400), "{total:?}");
        }
    }

    #[test]
    fn a_discount_of_the_shipping_is_none_of_the_sales() {
        // Shipping was 4.00 and cost 1.00 with its discount: 34.00 + 1.00.
        let (book, lines) = settled(&TEA_AND_POT, Some(3_500), stating(Some(100), None, Some(300), None));
        assert_eq!((lines, book.orders[0].discount_minor), (vec![(2_000, None), (1_400, None)], None));
    }

    #[test]
    fn amounts_that_have_it_off_already_are_not_lessened_again() {
        // Prices say so: 20.00 and 14.00 were sold for 18.00 and 12.00.
        let rows = [("Tea", 1_800, None, Some(2_000)), ("Pot", 1_200, None, Some(1_400))];
        let (book, lines) = settled(&rows, None, stating(None, None, Some(400), None));
        assert_eq!((lines, book.orders[0].gross_minor), (vec![(1_800, Some(200)), (1_200, Some(200))], 3_400));
        // The total says so: amounts alone, and nothing more to pay.
        for shipping in [None, Some(500)] {
            let (book, _) = settled(&[("", 1_800, None, None)], Some(1_800), stating(shipping, None, Some(200), None));
            assert_eq!((book.orders[0].net_minor, book.orders[0].gross_minor, book.orders[0].discount_minor), (1_800, 2_000, Some(200)));
        }
    }

    #[test]
    fn postage_is_not_discounted_while_products_are_left() {
        let rows = [("Tea", 1_000, None, Some(1_000)), ("Postage", 500, None, Some(500)), ("Pot", -300, None, Some(300))];
        let (_, lines) = settled(&rows, None, stating(None, None, Some(600), None));
        assert_eq!(lines, [(400, Some(600)), (500, Some(0)), (-300, None)]);
        let (_, lines) = settled(&rows, None, stating(None, None, Some(1_100), None));
        assert_eq!(lines, [(0, Some(1_000)), (400, Some(100)), (-300, None)]);
    }

    #[test]
    fn what_was_given_back_is_a_line_of_no_product_and_counts_once() {
        let (book, lines) = settled(&TEA_AND_POT, None, stating(None, None, None, Some(500)));
        assert_eq!((lines[2], book.lines[2].product, book.lines[2].quantity_milli), ((-500, None), NO_PRODUCT, 0));
        let order = &book.orders[0];
        assert_eq!((order.net_minor, order.gross_minor, order.line_count, order.stored_lines()), (2_900, 3_400, 2, 3));
        let with_return = [TEA_AND_POT[0], ("Tea", -400, None, Some(400))];
        let (book, lines) = settled(&with_return, None, stating(None, None, None, Some(500)));
        assert_eq!((lines[2].0, book.orders[0].net_minor), (-100, 1_500), "4.00 of the 5.00 are a line of the file");
        let (book, _) = settled(&with_return, None, stating(None, None, None, Some(9_900)));
        assert_eq!((book.orders[0].net_minor, book.orders[0].gross_minor), (0, 2_000), "with shipping and tax; sales lose no more than they are");
    }

    #[test]
    fn rows_that_were_returned_are_given_back_with_their_products_and_pieces() {
        // 34.00 less 4.00 for the whole order; with shipping and tax 41.00 were refunded, or nothing says how much.
        for refunded in [None, Some(4_100)] {
            let (book, lines) = settled(&TEA_AND_POT, None, Stated { is_returned: true, ..stating(None, None, Some(400), refunded) });
            assert_eq!(lines, [(1_765, Some(235)), (1_235, Some(165)), (-1_765, None), (-1_235, None)]);
            let told: Vec<_> = book.lines.iter().map(|line| (line.product, line.quantity_milli)).collect();
            assert_eq!(told, [(0, 1_000), (1, 1_000), (0, -1_000), (1, -1_000)]);
            let order = &book.orders[0];
            assert_eq!((order.net_minor, order.gross_minor, order.discount_minor, order.units_milli), (0, 3_400, Some(400), 0));
            assert_eq!((order.told_back(), order.line_count, order.stored_lines(), order.is_sale()), (Some(3_000), 2, 4, true));
        }
    }

    #[test]
    fn what_was_returned_counts_once_beside_other_tellings_of_it() {
        let returned = |stated| Stated { is_returned: true, ..stated };
        // The file gives 4.00 of the 20.00 back itself, or all of them.
        for (row, lines_after) in [(-400, vec![2_000, -400, -1_600]), (-2_000, vec![2_000, -2_000])] {
            let (book, lines) = settled(&[TEA_AND_POT[0], ("Tea", row, None, Some(400))], None, returned(Stated::default()));
            assert_eq!(lines.iter().map(|line| line.0).collect::<Vec<_>>(), lines_after);
            assert_eq!((book.orders[0].net_minor, book.orders[0].units_milli), (0, 0));
        }
        let (book, lines) = settled(&TEA_AND_POT, None, returned(Stated { is_cancelled: true, ..Stated::default() }));
        assert_eq!((lines.len(), book.orders[0].net_minor, book.orders[0].told_back()), (4, 0, Some(3_400)), "cancelled as well");
        let (book, lines) = settled(&[("Gift", 0, None, None)], None, returned(Stated::default()));
        assert_eq!((lines.len(), book.orders[0].units_milli, book.orders[0].told_back()), (2, 0, Some(0)), "a gift has pieces");
        let (book, lines) = settled(&TEA_AND_POT, None, returned(Stated { is_test: true, ..Stated::default() }));
        assert_eq!((lines.len(), book.orders[0].told_back()), (2, None), "a test sold nothing");
    }

    #[test]
    fn a_cancelled_order_gives_back_all_that_is_left() {
        let (book, lines) = settled(&TEA_AND_POT, None, Stated { is_cancelled: true, ..stating(None, None, Some(400), Some(1_000)) });
        assert_eq!((lines[2].0, book.orders[0].net_minor, book.orders[0].is_sale()), (-3_000, 0, true));
        assert_eq!(book.orders[0].told_back(), Some(3_000));
        let (book, lines) = settled(&TEA_AND_POT, None, Stated { is_cancelled: true, is_test: true, ..Stated::default() });
        assert_eq!((lines.len(), book.orders[0].given_back_minor), (2, 0), "a test sold nothing");
        let (nothing, _) = settled(&TEA_AND_POT, None, stating(None, None, None, Some(0)));
        assert_eq!((book.orders[0].told_back(), nothing.orders[0].told_back()), (None, None));
    }

    #[test]
    fn the_hash_does_not_depend_on_the_order_of_lines_and_tells_what_was_worked_out() {
        let stated = stating(None, None, Some(100), None);
        let rows = [("Tea", 500, None, Some(500)), ("Pot", 500, None, Some(500)), ("Cup", 500, None, Some(500))];
        let (book, _) = settled(&rows, None, stated);
        let (other, _) = settled(&[rows[2], rows[0], rows[1]], None, stated);
        assert_eq!(book.orders[0].content_hash(1, ""), other.orders[0].content_hash(1, ""));
        let of = |book: &OrderBook, title: &str| {
            let product = book.products.iter().position(|product| product.title == title).expect("it is there") as u32;
            book.lines.iter().find(|line| line.product == product).map(|line| line.discount_minor)
        };
        assert!(["Tea", "Pot", "Cup"].into_iter().all(|title| of(&book, title) == of(&other, title)));
        let (plain, _) = settled(&rows, None, Stated::default());
        let (cancelled, _) = settled(&rows, None, Stated { is_cancelled: true, ..Stated::default() });
        assert_ne!(plain.orders[0].content_hash(1, ""), cancelled.orders[0].content_hash(1, ""));
        let (returned, _) = settled(&rows, None, Stated { is_returned: true, ..Stated::default() });
        assert_ne!(returned.orders[0].content_hash(1, ""), cancelled.orders[0].content_hash(1, ""), "as much was given back");
    }
}
