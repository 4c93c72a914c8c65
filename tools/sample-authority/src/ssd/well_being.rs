//! Children who went missing, and the checks of the health of looked after children.

use std::error::Error;

use csc_measures::tables::Table;

use super::choice::System;
use super::extract::Extract;
use super::ids;
use super::sheet::{Sheet, Values};

/// `ssd_missing`, which has the answers about the interview and none of its days.
pub(super) fn missing(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let columns = [
        "miss_table_id",
        "miss_person_id",
        "miss_missing_episode_start_date",
        "miss_missing_episode_type",
        "miss_missing_episode_end_date",
        "miss_missing_rhi_offered",
        "miss_missing_rhi_accepted",
    ];
    let mut sheet = Sheet::new("ssd_missing", &columns);
    for row in extract.rows(Table::MissingEpisodes)? {
        let is_offered = !row.get("interview_offered_date").is_empty();
        let values = Values::of(&row)
            .text("miss_table_id", ids::row(Table::MissingEpisodes, row.get("episode_id")))
            .text("miss_person_id", ids::person(row.get("person_id")))
            .date("miss_missing_episode_start_date", row.get("start_date"))
            .text("miss_missing_episode_type", "Missing")
            .date("miss_missing_episode_end_date", row.get("end_date"))
            .flag("miss_missing_rhi_offered", is_offered.to_string());
        // Mosaic has an answer of its own where nothing was offered that could be accepted.
        let values = if is_offered || !extract.choice.of(System::Mosaic) {
            values.flag("miss_missing_rhi_accepted", row.get("interview_accepted"))
        } else {
            values.text("miss_missing_rhi_accepted", "NA")
        };
        sheet.add(values);
    }
    Ok(sheet)
}

/// `ssd_cla_health`. Eclipse does not tell the first assessment from those that follow.
pub(super) fn health(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let columns = [
        "clah_health_check_id",
        "clah_person_id",
        "clah_health_check_type",
        "clah_health_check_date",
        "clah_health_check_status",
    ];
    let mut sheet = Sheet::new("ssd_cla_health", &columns);
    for row in extract.rows(Table::ClaHealth)? {
        let kind = match (extract.choice.system, row.get("type")) {
            (System::Eclipse, kind) if kind.ends_with("assessment") => "Health check",
            (_, kind) => kind,
        };
        let values = Values::of(&row)
            .text("clah_health_check_id", ids::row(Table::ClaHealth, row.get("health_id")))
            .text("clah_person_id", ids::person(row.get("person_id")))
            .text("clah_health_check_type", kind)
            .date("clah_health_check_date", row.get("date"));
        sheet.add(values);
    }
    Ok(sheet)
}
