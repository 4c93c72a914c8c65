//! Who is in a cohort on a day, and the facts about them that several measures share.

mod activity;
mod cohorts;
mod life;
mod pathway;
mod placements;
mod review_chain;
mod seen;
mod terms;

pub(crate) use activity::{activity_at, care_leaver_activity};
pub(crate) use cohorts::{LookedAfter, care_leaver_at, cin_plan_at, cp_plan_at, looked_after_at};
pub(crate) use life::{Birth, Life};
pub(crate) use pathway::{Pathway, pathway_at};
pub(crate) use placements::{FIRST_YEAR_OF_PLACEMENT, placement_at, stay_of, stays_in_window};
pub(crate) use review_chain::{Obligation, ReviewChain, Sequence};
pub(crate) use seen::{LastSeen, Remote, Sources, last_seen};
pub(crate) use terms::{Clocks, Terms};
