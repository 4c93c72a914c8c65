//! A census as it stands in its file: read element by element, a child at a time.

use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use super::standing::Standing;
use crate::memory::Memory;
use crate::misspelt::is_nearly;
use crate::xml_elements::{self, Elements};
use crate::{IgnoredFile, ReadError};

/// The elements of a child that no measure reads, and those around the ones that are read.
const UNREAD: [&str; 22] = [
    "AssessmentFactors",
    "AssessmentInternalReviewDate",
    "CPPreviewDate",
    "ChildCharacteristics",
    "ChildIdentifiers",
    "Disabilities",
    "Disability",
    "Ethnicity",
    "FactorsIdentifiedAtAssessment",
    "FormerUPN",
    "GenderCurrent",
    "InitialCPCtarget",
    "InitialCategoryOfAbuse",
    "LatestCategoryOfAbuse",
    "NumberOfPreviousCPP",
    "PrimaryNeedCode",
    "ReferralNFA",
    "ReferralSource",
    "Reviews",
    "Sex",
    "UPN",
    "UPNunknown",
];
/// The elements that rows are made of, and those that lie in them: the elements that each lies in, and the table that
/// loses something by one that lies elsewhere.
const READ: [(&str, &[&str], &str); 24] = [
    ("Child", &["Children"], "persons"),
    ("ChildIdentifiers", &["Child"], "persons"),
    ("LAchildID", &["ChildIdentifiers"], "persons"),
    ("PersonBirthDate", &["ChildIdentifiers"], "persons"),
    ("ExpectedPersonBirthDate", &["ChildIdentifiers"], "persons"),
    ("PersonDeathDate", &["ChildIdentifiers"], "persons"),
    ("CINdetails", &["Child"], "referrals"),
    ("CINreferralDate", &["CINdetails"], "referrals"),
    ("CINclosureDate", &["CINdetails"], "referrals"),
    ("ReasonForClosure", &["CINdetails"], "referrals"),
    ("Assessments", &["CINdetails"], "assessments"),
    ("AssessmentActualStartDate", &["Assessments"], "assessments"),
    ("AssessmentAuthorisationDate", &["Assessments"], "assessments"),
    ("CINPlanDates", &["CINdetails"], "cin_plans"),
    ("CINPlanStartDate", &["CINPlanDates"], "cin_plans"),
    ("CINPlanEndDate", &["CINPlanDates"], "cin_plans"),
    ("Section47", &["CINdetails"], "section_47_enquiries"),
    ("S47ActualStartDate", &["Section47"], "section_47_enquiries"),
    ("DateOfInitialCPC", &["Section47", "CINdetails"], "initial_conferences"),
    ("ICPCnotRequired", &["Section47"], "initial_conferences"),
    ("ChildProtectionPlans", &["CINdetails"], "cp_plans"),
    ("CPPstartDate", &["ChildProtectionPlans"], "cp_plans"),
    ("CPPendDate", &["ChildProtectionPlans"], "cp_plans"),
    ("CPPreviewDate", &["Reviews"], "cp_reviews"),
];

/// The table that loses something by an element: one that is read and lies elsewhere, or that has nearly the name of
/// one that is read.
fn faulty(
    outer: &str,
    element: &str,
    met: &mut HashMap<String, Option<&'static str>>,
) -> Option<&'static str> {
    /// How many names are remembered.
    const MOST: usize = 1024;
    match READ.iter().find(|(name, ..)| *name == element) {
        Some((_, outers, table)) => (!outers.contains(&outer)).then_some(table),
        None if UNREAD.contains(&element) => None,
        None => match met.get(element) {
            Some(table) => *table,
            None => {
                let table = nearly(element);
                if met.len() < MOST {
                    met.insert(element.to_owned(), table);
                }
                table
            }
        },
    }
}

/// The table of the element whose name is nearly another.
fn nearly(element: &str) -> Option<&'static str> {
    READ.iter().find(|(name, ..)| is_nearly(element, name)).map(|(.., table)| *table)
}

/// How many other elements of children are reported.
const MOST_UNREAD: usize = 20;

