//! A process that is killed while it uploads, reads, reads again and takes back, and its books.

mod child;
mod files;
mod ground;
mod hearing;
mod struck;
