//! Two years of trade, day by day.

use super::catalogue::PRODUCTS;
use super::people::{HARBOUR, PLACES, Person, newcomer};
use super::random::Dice;
use super::{DemoLine, DemoOrder, TIME_ZONE, calendar};
use crate::ingestion::instant_of;
use domain::Day;
use domain::sources::Channel;

/// Orders over this are sent free of charge, in pence.
const FREE_POSTAGE: i64 = 5_000;
const POSTAGE: i64 = 395;

/// About 20,000 orders over the two years up to and including `last_day`, in the order of time.
pub fn generate(seed: u64, last_day: Day) -> impl Iterator<Item = DemoOrder> {
    let first_day = last_day.plus_months(-24).plus_days(1);
    let mut shop = Shop { dice: Dice::new(seed), people: Vec::new(), orders: Vec::new(), numbers: [0; 2], returns: 0 };
    let days = (last_day.0 - first_day.0) as u64;
    for elapsed in 0..=days {
        let day = first_day.plus_days(elapsed as i32);
        for channel in [Channel::Online, Channel::Offline] {
            shop.trade(channel, day, calendar::expected_orders(channel, day, elapsed, days));
        }
    }
    let mut orders = shop.orders;
    orders.retain(|order| order.day <= last_day);
    orders.sort_by(|a, b| (a.occurred_at_ms, &a.number).cmp(&(b.occurred_at_ms, &b.number)));
    orders.into_iter()
}

struct Shop {
    dice: Dice,
    people: Vec<Person>,
    orders: Vec<DemoOrder>,
    numbers: [u32; 2],
    returns: u32,
}

impl Shop {
    fn trade(&mut self, channel: Channel, day: Day, expected: u64) {
        // Weather, luck and newsletters: a quarter more or less.
        let expected = expected * (750 + self.dice.below(501)) / 1000;
        let count = expected / 1000 + u64::from(self.dice.chance(expected % 1000));
        for _ in 0..count {
            let order = self.order(channel, day);
            if self.dice.chance(if channel == Channel::Online { 52 } else { 21 }) {
                self.give_back(&order);
            }
            self.orders.push(order);
        }
    }

    fn order(&mut self, channel: Channel, day: Day) -> DemoOrder {
        let second = self.second(channel);
        let person = match channel {
            Channel::Online => Some(self.web_customer()),
            Channel::Offline => self.card_holder(),
        };
        let (city, country) = match (&person, channel) {
            (Some(person), Channel::Online) => (person.city, person.country),
            _ => HARBOUR,
        };
        let lines = self.basket(day, channel);
        let net: i64 = lines.iter().map(DemoLine::amount_minor).sum();
        let postage = if net >= FREE_POSTAGE { 0 } else { POSTAGE };
        self.numbers[channel as usize] += 1;
        let number = self.numbers[channel as usize];
        let (occurred_at_ms, local) = instant_of(day, second, TIME_ZONE);
        DemoOrder {
            number: if channel == Channel::Online { format!("HH-{}", 10_000 + number) } else { format!("T-{number:06}") },
            channel,
            occurred_at_ms,
            day: local.day,
            hour: local.hour,
            country,
            city,
            customer: person.map(|person| person.customer),
            lines,
            stated_total_minor: (channel == Channel::Online).then_some(net + postage),
        }
    }

    fn second(&mut self, channel: Channel) -> u32 {
        let hour = self.dice.weighted(calendar::hours(channel).iter().copied());
        hour as u32 * 3600 + self.dice.below(3600) as u32
    }

    /// Half of the web orders are placed by someone who bought before, and by the keenest most often.
    fn web_customer(&mut self) -> Person {
        if self.people.len() > 40 && self.dice.chance(560) {
            let index = self.dice.favourite(self.people.len());
            return self.people[index].clone();
        }
        let place = &PLACES[self.dice.weighted(PLACES.iter().map(|place| place.share))];
        let person = newcomer(self.people.len(), place, &mut self.dice);
        self.people.push(person.clone());
        person
    }

    fn card_holder(&mut self) -> Option<Person> {
        if self.people.len() <= 40 || !self.dice.chance(280) {
            return None;
        }
        let index = self.dice.favourite(self.people.len());
        Some(self.people[index].clone()).filter(|person| person.country == HARBOUR.1)
    }

