//! The invented shop to look around in.
