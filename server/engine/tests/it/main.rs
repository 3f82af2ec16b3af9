//! The engine from outside: awkward files, real ones where they are at hand, and tokens.

mod ambiguities;
mod awkward_files;
mod cleaning;
mod columns_as_wholes;
mod csv_spectrum;
mod discounts;
mod embeds;
mod fuzzing;
mod paper;
mod parquet;
mod planning;
mod quality;
mod real_files;
mod sell_out;
mod set_aside;
mod support;
mod vendor_headers;
mod vendor_quirks;
mod workbooks;
