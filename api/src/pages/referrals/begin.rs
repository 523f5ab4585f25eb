//! A new referral: whom it is about, told in codes alone, and to which association it goes. It begins as a draft that
//! nobody else sees; the interest, the consent and the sending follow, each on its own page.

use chrono::Datelike as _;
use rinnalla_domain::access::{self, Refer};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::organisations::{self, CodeList};
use rinnalla_domain::referrals::{self, CaseInput, Draft, ReferralInput};
use rinnalla_domain::states::{CaseBackground, PartnershipKind, RehabilitationPhase, SupportForm};
use rinnalla_domain::text;
use rinnalla_domain::texts::Language;

use crate::pages::answer::Answer;
use crate::pages::associations::named;
use crate::pages::form::{Faults, Form};
use crate::pages::names::Names;
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// How many decades of birth there are to choose from.
const DECADES: i32 = 10;

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Begins the draft, and leads to what is next with it.
pub async fn draft(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = read(&visit)?;
        referrals::draft(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(Answer::to(&format!("/referrals/{}", id.encode()))),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

fn read(visit: &Visit) -> Result<Draft> {
    let sent = &visit.sent;
    let mut reading = Reading::of(sent);
    let organisation = reading.id("organisationId");
    let referring = match sent.get("referringOrganisationId") {
        "" => Some(None),
        _ => reading.id("referringOrganisationId").map(Some),
    };
    let background = reading.choice("background", CaseBackground::ALL, CaseBackground::code);
    let county_code = reading.text("countyCode");
    let language = reading.text("language");
    let form = reading.choice("supportForm", SupportForm::ALL, SupportForm::code);
    let phase = reading.choice("phase", RehabilitationPhase::ALL, RehabilitationPhase::code);
    let birth_decade = reading.number_if("birthDecade");
    let kin_relation = reading.text_if("kinRelation");
    let municipality_code = reading.text_if("municipalityCode");
    let information_source = reading.text_if("informationSource");
    let whom = background.zip(county_code).zip(language);
    let what = form.zip(phase);
    let all = organisation.zip(referring).zip(whom.zip(what));
    let ((organisation, referring), (whom, what)) = reading.done(all)?;
    let ((background, county_code), language) = whom;
    Ok(Draft {
        organisation,
        referring_organisation: referring,
        case: CaseInput {
            background,
            kin_relation,
            birth_decade,
            county_code,
            municipality_code,
            language,
            interests: sent.all("interests"),
        },
        referral: ReferralInput {
            form: what.0,
            phase: what.1,
            information_source,
            wishes: sent.all("wishes"),
        },
    })
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    // Whoever refers nobody finds no such page.
    let scope = access::require::<Refer>(&visit.ctx).map_err(|_| Error::NotFound)?;
    let mut own = scope.any_organisations();
    own.sort_unstable();
    own.dedup();
    let associations = associations(visit, &own).await?;
    let names = Names::load(visit).await?;
    let texts = &visit.frame.texts;
    let only = |choices: &[(String, String)]| match choices {
        [(one, _)] => Some(one.clone()),
        _ => None,
    };
    let found = organisations::for_ids(&visit.ctx, &own).await?;
    let form = Form::new(visit, "refer", faults).choices(
        "organisationId",
        associations.clone(),
        only(&associations),
    );
    let form = match own.len() {
        0 | 1 => form,
        _ => form.choices("referringOrganisationId", named(&found), None),
    };
    let county = match own[..] {
        [one] => found.get(&one).map(|it| it.county_code.clone()),
        _ => None,
    };
    let backgrounds = texts.named("background", CaseBackground::ALL, CaseBackground::code);
    let forms = texts.named("support-form", SupportForm::ALL, SupportForm::code);
    let phases = texts.named("phase", RehabilitationPhase::ALL, RehabilitationPhase::code);
    let languages = texts.named("reads", &Language::ALL, |it| it.code().to_owned());
    let form = form
        .choices("background", backgrounds, None)
        .select("kinRelation", names.all(CodeList::KinRelation), None)
        .choices("supportForm", forms, Some(SupportForm::Individual.code()))
        .choices("phase", phases, None)
        .select("countyCode", names.counties(), county);
    let municipalities = municipalities(visit).await?;
    let form = match municipalities.is_empty() {
        true => form,
        false => form.select("municipalityCode", municipalities, None),
    };
    form.choices("language", languages, Some(Language::Fi.code().to_owned()))
        .select("birthDecade", decades(visit), None)
        .several("interests", names.all(CodeList::Interest), Vec::new())
        .several("wishes", names.all(CodeList::MatchWish), Vec::new())
        .select(
            "informationSource",
            names.all(CodeList::InformationSource),
            None,
        )
        .answer()
}

/// The associations to which the viewer's organisations refer people today, by name.
async fn associations(visit: &Visit, own: &[OrganisationId]) -> Result<Vec<(String, String)>> {
    let today = visit.ctx.today;
    let partnerships = organisations::partnerships_for(&visit.ctx, own).await?;
    let ids: Vec<OrganisationId> = partnerships
        .into_values()
        .flatten()
        .filter(|it| it.kind == PartnershipKind::Refers && own.contains(&it.partner_id))
        .filter(|it| it.valid_from <= today && it.valid_to.is_none_or(|to| to >= today))
        .map(|it| it.organisation_id)
        .collect();
    Ok(named(&organisations::for_ids(&visit.ctx, &ids).await?))
}

/// Every municipality of today, by name; none where the list has not been loaded.
async fn municipalities(visit: &Visit) -> Result<Vec<(String, String)>> {
    let found = organisations::municipalities(&visit.ctx, None).await?;
    let mut named: Vec<(String, String)> = found
        .into_iter()
        .map(|it| match visit.frame.texts.language {
            Language::Sv => (it.code, it.name_sv),
            _ => (it.code, it.name_fi),
        })
        .collect();
    named.sort_by_cached_key(|(_, name)| text::sort_key(name));
    Ok(named)
}

fn decades(visit: &Visit) -> Vec<(String, String)> {
    let this = visit.ctx.today.year() / 10;
    let decades = (this - DECADES + 1..=this).rev().map(|it| it * 10);
    decades
        .map(|decade| {
            let decade = decade.to_string();
            let shown = [("decade", decade.clone())];
            (decade, visit.frame.texts.with("decade", &shown))
        })
        .collect()
}
