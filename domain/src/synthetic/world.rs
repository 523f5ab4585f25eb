//! The invented organisations and people, and what every row of theirs needs.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::PersonId;
use rinnalla_entity::states::{OrganisationKind, PartnershipKind, Role};
use uuid::Uuid;

use super::chance::Chance;
use super::programmes;
use super::rows::{Batch, Table};
use super::{names, printed_texts};
use crate::calendar::plus_days;
use crate::ctx::Register;
use crate::error::{Error, Result};
use crate::people::{self, Details};
use crate::personal::Personal;
use crate::texts::Language;

/// The 23 counties, those with the most people more often.
pub(super) const COUNTIES: [&str; 23] = [
    "05", "08", "90", "19", "13", "03", "20", "09", "15", "01", "02", "04", "06", "07", "10", "11",
    "12", "14", "16", "17", "18", "21", "91",
];

/// Somebody who was made up.
#[derive(Clone, Debug)]
pub(super) struct Somebody {
    pub id: Uuid,
    pub email: String,
    /// Who stands in today.
    pub substitute: Option<(Uuid, String)>,
}

/// An organisation whose people refer.
#[derive(Clone, Debug)]
pub(super) struct Referrer {
    pub id: Uuid,
    pub county: &'static str,
}

/// An association with its partners.
#[derive(Clone, Debug)]
pub(super) struct Association {
    pub id: Uuid,
    pub name: String,
    pub county: &'static str,
    /// The programme that its support persons are in.
    pub programme: Uuid,
    pub coordinators: Vec<Somebody>,
    pub admin: Uuid,
    pub analyst: Uuid,
    pub partners: Vec<Referrer>,
    /// Arranges supervision for its peers, and trains them.
    pub provider: Uuid,
}

/// Everything that making rows takes.
pub(super) struct World<'a> {
    pub register: &'a Register,
    pub chance: Chance,
    pub batch: Batch,
    pub today: NaiveDate,
    pub now: DateTime<Utc>,
    /// What tells this seed's mail addresses from another's; a running number follows.
    pub mark: Option<u64>,
    people: u64,
    /// The mail addresses that are due a notice, one a mail.
    pub due: Vec<String>,
}

impl<'a> World<'a> {
    pub(super) fn new(register: &'a Register, seed: u64, mark: Option<u64>) -> Self {
        let now = register.clock.now();
        Self {
            register,
            chance: Chance::new(seed),
            batch: Batch::new(&register.store),
            today: crate::calendar::helsinki_date(now),
            now,
            mark,
            people: 0,
            due: Vec::new(),
        }
    }

    /// Takes out the rows that have been gathered.
    pub(super) fn take_batch(&mut self) -> Batch {
        let another = self.batch.another();
        std::mem::replace(&mut self.batch, another)
    }

    /// Chance of its own for one part, so that the parts do not depend on each other's number.
    pub(super) fn reseed(&mut self, seed: u64, part: u64) {
        self.chance
            .reseed(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(part));
    }

    fn organisation(
        &mut self,
        kind: OrganisationKind,
        name: &str,
        county: &'static str,
        mailbox: Option<String>,
        since: NaiveDate,
    ) -> Uuid {
        let at = self.chance.at(since);
        let id = self.chance.id(at);
        let language = if county == "91" { "sv" } else { "fi" };
        self.batch.add(
            Table::Organisations,
            [
                id.into(),
                kind.code().into(),
                name.to_owned().into(),
                true.into(),
                language.into(),
                county.into(),
                None::<String>.into(),
                mailbox.into(),
                at.into(),
            ],
        );
        id
    }

    fn partnership(
        &mut self,
        of: Uuid,
        partner: Uuid,
        kind: PartnershipKind,
        county: Option<&'static str>,
        since: NaiveDate,
    ) {
        let at = self.chance.at(since);
        let id = self.chance.id(at);
        self.batch.add(
            Table::Partnerships,
            [
                id.into(),
                of.into(),
                partner.into(),
                kind.code().into(),
                county.into(),
                since.into(),
                at.into(),
            ],
        );
    }

