//! What everybody may read of a drop-in place: no person, no count, no reason.

use std::sync::Arc;

use async_graphql::SimpleObject;
use rinnalla_domain::calendar::helsinki_instant;
use rinnalla_domain::drop_in_places as domain;

use crate::graphql::scalars::{Date, DateTime, LocalTime};
use crate::graphql::written::Written;

/// What everybody may read of a drop-in place (julkinen kohtaamispaikka).
#[derive(SimpleObject, Written)]
pub struct PublicPlace {
    /// Its name.
    name: String,
    /// Where it is.
    address: String,
    /// The official code of its county.
    county_code: String,
    /// The official code of its municipality.
    municipality_code: Option<String>,
    /// Its openings, in the order of time, those that do not take place included.
    openings: Vec<PublicOpening>,
}

/// What everybody may read of an opening (julkinen aukiolo).
#[derive(SimpleObject, Written)]
pub struct PublicOpening {
    /// The day.
    on: Date,
    /// From when by Helsinki's clock.
    starts_at: LocalTime,
    /// Until when.
    ends_at: LocalTime,
    /// When it begins.
    begins: DateTime,
    /// When it ends.
    ends: DateTime,
    /// Whether it does not take place.
    is_cancelled: bool,
    /// What is done, and the participants' own ideas, as people read it.
    activities: Vec<String>,
}

impl From<Arc<domain::PublicPlace>> for PublicPlace {
    fn from(place: Arc<domain::PublicPlace>) -> Self {
        let place = Arc::unwrap_or_clone(place);
        Self {
            name: place.name,
            address: place.address,
            county_code: place.county_code,
            municipality_code: place.municipality_code,
            openings: place.openings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<domain::PublicOpening> for PublicOpening {
    fn from(opening: domain::PublicOpening) -> Self {
        Self {
            on: opening.on.into(),
            starts_at: LocalTime(opening.starts_at),
            ends_at: LocalTime(opening.ends_at),
            begins: helsinki_instant(opening.on, opening.starts_at).into(),
            ends: helsinki_instant(opening.on, opening.ends_at).into(),
            is_cancelled: opening.is_cancelled,
            activities: opening.activities,
        }
    }
}