/// A file.
#[derive(Debug)]
pub(super) struct Census {
    pub(super) name: String,
    /// The year that the header tells.
    pub(super) year: String,
    /// The day that the header says the census is as at.
    pub(super) reference_date: String,
    pub(super) children: Vec<Child>,
    /// Other elements of children, which are not read.
    pub(super) unread: Vec<String>,
    /// Elements that are misplaced or misspelt, with the tables that lose something by them.
    pub(super) faults: Vec<(&'static str, Item)>,
    /// Whether any plan has a list of reviews, which may be empty.
    pub(super) has_reviews: bool,
}

impl Census {
    /// What is not read of it, to be told.
    pub(super) fn unread(&self) -> impl Iterator<Item = IgnoredFile> {
        self.unread.iter().map(|element| IgnoredFile {
            name: format!("{}: {element}", self.name),
            reason: "no measure reads the element".to_owned(),
            looks_like_table: false,
        })
    }
}

/// A text of the file, with the element that it is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) value: Option<String>,
    /// Whether the element stands there more than once, where it may stand once: nothing says which is right.
    pub(super) is_twice: bool,
    /// The file and the element.
    pub(super) source: Rc<str>,
    /// Which of the elements of that name in the file it is, 1 = the first.
    pub(super) number: u64,
}

impl Item {
    pub(super) fn text(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }

    fn take(&mut self, value: String) {
        self.is_twice |= self.value.is_some();
        self.value = (!self.is_twice).then_some(value);
    }
}