    /// Makes up a person with a role since a day.
    pub(super) fn person(
        &mut self,
        organisation: Uuid,
        role: Role,
        since: NaiveDate,
    ) -> Result<Somebody> {
        let (first, surname) = names::person(&mut self.chance);
        let at = self.chance.at(since);
        let id = self.chance.id(at);
        self.people += 1;
        let mark = match self.mark {
            Some(seed) => format!(".{seed}.{}", self.people),
            None => format!(".{}", self.people),
        };
        let email = names::email(first, &surname, &mark, self.chance.percent(30));
        let language = [Language::Fi, Language::Sv, Language::En, Language::Se]
            [self.chance.weighted(&[88, 8, 3, 1])];
        let phone = format!("+35850000{:04}", self.chance.from(0, 9999));
        let cells = people::seal(
            &self.register.keys,
            PersonId(id),
            None,
            &Details {
                name: Personal::from(format!("{first} {surname}")),
                email: Some(Personal::from(email.clone())),
                phone: Some(Personal::from(phone)),
                language,
            },
        )?;
        self.batch.add(
            Table::People,
            [
                id.into(),
                language.code().into(),
                cells.data_key.into(),
                cells.name.into(),
                cells.email.into(),
                cells.phone.into(),
                cells.email_lookup.into(),
                cells.phone_lookup.into(),
                at.into(),
            ],
        );
        self.grant(id, organisation, role, since);
        Ok(Somebody {
            id,
            email,
            substitute: None,
        })
    }

    pub(super) fn grant(&mut self, person: Uuid, organisation: Uuid, role: Role, since: NaiveDate) {
        let at = self.chance.at(since);
        let id = self.chance.id(at);
        self.batch.add(
            Table::RoleGrants,
            [
                id.into(),
                person.into(),
                organisation.into(),
                role.code().into(),
                since.into(),
                None::<NaiveDate>.into(),
                at.into(),
            ],
        );
    }

    /// Lets somebody be away around today, a colleague standing in.
    pub(super) fn away(&mut self, of: Uuid, who: &mut Somebody, colleague: &Somebody) {
        let from_on = plus_days(self.today, -self.chance.from(1, 10));
        let to_on = plus_days(self.today, self.chance.from(1, 10));
        let at = self.chance.at(plus_days(from_on, -7));
        let id = self.chance.id(at);
        self.batch.add(
            Table::Absences,
            [
                id.into(),
                who.id.into(),
                of.into(),
                colleague.id.into(),
                from_on.into(),
                to_on.into(),
                at.into(),
            ],
        );
        who.substitute = Some((colleague.id, colleague.email.clone()));
    }

    /// The `n`-th association with its partners, its coordinators (`how_many`), an administrator and an analyst.
    pub(super) fn association(&mut self, n: usize, how_many: usize) -> Result<Association> {
        let since = plus_days(self.today, -1500);
        let county = COUNTIES[n % COUNTIES.len()];
        let mailbox = match self.mark {
            Some(seed) => format!("yhdistys.{seed}.{n}@example.org"),
            None => format!("yhdistys.{n}@example.org"),
        };
        let name = names::association(n);
        let kind = OrganisationKind::Association;
        let listed = mailbox.clone();
        let id = self.organisation(kind, &name, county, Some(mailbox), since);
        let neighbour = COUNTIES[(n + 3) % COUNTIES.len()];
        let partners = [
            (OrganisationKind::WellbeingCounty, "Mallialue", county),
            (OrganisationKind::City, "Mallikaupunki", county),
            (OrganisationKind::WellbeingCounty, "Naapurialue", neighbour),
        ];
        let mut referrers = Vec::new();
        for (kind, name, county) in partners {
            let name = format!("{name} {}", n + 1);
            let partner = self.organisation(kind, &name, county, None, since);
            self.partnership(id, partner, PartnershipKind::Refers, Some(county), since);
            referrers.push(Referrer {
                id: partner,
                county,
            });
        }
        let provider = format!("Työnohjauspiiri {} ry", n + 1);
        let provider = self.organisation(
            OrganisationKind::Association,
            &provider,
            county,
            None,
            since,
        );
        self.partnership(id, provider, PartnershipKind::Supervises, None, since);
        // The first coordinator is the one longest in office: notices to the coordinator go to that one.
        let mut coordinators = Vec::new();
        for place in 0..how_many.max(1) {
            let since = plus_days(since, 30 * i64::try_from(place).unwrap_or(0));
            coordinators.push(self.person(id, Role::Coordinator, since)?);
        }
        let admin = self.person(id, Role::Admin, since)?.id;
        let analyst = self.person(id, Role::Analyst, since)?.id;
        let programme = programmes::write(self, id, since);
        programmes::list(self, id, listed, county, since);
        printed_texts::write(self, id, admin, since);
        Ok(Association {
            id,
            name,
            county,
            programme,
            coordinators,
            admin,
            analyst,
            partners: referrers,
            provider,
        })
    }
}

impl Association {
    /// Who gets what goes to the coordinator.
    pub(super) fn first_coordinator(&self) -> Result<&Somebody> {
        self.coordinators
            .first()
            .ok_or_else(|| Error::internal("an association without a coordinator"))
    }
}
