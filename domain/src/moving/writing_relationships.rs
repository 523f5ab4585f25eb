//! Writing relationships that are new: case, referral, proposal, disclosure, and the relationship with its history.

use std::collections::BTreeSet;

use rinnalla_entity::ids::{
    CaseProfessionalId, DisclosureId, Id as _, MatchProposalId, PersonId, ReferralId,
    SupportRelationshipId, SupportedCaseId,
};
use rinnalla_entity::states::{DisclosedMatter, DisclosureBasis};

use super::batch::Table;
use super::course::Course;
use super::history::{History, Recording};
use super::plan::{Fate, Plan, Planned};
use super::queries;
use super::told::RelationshipTold;
use super::writing::Writing;
use crate::act::code;
use crate::audit::ObjectKind;
use crate::case_code::CaseCode;
use crate::error::{Error, Result};

impl Writing<'_, '_> {
    /// Draws a code for each new case; one that is taken is drawn again.
    pub(super) async fn draw_codes(&mut self, plan: &Plan) -> Result<()> {
        let new = plan.relationships.iter().filter(|it| it.fate == Fate::New);
        let mut without: Vec<SupportRelationshipId> = new
            .map(|it| it.id)
            .filter(|id| !plan.cases.contains_key(id))
            .collect();
        let mut used: BTreeSet<String> = BTreeSet::new();
        for _ in 0..8 {
            let mut drawn: BTreeSet<String> = BTreeSet::new();
            while drawn.len() < without.len() {
                let code = CaseCode::random().as_str().to_owned();
                if !used.contains(&code) {
                    drawn.insert(code);
                }
            }
            let taken = queries::taken_codes(&self.act.tx, &drawn).await?;
            let free: Vec<String> = drawn.difference(&taken).cloned().collect();
            used.extend(drawn);
            for code in free {
                if let Some(id) = without.pop() {
                    self.codes.insert(id, code);
                }
            }
            if without.is_empty() {
                return Ok(());
            }
        }
        Err(Error::internal("no free case code was drawn"))
    }

    pub(super) fn add_relationship(
        &mut self,
        it: &Planned<SupportRelationshipId, RelationshipTold>,
        plan: &Plan,
    ) -> Result<()> {
        let (ctx, told) = (self.ctx(), &it.told);
        let to = self.recording(it.id)?;
        let history = History::of(told, &to)?;
        let professional = told
            .professional
            .ok_or_else(|| Error::internal("a new case without a professional"))?;
        let case = match plan.cases.get(&it.id) {
            Some(code) => self.case_with(code)?,
            None => self.add_case(it.id, told, professional)?,
        };
        let (referral, proposal) = (ReferralId::random(), MatchProposalId::random());
        let course = Course::of(told, proposal, history.state.status, ctx.now)?;
        let organisation = self.organisation();
        let referring = told.referring.uuid();
        self.batch.add(
            Table::Referrals,
            [
                referral.uuid().into(),
                organisation.into(),
                referring.into(),
                case.uuid().into(),
                professional.uuid().into(),
                code(told.form),
                code(told.phase),
                code(course.status),
                course.submitted_at.into(),
                1_i16.into(),
                ctx.now.into(),
            ],
        );
        self.batch.add(
            Table::Proposals,
            [
                proposal.uuid().into(),
                organisation.into(),
                referral.uuid().into(),
                told.support_person.uuid().into(),
                code(course.proposal),
                String::new().into(),
                0_i32.into(),
                ctx.now.into(),
            ],
        );
        course.add(&mut self.batch, referral.uuid(), &to);
        self.disclose(plan, told, proposal, professional, &to);
        let state = &history.state;
        self.batch.add(
            Table::Relationships,
            [
                it.id.uuid().into(),
                organisation.into(),
                referring.into(),
                case.uuid().into(),
                told.support_person.uuid().into(),
                referral.uuid().into(),
                proposal.uuid().into(),
                code(state.status),
                told.disclosed_on.into(),
                state.first_meeting_on.into(),
                state.starts_on.into(),
                state.agreed_until.into(),
                state.ended_on.into(),
                state.end_reason.map(|it| it.code()).into(),
                state.review_interval_months.into(),
                state.professional_follows.into(),
                ctx.now.into(),
            ],
        );
        history.add_entries(&mut self.batch, told, &to);
        history.add_reviews(&mut self.batch, told, &to, &[]);
        self.changed(ObjectKind::SupportedCase, case);
        self.changed(ObjectKind::Referral, referral);
        self.changed(ObjectKind::SupportRelationship, it.id);
        Ok(())
    }

    pub(super) fn recording(&self, relationship: SupportRelationshipId) -> Result<Recording> {
        let ctx = self.ctx();
        Ok(Recording {
            organisation: self.organisation(),
            relationship: relationship.uuid(),
            by: self.by()?,
            now: ctx.now,
            today: ctx.today,
        })
    }

    fn case_with(&self, code: &str) -> Result<SupportedCaseId> {
        let mut known = self.known.relationships.values();
        let found = known.find(|it| it.case_code == code).map(|it| it.case);
        found.ok_or_else(|| Error::internal("a case that was looked up is gone"))
    }

    fn add_case(
        &mut self,
        relationship: SupportRelationshipId,
        told: &RelationshipTold,
        professional: PersonId,
    ) -> Result<SupportedCaseId> {
        let id = SupportedCaseId::random();
        let drawn = self.codes.get(&relationship).cloned();
        let drawn = drawn.ok_or_else(|| Error::internal("a case without a code"))?;
        self.batch.add(
            Table::Cases,
            [
                id.uuid().into(),
                self.known.own.id.uuid().into(),
                told.referring.uuid().into(),
                drawn.into(),
                code(told.case.background),
                told.case.kin_relation.clone().into(),
                told.case.birth_decade.into(),
                told.case.county.clone().into(),
                told.case.municipality.clone().into(),
                told.case.language.clone().into(),
                self.act.ctx.today.into(),
            ],
        );
        self.add_professional(id, professional);
        Ok(id)
    }

    pub(super) fn add_professional(&mut self, case: SupportedCaseId, professional: PersonId) {
        let today = self.ctx().today;
        self.batch.add(
            Table::CaseProfessionals,
            [
                CaseProfessionalId::random().uuid().into(),
                case.uuid().into(),
                professional.uuid().into(),
                true.into(),
                today.into(),
            ],
        );
    }

    /// From now on the professional sees the support person's details here: that is written down.
    pub(super) fn disclose(
        &mut self,
        plan: &Plan,
        told: &RelationshipTold,
        proposal: MatchProposalId,
        to_person: PersonId,
        to: &Recording,
    ) {
        let planned = plan
            .supporters
            .iter()
            .find(|it| it.id == told.support_person);
        let stood = self
            .known
            .supporters
            .iter()
            .find(|(_, (id, _))| *id == told.support_person);
        let of = planned
            .map(|it| it.told.person)
            .or(stood.map(|(person, _)| *person));
        let Some(of) = of else { return };
        self.batch.add(
            Table::Disclosures,
            [
                DisclosureId::random().uuid().into(),
                to.organisation.into(),
                proposal.uuid().into(),
                of.uuid().into(),
                to_person.uuid().into(),
                told.referring.uuid().into(),
                code(DisclosedMatter::ContactDetails),
                code(DisclosureBasis::SupportPersonAgreed),
                to.by.into(),
                to.now.into(),
            ],
        );
    }
}