/// A day without the zone that may follow it.
fn without_zone(text: &str) -> &str {
    let Some((day, zone)) = text.split_at_checked("2017-03-31".len()) else { return text };
    let is = |pattern: &str, text: &str| {
        text.len() == pattern.len()
            && text.chars().zip(pattern.chars()).all(|(letter, of)| match of {
                '0' => letter.is_ascii_digit(),
                of => letter == of,
            })
    };
    let is_zone = zone == "Z" || is("+00:00", zone) || is("-00:00", zone);
    if is_zone && is("0000-00-00", day) { day } else { text }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Child {
    pub(super) id: Item,
    pub(super) birth: Item,
    pub(super) expected_birth: Item,
    pub(super) death: Item,
    pub(super) referrals: Vec<Referral>,
}

/// What a census has about a referral.
#[derive(Clone, Debug, Default)]
pub(super) struct Referral {
    pub(super) date: Item,
    pub(super) closed: Item,
    pub(super) reason: Item,
    /// Initial conferences without an enquiry: of one census one.
    pub(super) conferences: Vec<Item>,
    pub(super) assessments: Vec<Assessment>,
    pub(super) plans: Vec<Plan>,
    pub(super) enquiries: Vec<Enquiry>,
    pub(super) protection: Vec<Protection>,
    pub(super) standing: Standing,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Assessment {
    pub(super) at: Item,
    pub(super) start: Item,
    pub(super) authorised: Item,
    pub(super) standing: Standing,
}

/// A child in need plan.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) at: Item,
    pub(super) start: Item,
    pub(super) end: Item,
    pub(super) standing: Standing,
}

/// An enquiry under section 47.
#[derive(Clone, Debug, Default)]
pub(super) struct Enquiry {
    pub(super) at: Item,
    pub(super) start: Item,
    pub(super) conference: Item,
    pub(super) not_required: Item,
    pub(super) standing: Standing,
}

/// A child protection plan.
#[derive(Clone, Debug, Default)]
pub(super) struct Protection {
    pub(super) at: Item,
    pub(super) start: Item,
    pub(super) end: Item,
    pub(super) reviews: Vec<Item>,
    pub(super) standing: Standing,
}

/// Reads a file.
pub(super) fn read(input: impl Read, name: &str, memory: &Memory) -> Result<Census, ReadError> {
    let mut builder = Builder::new(name);
    xml_elements::read(input, name, memory, &mut builder)?;
    if let Some(element) = builder.twice {
        let message = format!("its header has `{element}` twice");
        return Err(ReadError::Xml { file: name.to_owned(), message });
    }
    if !builder.is_census {
        return Err(ReadError::Xml {
            file: name.to_owned(),
            message: "it is not a children in need census: it has no `Message` with `Children`".to_owned(),
        });
    }
    let Builder { year, reference_date, children, unread, faults, has_reviews, .. } = builder;
    Ok(Census { name: name.to_owned(), year, reference_date, children, unread, faults, has_reviews })
}

/// Puts children together from elements as they open and close.
struct Builder {
    name: String,
    /// The elements that are open.
    path: Vec<String>,
    /// The text of the innermost.
    text: String,
    sources: HashMap<String, (Rc<str>, u64)>,
    year: String,
    reference_date: String,
    is_census: bool,
    children: Vec<Child>,
    unread: Vec<String>,
    faults: Vec<(&'static str, Item)>,
    has_reviews: bool,
    /// What was found of names that are not known.
    met: HashMap<String, Option<&'static str>>,
    /// An element of the header that is there twice.
    twice: Option<&'static str>,
    held: u64,
    /// How many of the open elements lie in one that is not read.
    in_unread: usize,
}

impl Builder {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            path: Vec::new(),
            text: String::new(),
            sources: HashMap::new(),
            year: String::new(),
            reference_date: String::new(),
            is_census: false,
            children: Vec::new(),
            unread: Vec::new(),
            faults: Vec::new(),
            has_reviews: false,
            met: HashMap::new(),
            twice: None,
            held: 0,
            in_unread: 0,
        }
    }

    /// Notes an element that is not read, once, with all that lies in it.
    fn open_unread(&mut self, element: &str) {
        let outer = self.path.last().map_or("", String::as_str).to_owned();
        let is_of_child = self.path.iter().any(|outer| outer == "Child");
        if !is_of_child || UNREAD.contains(&element) || self.is_read(&outer, element) {
            return;
        }
        self.in_unread = 1;
        if self.unread.len() < MOST_UNREAD && !self.unread.iter().any(|told| told == element) {
            self.unread.push(element.to_owned());
        }
    }

    /// Whether an element is read where it stands.
    fn is_read(&mut self, outer: &str, element: &str) -> bool {
        self.slot(outer, element).is_some()
    }

    fn referral(&mut self) -> Option<&mut Referral> {
        self.children.last_mut().and_then(|child| child.referrals.last_mut())
    }

    /// A text with its place: counted by the element.
    fn item(&mut self, element: &str, value: Option<String>) -> Item {
        let name = &self.name;
        let (source, count) = self
            .sources
            .entry(element.to_owned())
            .or_insert_with(|| (Rc::from(format!("{name}: {element}")), 0));
        *count += 1;
        Item { value, is_twice: false, source: Rc::clone(source), number: *count }
    }

    /// Where the text of an element belongs.
    fn slot(&mut self, outer: &str, element: &str) -> Option<&mut Item> {
        let child = self.children.last_mut()?;
        match (outer, element) {
            ("ChildIdentifiers", "LAchildID") => return Some(&mut child.id),
            ("ChildIdentifiers", "PersonBirthDate") => return Some(&mut child.birth),
            ("ChildIdentifiers", "ExpectedPersonBirthDate") => return Some(&mut child.expected_birth),
            ("ChildIdentifiers", "PersonDeathDate") => return Some(&mut child.death),
            _ => {}
        }
        let referral = child.referrals.last_mut()?;
        match (outer, element) {
            ("CINdetails", "CINreferralDate") => Some(&mut referral.date),
            ("CINdetails", "CINclosureDate") => Some(&mut referral.closed),
            ("CINdetails", "ReasonForClosure") => Some(&mut referral.reason),
            ("CINdetails", "DateOfInitialCPC") => {
                if referral.conferences.is_empty() {
                    let conference = Item { value: None, is_twice: false, ..referral.date.clone() };
                    referral.conferences.push(conference);
                }
                referral.conferences.last_mut()
            }
            ("Assessments", "AssessmentActualStartDate") => Some(&mut referral.assessments.last_mut()?.start),
            ("Assessments", "AssessmentAuthorisationDate") => {
                Some(&mut referral.assessments.last_mut()?.authorised)
            }
            ("CINPlanDates", "CINPlanStartDate") => Some(&mut referral.plans.last_mut()?.start),
            ("CINPlanDates", "CINPlanEndDate") => Some(&mut referral.plans.last_mut()?.end),
            ("Section47", "S47ActualStartDate") => Some(&mut referral.enquiries.last_mut()?.start),
            ("Section47", "DateOfInitialCPC") => Some(&mut referral.enquiries.last_mut()?.conference),
            ("Section47", "ICPCnotRequired") => Some(&mut referral.enquiries.last_mut()?.not_required),
            ("ChildProtectionPlans", "CPPstartDate") => Some(&mut referral.protection.last_mut()?.start),
            ("ChildProtectionPlans", "CPPendDate") => Some(&mut referral.protection.last_mut()?.end),
            _ => None,
        }
    }
}

