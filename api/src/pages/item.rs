//! An item's page: how it stands, and what may be done about it.

use askama::Template;

use super::form::Fact;
use super::visit::Frame;

/// The page.
#[derive(Template)]
#[template(path = "item.html")]
pub struct Item {
    pub frame: Frame,
    pub heading: String,
    pub status: String,
    pub is_late: bool,
    pub facts: Vec<Fact>,
    pub ways: Vec<Way>,
}

/// Something that may be done about an item.
pub struct Way {
    pub path: String,
    pub label: String,
    pub hint: String,
}
