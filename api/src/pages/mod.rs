//! The pages behind the mails: what awaits somebody, and each item finished in under a minute.
//!
//! Small pages of our own beside GraphQL, on the same domain: they work without scripts, on a phone, by keyboard and by
//! screen reader, in three languages. A page is a function from a [`Visit`] to an [`Answer`]; who asks, what a form may
//! hold, what the browser is told and what the access log is told is done here once, for every page.
//!
//! How one is added is told in CONTRIBUTING.

mod answer;
mod associations;
mod attendance;
mod calendar;
mod cases;
mod cookies;
mod courses;
mod curricula;
mod desk;
mod directory;
mod door;
mod evenings;
mod expenses;
mod experts;
mod figures;
mod form;
mod grant_targets;
mod groups;
mod house_meetings;
mod influence;
mod item;
mod listing;
mod names;
mod notices;
mod opening;
mod own_notices;
mod paper;
mod people;
mod place_calendar;
mod places;
mod proposals;
mod referrals;
mod relationships;
mod reviews;
mod sent;
mod sessions;
mod sign_in;
mod style;
mod supervision;
mod surveys;
mod texts;
mod trainings;
mod visit;
mod waiting;
mod wishes;

use poem::Route;
use rinnalla_domain::ctx::Register;

use self::desk::Desk;
pub use self::desk::Patience;