impl Elements for Builder {
    fn open(&mut self, element: String) {
        self.text.clear();
        if self.in_unread > 0 {
            self.in_unread += 1;
            self.path.push(element);
            return;
        }
        self.is_census |= element == "Children" && self.path.last().is_some_and(|outer| outer == "Message");
        let outer = self.path.last().map_or("", String::as_str);
        // What is around a child has no names of its own, so that a slip in one of it is not told from another element.
        let is_in_children = self.path.iter().any(|outer| outer == "Children");
        if is_in_children && let Some(table) = faulty(outer, &element, &mut self.met) {
            let at = self.item(&element, None);
            self.held += size_of::<(&str, Item)>() as u64;
            self.faults.push((table, at));
            self.in_unread = 1;
            self.path.push(element);
            return;
        }
        let at = |builder: &mut Self| builder.item(&element, None);
        self.held += match element.as_str() {
            "Child" => size_of::<Child>(),
            "CINdetails" => size_of::<Referral>(),
            "Assessments" => size_of::<Assessment>(),
            "CINPlanDates" => size_of::<Plan>(),
            "Section47" => size_of::<Enquiry>(),
            "ChildProtectionPlans" => size_of::<Protection>(),
            "CPPreviewDate" => size_of::<Item>(),
            _ => 0,
        } as u64;
        match element.as_str() {
            "Child" => {
                let id = at(self);
                self.children.push(Child { id, ..Child::default() });
            }
            "CINdetails" => {
                let date = at(self);
                if let Some(child) = self.children.last_mut() {
                    child.referrals.push(Referral { date, ..Referral::default() });
                }
            }
            "Assessments" => {
                let at = at(self);
                if let Some(referral) = self.referral() {
                    referral.assessments.push(Assessment { at, ..Assessment::default() });
                }
            }
            "CINPlanDates" => {
                let at = at(self);
                if let Some(referral) = self.referral() {
                    referral.plans.push(Plan { at, ..Plan::default() });
                }
            }
            "Section47" => {
                let at = at(self);
                if let Some(referral) = self.referral() {
                    referral.enquiries.push(Enquiry { at, ..Enquiry::default() });
                }
            }
            "ChildProtectionPlans" => {
                let at = at(self);
                if let Some(referral) = self.referral() {
                    referral.protection.push(Protection { at, ..Protection::default() });
                }
            }
            "Reviews" => self.has_reviews = true,
            _ => self.open_unread(&element),
        }
        self.path.push(element);
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn close(&mut self) {
        let Some(element) = self.path.pop() else { return };
        if self.in_unread > 0 {
            self.in_unread -= 1;
            return;
        }
        let value = std::mem::take(&mut self.text).trim().to_owned();
        if element == "Year" && self.path.last().is_some_and(|outer| outer == "CollectionDetails") {
            if !self.year.is_empty() {
                self.twice = Some("Year");
            }
            self.year = value;
            return;
        }
        if element == "ReferenceDate" && self.path.last().is_some_and(|outer| outer == "CollectionDetails") {
            if !self.reference_date.is_empty() {
                self.twice = Some("ReferenceDate");
            }
            self.reference_date = value;
            return;
        }
        let outer = self.path.last().cloned().unwrap_or_default();
        self.held += value.len() as u64;
        let value = match element.as_str() {
            "LAchildID" => value,
            _ => without_zone(&value).to_owned(),
        };
        // A review is a row of its own; all other texts are of the row of the element that they lie in.
        if (outer.as_str(), element.as_str()) == ("Reviews", "CPPreviewDate") {
            let review = self.item(&element, Some(value));
            if let Some(plan) = self.referral().and_then(|referral| referral.protection.last_mut()) {
                plan.reviews.push(review);
            }
            return;
        }
        // Where the schema has one element and there is another, it is of another assessment.
        let is_there = self.slot(&outer, &element).is_some_and(|slot| slot.value.is_some());
        if is_there && outer == "Assessments" {
            let at = self.item(&outer, None);
            if let Some(referral) = self.referral() {
                referral.assessments.push(Assessment { at, ..Assessment::default() });
            }
        }
        if let Some(slot) = self.slot(&outer, &element) {
            slot.take(value);
        }
    }

    fn held(&mut self) -> u64 {
        std::mem::take(&mut self.held)
    }
}
