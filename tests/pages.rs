//! The pages behind the mails, asked through their real routes.

mod agreements;
mod attendance;
mod begin;
mod cases;
mod contact_requests;
mod coordinating;
mod courses;
mod evenings;
mod grant_targets;
mod groups;
mod guard;
mod house_meetings;
mod influence;
mod keeping;
mod notices;
mod own_texts;
mod paper;
mod proposals;
mod referrals;
mod relationships;
mod reviews;
mod sessions;
mod sign_in;
mod waiting;
mod walk;
