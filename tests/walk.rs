//! Every root field of the schema, walked: who is answered what, what a stranger learns, and what bad input comes to.
//! The lists are read from the schema, so that a new field without a row here fails.

mod bad_input;
mod courses;
mod experts;
mod groups;
mod house;
mod keeping;
mod markers;
mod news;
mod persons;
mod places;
mod referring;
mod relationships;
mod roles;
mod rows;
mod samples;
mod sdl;
mod strangers;
mod succeeding;
mod supervising;
mod trainings;
mod written;
