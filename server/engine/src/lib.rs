//! Pure algorithms: reading sales files, signing for other tools' boards, turning questions and analyses into SQL, drawing boards on paper, inventing a demo shop. No I/O, clock or randomness of its own.
#![warn(missing_docs)]

pub mod analysis;
pub mod changes;
pub mod demo_shop;
pub mod embeds;
pub mod ingestion;
pub mod paper;
pub mod planning;
