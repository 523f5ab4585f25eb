//! What is planned, for whom, and what becomes of it.

mod digests;
mod houses;
mod opt_outs;
mod planning;
mod queue;
mod reading;
mod recipients;
mod scale;
mod seeing_to;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono::NaiveDate;
use rinnalla_domain::calendar::is_working_day;
use rinnalla_domain::case_code::CaseCode;
use rinnalla_domain::ids::{Id as _, OutboxMessageId};
use rinnalla_domain::joint_reviews::rules::reminders::{
    NoticeDates, ReviewNotice, latest_applicable,
};
use rinnalla_domain::notices::{
    self, About, Capacity, Claimed, Decision, End, Mailing, Reason, rules,
};
use rinnalla_domain::states::{NoticeKind, OrganisationKind, Role};
use rinnalla_entity::{joint_reviews, support_relationships};
use sea_orm::EntityTrait as _;
use serde_json::json;

use crate::on_both;
use crate::support::reviews::{Desk, address};
use crate::support::{Actor, App, date};

const LEASE: Duration = Duration::from_secs(60);
const NO_WAIT: Duration = Duration::ZERO;

/// Plans what applies now; how many rows were written.
async fn plan(app: &App) -> u64 {
    let written = notices::enqueue_review_notices(&app.job_ctx())
        .await
        .unwrap();
    written.iter().map(|(_, count)| count).sum()
}

async fn claim(app: &App, batch: u16) -> Vec<Claimed> {
    notices::claim(&app.job_ctx(), batch, LEASE).await.unwrap()
}

async fn settle(app: &App, ends: &[(Claimed, End)]) -> Vec<OutboxMessageId> {
    notices::settle(&app.job_ctx(), ends, NO_WAIT)
        .await
        .unwrap()
}

/// Claims all there is and looks at it; nothing is sent.
async fn decide(app: &App) -> Vec<(Claimed, Decision)> {
    let claimed = claim(app, 100).await;
    let decisions = notices::resolve(&app.job_ctx(), &claimed).await.unwrap();
    claimed.into_iter().zip(decisions).collect()
}

/// What the one claimed row says, and to whom.
async fn the_notice(app: &App) -> Mailing {
    match decide(app).await.pop() {
        Some((_, Decision::Send(notice))) => *notice,
        other => panic!("nothing to send: {other:?}"),
    }
}

/// As what a notice of a review is read, of which case, and for which day.
fn matter(notice: &Mailing) -> (Capacity, CaseCode, NaiveDate) {
    match &notice.about {
        About::Review {
            capacity,
            case_code,
            deadline,
            ..
        } => (*capacity, case_code.clone(), *deadline),
        other => panic!("it is no notice of a review: {other:?}"),
    }
}

async fn fate(app: &App) -> Reason {
    match decide(app).await.pop() {
        Some((_, Decision::Cancel(reason) | Decision::Skip(reason))) => reason,
        other => panic!("it is sent after all: {other:?}"),
    }
}
