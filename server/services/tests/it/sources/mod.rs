//! Files become figures: real ones, awkward ones, mapped ones.

mod awkward;
mod bad_input;
mod cancelled;
mod cleaning;
mod containers;
mod discounts;
mod disk_full;
mod foreseen;
mod hepsiburada;
mod history_pages;
mod kept_files;
mod mapped_again;
mod mapping;
mod matching;
mod modes;
mod normal;
mod normal_shops;
mod other_kinds;
mod quality;
mod shopify;
mod statuses;
pub(crate) mod steps;
mod stock_places;
mod stopped;
mod taken_in;
mod time_zone;
mod told_by_mail;
mod totals;
mod tried;
mod two_lists;
mod uci;
mod unasked;
mod undone;
mod undone_facts;
mod uploads;

pub(crate) use steps::*;
