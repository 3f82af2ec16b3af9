//! How busy a day is: the season, the weekday, growth.

use domain::Day;
use domain::sources::Channel;

/// Of a thousand, by month: quiet after Christmas, visitors in summer, presents from November on.
const MONTHS: [u64; 12] = [700, 760, 840, 900, 950, 980, 1080, 1120, 930, 1000, 1380, 1760];
/// Of a thousand, Monday first: the web shop is busy on Sunday evenings, the till on Saturdays and never on Sundays.
const ONLINE_WEEKDAYS: [u64; 7] = [1060, 1000, 960, 940, 900, 920, 1220];
const TILL_WEEKDAYS: [u64; 7] = [700, 760, 860, 960, 1240, 2100, 0];
const ONLINE_HOURS: [u64; 24] = [10, 5, 3, 2, 2, 4, 12, 26, 40, 48, 52, 54, 60, 54, 48, 46, 50, 58, 70, 88, 96, 84, 52, 26];
const TILL_HOURS: [u64; 24] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 24, 60, 90, 110, 96, 100, 104, 80, 40, 0, 0, 0, 0, 0, 0];

/// Orders of an ordinary day, in thousandths.
fn ordinary(channel: Channel) -> u64 {
    match channel {
        Channel::Online => 19_400,
        Channel::Offline => 7_000,
    }
}

/// The orders to expect on a day, in thousandths. `elapsed` days of `days` are behind it: trade grows by two fifths meanwhile.
pub(super) fn expected_orders(channel: Channel, day: Day, elapsed: u64, days: u64) -> u64 {
    let civil = day.civil();
    let weekdays = if channel == Channel::Online { ONLINE_WEEKDAYS } else { TILL_WEEKDAYS };
    if (civil.month, civil.day) == (12, 25) && channel == Channel::Offline {
        return 0;
    }
    let mut expected = ordinary(channel) * MONTHS[civil.month as usize - 1] / 1000 * weekdays[day.weekday() as usize - 1] / 1000;
    expected = expected * (820 + 360 * elapsed / days.max(1)) / 1000;
    // The last post before Christmas has left; the days of the November sales are the busiest of the year.
    match (civil.month, civil.day) {
        (12, 21..=31) => expected * 45 / 100,
        (11, 24..=30) => expected * 16 / 10,
        _ => expected,
    }
}

/// The weights of a channel's hours.
pub(super) fn hours(channel: Channel) -> &'static [u64; 24] {
    if channel == Channel::Online { &ONLINE_HOURS } else { &TILL_HOURS }
}
