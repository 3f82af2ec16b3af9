//! Uploads and what comes of them.
