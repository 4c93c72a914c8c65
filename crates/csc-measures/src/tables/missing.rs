//! Children who went missing, and the interviews after their return.

use std::cmp::Ordering;

use super::declare::*;
use super::{ByPerson, Given, Keep};
use crate::value::index::PersonNo;

table! {
    /// Times for which children were missing, from home or from care.
    MissingEpisodes missing_episodes "ssd_missing" => MissingEpisode, MissingEpisodeRead {
        episode_id: unique id = "miss_table_id", "identifies the row";
        person_id: required id -> Persons = "miss_person_id", "the person";
        start_date: required date = "miss_missing_episode_start_date", "the day the child went missing";
        end_date: optional date [ends, warned("no_end_dates")] = "miss_missing_episode_end_date", "the day the child came back or was found; null = still missing";
        interview_offered_date: optional date, "the day the return home interview was offered";
        interview_date: optional date, "the day the return home interview was held; null = not held";
        interview_accepted: optional bool = "miss_missing_rhi_accepted", "whether the child accepted the interview; false and none held = declined";
    } pairs {
        end_date after start_date: out;
    }
}

impl Keep for MissingEpisode {
    type Record = records::MissingEpisode;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;

    fn owner(row: &MissingEpisodeRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: MissingEpisodeRead<'_>, _: &mut Given<'_>) -> records::MissingEpisode {
        records::MissingEpisode {
            id: row.episode_id,
            end: row.end_date,
            interview: row.interview_date,
            is_refused: row.interview_accepted == Some(false),
        }
    }

    fn order(a: &records::MissingEpisode, b: &records::MissingEpisode) -> Ordering {
        a.end.cmp(&b.end)
    }
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::time::Day;
    use crate::value::index::IdNo;

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct MissingEpisode {
        pub(crate) id: IdNo,
        /// The day of the return.
        pub(crate) end: Option<Day>,
        /// The day the return home interview was held.
        pub(crate) interview: Option<Day>,
        /// Whether the child did not accept the interview.
        pub(crate) is_refused: bool,
    }
}
