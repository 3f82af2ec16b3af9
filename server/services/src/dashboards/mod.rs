//! The sales dashboard's figures.
