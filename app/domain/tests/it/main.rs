//! The domain from outside: what people paste.

mod embeds;
