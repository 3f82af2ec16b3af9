//! The engine from outside: awkward files, and real ones where they are at hand.

mod awkward_files;
mod real_files;
mod support;
mod vendor_headers;