    fn basket(&mut self, day: Day, channel: Channel) -> Vec<DemoLine> {
        let month = day.civil().month;
        let wanted = 1 + self.dice.weighted([38, 28, 17, 9, 5, 3].into_iter()) - usize::from(channel == Channel::Offline && self.dice.chance(300));
        let mut lines: Vec<DemoLine> = Vec::new();
        for _ in 0..wanted.max(1) {
            let product = &PRODUCTS[self.dice.weighted(PRODUCTS.iter().map(|product| product.weight(month)))];
            // People take several of what is cheap.
            let most = if product.price < 1_000 { [55, 24, 12, 6, 3] } else { [86, 11, 2, 1, 0] };
            let quantity = 1 + self.dice.weighted(most.into_iter()) as i64;
            match lines.iter_mut().find(|line| line.sku == product.sku) {
                Some(line) => line.quantity += quantity,
                None => lines.push(DemoLine { sku: product.sku, title: product.title, quantity, unit_price_minor: product.price }),
            }
        }
        lines
    }

    /// Some of an order comes back some days later.
    fn give_back(&mut self, order: &DemoOrder) {
        let all = self.dice.chance(450);
        let line = self.dice.below(order.lines.len() as u64) as usize;
        let kept = order.lines.iter().enumerate().filter(|(index, _)| all || *index == line);
        let lines: Vec<DemoLine> = kept.map(|(_, line)| DemoLine { quantity: -line.quantity, ..line.clone() }).collect();
        let mut day = order.day.plus_days(3 + self.dice.below(18) as i32);
        if order.channel == Channel::Offline && day.weekday() == 7 {
            day = day.plus_days(1);
        }
        let (occurred_at_ms, local) = instant_of(day, self.second(order.channel), TIME_ZONE);
        self.returns += 1;
        let stated_total_minor = order.stated_total_minor.map(|_| lines.iter().map(DemoLine::amount_minor).sum());
        let number = format!("R-{:05}", self.returns);
        self.orders.push(DemoOrder { number, occurred_at_ms, day: local.day, hour: local.hour, lines, stated_total_minor, ..order.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn orders() -> Vec<DemoOrder> {
        generate(7, "2026-11-19".parse().expect("a day")).collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_shop() {
        assert_eq!(orders(), orders());
        let other: Vec<_> = generate(8, "2026-11-19".parse().expect("a day")).take(50).collect();
        assert_ne!(orders()[..50], other[..]);
    }

    #[test]
    fn it_looks_like_a_gift_shop() {
        let orders = orders();
        let share = |matches: &dyn Fn(&DemoOrder) -> bool| orders.iter().filter(|order| matches(order)).count() * 100 / orders.len();
        assert!((18_000..23_000).contains(&orders.len()), "{}", orders.len());
        assert!((55..66).contains(&share(&|order| order.country == *b"GB")), "{}", share(&|order| order.country == *b"GB"));
        assert!((20..32).contains(&share(&|order| order.channel == Channel::Offline)));
        assert!((2..7).contains(&share(&|order| order.net_minor() < 0)));
        assert_eq!(orders.iter().map(|order| order.day).max(), "2026-11-19".parse().ok());
        assert_eq!(orders.iter().map(|order| order.day).min(), "2024-11-20".parse().ok());
        assert!(orders.iter().all(|order| !order.lines.is_empty()));
    }

    #[test]
    fn numbers_and_codes_are_unique() {
        let orders = orders();
        assert_eq!(orders.iter().map(|order| &order.number).collect::<BTreeSet<_>>().len(), orders.len());
        assert_eq!(PRODUCTS.iter().map(|product| product.sku).collect::<BTreeSet<_>>().len(), PRODUCTS.len());
        assert_eq!(PRODUCTS.len(), 80);
    }

    #[test]
    fn a_fifth_of_the_customers_place_half_of_the_orders() {
        let mut by_customer: BTreeMap<String, usize> = BTreeMap::new();
        for customer in orders().into_iter().filter_map(|order| order.customer) {
            *by_customer.entry(customer.number).or_default() += 1;
        }
        let mut counts: Vec<usize> = by_customer.into_values().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let all: usize = counts.iter().sum();
        let keen: usize = counts[..counts.len() / 5].iter().sum();
        assert!(keen * 100 / all >= 45, "{} of {all}", keen);
    }
}
