//! Invented data.
mod chance;
mod rows;
mod story;
