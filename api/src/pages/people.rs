//! Somebody's name and contact details: one's own, or those that a coordinator or administrator puts right.

use rinnalla_domain::access::ManagePeople;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::PersonId;
use rinnalla_domain::people::{self, Correct, Details};
use rinnalla_domain::personal::Personal;
use rinnalla_domain::texts::Language;

use super::answer::Answer;
use super::form::{Faults, Form};
use super::sent::Reading;
use super::visit::Visit;

/// The form, with the details as they are.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Puts them right.
pub async fn correct(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let name = reading.text("name");
        let language = reading.choice("language", &Language::ALL, |it| it.code().to_owned());
        let email = reading.text_if("email").map(Personal::from);
        let phone = reading.text_if("phone").map(Personal::from);
        let (name, language) = reading.done(name.zip(language))?;
        let input = Correct {
            id: visit.id()?,
            version: visit.version(),
            details: Details {
                name: Personal::from(name),
                email,
                phone,
                language,
            },
        };
        people::correct(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("details")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let id = visit.id::<PersonId>()?;
    let found = people::find(&visit.ctx, id).await?.ok_or(Error::NotFound)?;
    let is_own = visit.ctx.actor()?.person == id;
    // Whoever may look a person up need not be the one who puts the details right.
    if !is_own && !visit.may::<ManagePeople>() {
        return Err(Error::NotFound);
    }
    let texts = &visit.frame.texts;
    let languages = texts.named("reads", &Language::ALL, |it| it.code().to_owned());
    let told = |text: &Option<Personal<String>>| text.as_ref().map(|it| it.reveal().clone());
    let name = match is_own {
        true => "own-details",
        false => "details",
    };
    let mut form = Form::new(visit, name, faults);
    if is_own {
        form = form.link("/own-notices".to_owned(), "own-notices");
    }
    form.version(found.version)
        .long_line("name", Some(found.name.reveal().clone()), 120)
        .long_line("email", told(&found.email), 254)
        .line("phone", told(&found.phone))
        .choices(
            "language",
            languages,
            Some(found.language.code().to_owned()),
        )
        .answer()
}
