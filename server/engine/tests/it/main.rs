//! The engine from outside: awkward files, real ones where they are at hand, and tokens.

mod awkward_files;
mod embeds;
mod quality;
mod real_files;
mod support;
mod vendor_headers;
