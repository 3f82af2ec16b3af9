//! Tokens for other tools' boards.

mod minting;
