//! A list as a page: what is told of the whole, where one may go from it, and a card for each row.

use askama::Template;
use rinnalla_domain::error::Result;
use rinnalla_domain::page::{Cursor, MAX_FIRST, Page, PageArgs};

use super::answer::Answer;
use super::form::Fact;
use super::visit::{Frame, Visit};

/// Where a link leads, and what it says.
pub struct Way {
    pub path: String,
    pub label: String,
}

/// One row.
pub struct Card {
    pub title: String,
    pub status: String,
    /// What must be seen to.
    pub warnings: Vec<String>,
    pub lines: Vec<String>,
    pub ways: Vec<Way>,
}

/// The page.
#[derive(Template)]
#[template(path = "listing.html")]
pub struct Listing {
    pub frame: Frame,
    pub back: Way,
    pub done: Option<String>,
    pub facts: Vec<Fact>,
    pub ways: Vec<Way>,
    pub cards: Vec<Card>,
    /// What is said where there are none.
    pub none: String,
}

impl Listing {
    /// A page of this title whose text for no rows is `none`, one step below the courses.
    pub fn new(visit: &Visit, title: String, none: &str) -> Self {
        let texts = &visit.frame.texts;
        Self {
            back: Way::new(visit, "/courses", "back-to-courses"),
            done: texts.done(visit.query.get("done")),
            facts: Vec::new(),
            ways: Vec::new(),
            cards: Vec::new(),
            none: texts.say(none),
            frame: visit.frame.titled(title),
        }
    }

    /// The page as it is answered.
    pub fn answer(&self) -> Result<Answer> {
        Answer::page(self)
    }
}

/// Every row of a list, page after page; `place` tells where a row stands.
pub async fn every<T, F: Future<Output = Result<Page<T>>>>(
    page: impl Fn(PageArgs) -> F,
    place: impl Fn(&T) -> Cursor,
) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    let mut args = PageArgs {
        first: MAX_FIRST,
        after: None,
        total: false,
    };
    loop {
        let next = page(args).await?;
        args.after = next.rows.last().map(&place);
        rows.extend(next.rows);
        if !next.has_next {
            return Ok(rows);
        }
    }
}

impl Way {
    pub fn new(visit: &Visit, path: impl Into<String>, text: &str) -> Self {
        Self {
            path: path.into(),
            label: visit.say(text),
        }
    }
}