/// Every page: one line each. `page` is for whoever is signed in, `open` for anybody; a second function takes what a
/// form sends.
pub fn routes(register: Register, patience: Patience) -> Route {
    let calendar = calendar::feed(register.clone(), patience);
    let place_calendar = place_calendar::feed(register.clone(), patience);
    let desk = Desk::new(register, patience);
    Route::new()
        .at("/", desk.page(waiting::show))
        .at("/sign-in", desk.open_form(sign_in::show, sign_in::ask))
        .at("/sign-in/:token", desk.open_form(door::show, door::enter))
        .at("/sign-out", desk.act(sessions::sign_out))
        .at("/sessions", desk.form(sessions::show, sessions::end))
        .at("/r/:id", desk.open(opening::follow))
        .at("/language/:language", desk.open(opening::choose_language))
        .at("/reviews/:id", desk.page(reviews::show))
        .at(
            "/reviews/:id/held",
            desk.form(reviews::held::show, reviews::held::record),
        )
        .at(
            "/reviews/:id/not-held",
            desk.form(reviews::not_held::show, reviews::not_held::record),
        )
        .at(
            "/reviews/:id/book",
            desk.form(reviews::book::show, reviews::book::record),
        )
        .at("/relationships", desk.page(relationships::list))
        .at("/relationships/:id", desk.page(relationships::show))
        .at(
            "/relationships/:id/first-meeting",
            desk.form(
                relationships::first_meeting::show,
                relationships::first_meeting::record,
            ),
        )
        .at(
            "/relationships/:id/meeting",
            desk.form(relationships::meeting::show, relationships::meeting::record),
        )
        .at(
            "/relationships/:id/hand-over",
            desk.form(
                relationships::hand_over::show,
                relationships::hand_over::record,
            ),
        )
        .at(
            "/relationships/:id/agreement",
            desk.form(
                relationships::agreement::show,
                relationships::agreement::record,
            ),
        )
        .at(
            "/relationships/:id/pause",
            desk.form(relationships::rest::show_pause, relationships::rest::pause),
        )
        .at(
            "/relationships/:id/resume",
            desk.form(
                relationships::rest::show_resume,
                relationships::rest::resume,
            ),
        )
        .at(
            "/relationships/:id/end",
            desk.form(relationships::end::show, relationships::end::record),
        )
        .at(
            "/referrals/new",
            desk.form(referrals::begin::show, referrals::begin::draft),
        )
        .at("/referrals/:id", desk.page(referrals::show))
        .at(
            "/referrals/:id/interest",
            desk.form(
                referrals::prepare::show_interest,
                referrals::prepare::interest,
            ),
        )
        .at(
            "/referrals/:id/consent",
            desk.form(
                referrals::prepare::show_consent,
                referrals::prepare::consent,
            ),
        )
        .at(
            "/referrals/:id/submit",
            desk.form(referrals::prepare::show_submit, referrals::prepare::submit),
        )
        .at(
            "/referrals/:id/choose",
            desk.form(referrals::choose::show, referrals::choose::record),
        )
        .at(
            "/proposals/:id",
            desk.form(proposals::show, proposals::answer),
        )
        .at(
            "/relationships/:id/agreement-sheet",
            desk.page(relationships::agreement_sheet::show),
        )
        .at(
            "/relationships/:id/hand-over-sheet",
            desk.page(relationships::hand_over_sheet::show),
        )
        .at("/reviews/:id/sheet", desk.page(reviews::sheet::show))
        .at("/paper", desk.page(paper::list))
        .at("/paper/agreement/:id", desk.page(paper::agreement::show))
        .at(
            "/paper/own/:id",
            desk.form(paper::own_text::show, paper::own_text::publish),
        )
        .at("/notices/:id", desk.form(notices::show, notices::see_to))
        .at(
            "/cases/:id/professional",
            desk.form(cases::show, cases::name_professional),
        )
        .at(
            "/own-notices",
            desk.form(own_notices::show, own_notices::choose),
        )
        .at("/people/:id", desk.form(people::show, people::correct))
        .at(
            "/attendance/:id",
            desk.form(attendance::show, attendance::record),
        )
        .at(
            "/attendance/:id/move",
            desk.form(courses::sessions::show_move, courses::sessions::put),
        )
        .at(
            "/attendance/:id/cancel",
            desk.form(courses::sessions::show_cancel, courses::sessions::cancel),
        )
        .at(
            "/attendance/:id/sheet",
            desk.page(courses::attendance_sheet::show_session),
        )
        .at("/calendar/:file", calendar)
        .at("/places/:file<[^/]+\\.ics>", place_calendar)
        .at("/places/:slug", desk.open(places::show))
        .at("/directory", desk.open(directory::show))
        .at("/courses", desk.page(courses::list))
        .at(
            "/courses/new",
            desk.form(courses::planning::show, courses::planning::plan),
        )
        .at("/courses/:id", desk.page(courses::show))
        .at(
            "/courses/:id/leader",
            desk.form(courses::leading::show, courses::leading::assign),
        )
        .at(
            "/courses/:id/open",
            desk.form(courses::leading::show_open, courses::leading::open),
        )
        .at(
            "/courses/:id/curriculum",
            desk.form(courses::following::show, courses::following::follow),
        )
        .at(
            "/courses/:id/enrol",
            desk.form(courses::taking_part::show, courses::taking_part::add),
        )
        .at(
            "/courses/:id/attendance-sheet",
            desk.page(courses::attendance_sheet::show),
        )
        .at(
            "/feedback/:token",
            desk.open_form(courses::feedback::show, courses::feedback::give),
        )
        .at("/wishes/:slug", desk.open_form(wishes::show, wishes::send))
        .at("/surveys", desk.open(surveys::enter))
        .at(
            "/surveys/:slug",
            desk.open_form(surveys::show, surveys::send),
        )
        .at("/evenings", desk.page(evenings::list))
        .at("/evenings/:id", desk.form(evenings::show, evenings::tap))
        .at("/evenings/:id/wishes", desk.page(evenings::wishes::list))
        .at("/evenings/:id/door", desk.page(evenings::door::show))
        .at("/evenings/:id/meetings", desk.page(house_meetings::list))
        .at(
            "/evenings/:id/meetings/new",
            desk.form(
                house_meetings::planning::show_new,
                house_meetings::planning::plan,
            ),
        )
        .at("/house-meetings/:id", desk.page(house_meetings::show))
        .at(
            "/house-meetings/:id/edit",
            desk.form(
                house_meetings::planning::show_edit,
                house_meetings::planning::change,
            ),
        )
        .at(
            "/house-meetings/:id/cancel",
            desk.form(
                house_meetings::planning::show_cancel,
                house_meetings::planning::cancel,
            ),
        )
        .at(
            "/house-meetings/:id/record",
            desk.form(
                house_meetings::recording::show,
                house_meetings::recording::record,
            ),
        )
        .at(
            "/house-meetings/:id/sheet",
            desk.page(house_meetings::agenda::show),
        )
        .at(
            "/wish/:id",
            desk.form(evenings::wishes::show, evenings::wishes::record),
        )
        .at("/invitations", desk.page(supervision::invitations::list))
        .at(
            "/invitations/:id",
            desk.form(
                supervision::invitations::show,
                supervision::invitations::record,
            ),
        )
        .at(
            "/contact-requests",
            desk.page(supervision::contact_me::list),
        )
        .at(
            "/contact-requests/new",
            desk.form(supervision::contact_me::show, supervision::contact_me::ask),
        )
        .at(
            "/contact-requests/:id",
            desk.form(
                supervision::contact_me::show_back,
                supervision::contact_me::take_back,
            ),
        )
        .at("/supervision", desk.page(supervision::list))
        .at(
            "/supervision/contact-requests",
            desk.page(supervision::contact_requests::list),
        )
        .at(
            "/supervision/contact-requests/:id",
            desk.form(
                supervision::contact_requests::show_take,
                supervision::contact_requests::take,
            ),
        )
        .at(
            "/supervision/contact-requests/:id/wait",
            desk.form(
                supervision::contact_requests::show_wait,
                supervision::contact_requests::wait,
            ),
        )
        .at(
            "/supervision/:id",
            desk.form(supervision::show, supervision::record),
        )
        .at(
            "/enrolments/:id",
            desk.form(courses::own::show, courses::own::choose),
        )
        .at(
            "/enrolments/:id/certificate",
            desk.page(courses::certificate::show),
        )
        .at("/trainings", desk.page(trainings::list))
        .at(
            "/trainings/new",
            desk.form(trainings::plan::show, trainings::plan::plan),
        )
        .at(
            "/trainings/attest",
            desk.form(trainings::attest::show, trainings::attest::attest),
        )
        .at("/trainings/:id", desk.page(trainings::show))
        .at(
            "/trainings/:id/add",
            desk.form(trainings::taking_part::show, trainings::taking_part::add),
        )
        .at(
            "/trainings/:id/first",
            desk.form(
                trainings::weekends::show_first,
                trainings::weekends::record_first,
            ),
        )
        .at(
            "/trainings/:id/second",
            desk.form(
                trainings::weekends::show_second,
                trainings::weekends::record_second,
            ),
        )
        .at("/expenses", desk.page(expenses::list))
        .at("/expenses/new", desk.form(expenses::show, expenses::record))
        .at("/expenses/limits", desk.page(expenses::limits::list))
        .at(
            "/expenses/limits/new",
            desk.form(expenses::limits::show, expenses::limits::add),
        )
        .at("/curricula", desk.page(curricula::list))
        .at(
            "/curricula/new",
            desk.form(curricula::versions::show_new, curricula::versions::create),
        )
        .at("/curricula/:id", desk.page(curricula::show))
        .at(
            "/curricula/:id/edit",
            desk.form(curricula::versions::show_edit, curricula::versions::correct),
        )
        .at(
            "/curricula/:id/workshop",
            desk.form(curricula::workshops::show, curricula::workshops::add),
        )
        .at(
            "/curricula/:id/workshop-cancel",
            desk.form(
                curricula::workshops::show_cancel,
                curricula::workshops::cancel,
            ),
        )
        .at("/experts", desk.page(experts::register::list))
        .at(
            "/experts/new",
            desk.form(experts::adding::show, experts::adding::add),
        )
        .at("/experts/cohorts", desk.page(experts::cohorts::list))
        .at(
            "/experts/cohorts/new",
            desk.form(experts::cohorts::show_new, experts::cohorts::add),
        )
        .at(
            "/experts/cohorts/:id",
            desk.form(experts::cohorts::show_edit, experts::cohorts::correct),
        )
        .at(
            "/assignments/:id",
            desk.form(experts::changing::show, experts::changing::correct),
        )
        .at(
            "/assignments/:id/cancel",
            desk.form(experts::changing::show_cancel, experts::changing::cancel),
        )
        .at(
            "/experts/:id/assign",
            desk.form(experts::assign::show, experts::assign::assign),
        )
        .at(
            "/experts/:id",
            desk.form(experts::show_renewal, experts::renew),
        )
        .at(
            "/experts/:id/end",
            desk.form(experts::show_end, experts::end),
        )
        .at("/figures", desk.page(figures::list))
        .at("/figures/own/:id", desk.page(figures::board::show))
        .at("/figures/own/:id/xlsx", desk.page(figures::board::workbook))
        .at("/figures/grants/:id", desk.page(figures::grant::show))
        .at(
            "/figures/grants/:id/xlsx",
            desk.page(figures::grant::workbook),
        )
        .at("/figures/quarters/:slug", desk.page(figures::quarter::show))
        .at("/figures/:slug", desk.page(figures::table::show))
        .at("/figures/:slug/csv", desk.page(figures::table::csv))
        .at("/figures/:slug/xlsx", desk.page(figures::table::workbook))
        .at("/groups", desk.page(groups::list))
        .at(
            "/groups/new",
            desk.form(groups::planning::show_new, groups::planning::create),
        )
        .at("/groups/:id", desk.page(groups::show))
        .at(
            "/groups/:id/edit",
            desk.form(groups::planning::show_edit, groups::planning::correct),
        )
        .at(
            "/groups/:id/cancel",
            desk.form(groups::planning::show_cancel, groups::planning::cancel),
        )
        .at(
            "/groups/:id/meeting",
            desk.form(groups::meetings::show, groups::meetings::record),
        )
        .at(
            "/group-meetings/:id/cancel",
            desk.form(groups::meetings::show_cancel, groups::meetings::cancel),
        )
        .at("/encounters", desk.page(groups::encounters::list))
        .at(
            "/encounters/new",
            desk.form(groups::encounters::show, groups::encounters::record),
        )
        .at(
            "/encounters/:id/cancel",
            desk.form(groups::encounters::show_cancel, groups::encounters::cancel),
        )
        .at("/influence", desk.page(influence::list))
        .at(
            "/influence/new",
            desk.form(influence::show, influence::record),
        )
        .at(
            "/influence/:id",
            desk.form(influence::changing::show, influence::changing::correct),
        )
        .at(
            "/influence/:id/news",
            desk.form(influence::changing::show_news, influence::changing::tell),
        )
        .at(
            "/influence/:id/cancel",
            desk.form(
                influence::changing::show_cancel,
                influence::changing::cancel,
            ),
        )
        .at("/grant-targets", desk.page(grant_targets::list))
        .at(
            "/grant-targets/new",
            desk.form(grant_targets::show, grant_targets::add),
        )
        .at(
            "/grant-targets/:id",
            desk.form(
                grant_targets::changing::show,
                grant_targets::changing::correct,
            ),
        )
        .at(
            "/grant-targets/:id/activities",
            desk.form(
                grant_targets::activities::show,
                grant_targets::activities::tie,
            ),
        )
        .at(
            "/grant-targets/:id/cancel",
            desk.form(
                grant_targets::changing::show_cancel,
                grant_targets::changing::cancel,
            ),
        )
        .at("/style.css", style::sheet())
        .at("/paper.css", style::paper())
        .at("/favicon.svg", style::icon())
        .at("/favicon.ico", style::icon())
        // Not `/*rest`, which would take the front page as well.
        .at("/:first", desk.open(opening::nowhere))
        .at("/:first/*rest", desk.open(opening::nowhere))
}
