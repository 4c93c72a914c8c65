//! The children in need census: an XML file for each year, as at its 31 March.
//!
//! A census reports every case that was open in its year, with what began, ended or went on in the year. A plan comes
//! with all reviews that were held by then.

use std::fs;
use std::path::Path;

use super::cases::{Case, Child, Children, Enquiry, Plan};
use super::codes::{ethnicity, sex};
use super::year::Year;
use crate::done::Done;
use crate::tables::{Row, Tables};

/// What no table tells: who referred the child, why it is in need, of what abuse it is at risk.
const REFERRED_BY: &str = "9";
const NEED: &str = "N0";
const ABUSE: &str = "MUL";

pub(super) fn write(folder: &Path, tables: &Tables<'_>) -> Done {
    let children = Children::read(tables)?;
    let referred = children.iter().flat_map(Child::cases).map(|case| case.date.as_str());
    for year in Year::since_earliest(referred) {
        fs::write(folder.join(format!("cin-{}.xml", year.number)), census(&children, &year))?;
    }
    Ok(())
}

fn census(children: &Children, year: &Year) -> String {
    let mut xml = Xml::new();
    xml.group("Message", |xml| {
        xml.group("Header", |xml| {
            xml.group("CollectionDetails", |xml| {
                xml.text("Collection", "CIN");
                xml.text("Year", &year.number.to_string());
                xml.text("ReferenceDate", &year.last);
            });
        });
        xml.group("Children", |xml| {
            for child in children.iter() {
                let cases: Vec<&Case> = child.cases().filter(|case| is_of(case, year)).collect();
                if !cases.is_empty() {
                    write_child(xml, child, &cases, year);
                }
            }
        });
    });
    xml.0
}

/// Whether a case was open in a year, or something went on under it.
fn is_of(case: &Case, year: &Year) -> bool {
    year.overlaps(&case.date, &case.closed)
        || case.assessments.iter().any(|row| is_assessed(row, case, year))
        || case.enquiries.iter().any(|enquiry| is_enquired(enquiry, year))
        || case.conferences.iter().any(|row| year.has(row.get("date")))
        || case.cin_plans.iter().any(|row| is_running(row, year))
        || case.cp_plans.iter().any(|plan| is_running(&plan.row, year))
}

/// An assessment that nobody ever authorised is over when its case is.
fn is_assessed(row: &Row, case: &Case, year: &Year) -> bool {
    let authorised = row.get("authorised_date");
    let end = if authorised.is_empty() { &case.closed } else { authorised };
    year.overlaps(row.get("start_date"), end)
}

fn is_enquired(enquiry: &Enquiry, year: &Year) -> bool {
    let is_held = |row: &Row| year.has(row.get("date"));
    year.has(enquiry.row.get("start_date")) || enquiry.conference.as_ref().is_some_and(is_held)
}

fn is_running(row: &Row, year: &Year) -> bool {
    year.overlaps(row.get("start_date"), row.get("end_date"))
}

fn write_child(xml: &mut Xml, child: &Child, cases: &[&Case], year: &Year) {
    xml.group("Child", |xml| {
        xml.group("ChildIdentifiers", |xml| {
            xml.text("LAchildID", &child.id);
            xml.text("PersonBirthDate", year.known(child.person.get("date_of_birth")));
            xml.text("ExpectedPersonBirthDate", child.person.get("expected_date_of_birth"));
            xml.text("Sex", sex(&child.person));
            xml.text("PersonDeathDate", year.known(child.person.get("date_of_death")));
        });
        xml.group("ChildCharacteristics", |xml| xml.text("Ethnicity", ethnicity(&child.person)));
        for case in cases {
            write_case(xml, child, case, year);
        }
    });
}

fn write_case(xml: &mut Xml, child: &Child, case: &Case, year: &Year) {
    let closed = year.known(&case.closed);
    xml.group("CINdetails", |xml| {
        xml.text("CINreferralDate", &case.date);
        xml.text("ReferralSource", REFERRED_BY);
        xml.text("PrimaryNeedCode", NEED);
        xml.text("CINclosureDate", closed);
        xml.text("ReasonForClosure", if closed.is_empty() { "" } else { &case.reason });
        // There is room for one.
        let conference = case.conferences.iter().map(|row| row.get("date")).find(|date| year.has(date));
        xml.text("DateOfInitialCPC", conference.unwrap_or_default());
        for row in case.assessments.iter().filter(|row| is_assessed(row, case, year)) {
            xml.group("Assessments", |xml| {
                xml.text("AssessmentActualStartDate", row.get("start_date"));
                xml.text("AssessmentAuthorisationDate", year.known(row.get("authorised_date")));
            });
        }
        for row in case.cin_plans.iter().filter(|row| is_running(row, year)) {
            xml.group("CINPlanDates", |xml| {
                xml.text("CINPlanStartDate", row.get("start_date"));
                xml.text("CINPlanEndDate", year.known(row.get("end_date")));
            });
        }
        for enquiry in case.enquiries.iter().filter(|enquiry| is_enquired(enquiry, year)) {
            write_enquiry(xml, enquiry, year);
        }
        let is_without_action = !closed.is_empty() && case.reason.is_empty();
        xml.text("ReferralNFA", if is_without_action { "1" } else { "0" });
        for plan in case.cp_plans.iter().filter(|plan| is_running(&plan.row, year)) {
            write_plan(xml, child, plan, year);
        }
    });
}

/// A conference that was decided on and not held by the day has no date, and is required.
fn write_enquiry(xml: &mut Xml, enquiry: &Enquiry, year: &Year) {
    let conference = enquiry.conference.as_ref();
    let decided = conference.filter(|row| row.get("decision_date") <= year.last.as_str());
    xml.group("Section47", |xml| {
        xml.text("S47ActualStartDate", enquiry.row.get("start_date"));
        xml.text("DateOfInitialCPC", year.known(conference.map_or("", |row| row.get("date"))));
        xml.text("ICPCnotRequired", if decided.is_some() { "0" } else { "1" });
    });
}

fn write_plan(xml: &mut Xml, child: &Child, plan: &Plan, year: &Year) {
    let start = plan.row.get("start_date");
    let plans = child.cases().flat_map(|case| &case.cp_plans);
    let earlier = plans.filter(|other| other.row.get("start_date") < start).count();
    let reviews: Vec<&str> = plan.reviews.iter().map(|row| year.known(row.get("date"))).collect();
    xml.group("ChildProtectionPlans", |xml| {
        xml.text("CPPstartDate", start);
        xml.text("CPPendDate", year.known(plan.row.get("end_date")));
        xml.text("InitialCategoryOfAbuse", ABUSE);
        xml.text("LatestCategoryOfAbuse", ABUSE);
        xml.text("NumberOfPreviousCPP", &earlier.to_string());
        if reviews.iter().any(|date| !date.is_empty()) {
            xml.group("Reviews", |xml| {
                for date in reviews {
                    xml.text("CPPreviewDate", date);
                }
            });
        }
    });
}

/// A document under construction.
struct Xml(String);

impl Xml {
    fn new() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned())
    }

    fn group(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.0.push_str(&format!("<{name}>\n"));
        content(self);
        self.0.push_str(&format!("</{name}>\n"));
    }

    /// An element with a text; none if there is no text.
    fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            self.0.push_str(&format!("<{name}>{text}</{name}>\n"));
        }
    }
}
