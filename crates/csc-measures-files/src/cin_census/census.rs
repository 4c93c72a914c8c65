//! A census as it stands in its file: read element by element, a child at a time.

use std::collections::HashMap;
use std::io::{BufReader, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

use super::standing::Standing;
use crate::ReadError;
use crate::bounded::{Allowance, Bounded};

/// The longest element or text.
const LONGEST: usize = 1 << 20;
/// How deep elements lie in one another: the census needs seven.
const DEEPEST: usize = 32;

/// A file.
#[derive(Debug)]
pub(super) struct Census {
    pub(super) name: String,
    /// The year that the header tells.
    pub(super) year: String,
    /// The day that the header says the census is as at.
    pub(super) reference_date: String,
    pub(super) children: Vec<Child>,
}

/// A text of the file, with the element that it is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) value: Option<String>,
    /// The file and the element.
    pub(super) source: Rc<str>,
    /// Which of the elements of that name in the file it is, 1 = the first.
    pub(super) number: u64,
}

impl Item {
    pub(super) fn text(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }
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
pub(super) fn read(input: impl Read, name: &str) -> Result<Census, ReadError> {
    let failed = |message: String| ReadError::Xml { file: name.to_owned(), message };
    let allowance = Allowance::new(LONGEST);
    let mut reader = Reader::from_reader(Bounded::new(BufReader::new(input), allowance.clone()));
    reader.config_mut().expand_empty_elements = true;
    let mut builder = Builder::new(name);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        allowance.reset();
        let place = reader.buffer_position();
        let event = reader.read_event_into(&mut buffer).map_err(|error| failed(told(&error, place)))?;
        match event {
            Event::Start(tag) => {
                let element = tag.local_name().as_ref().to_owned();
                builder.open(element).map_err(failed)?;
            }
            Event::End(_) => builder.close(),
            Event::Text(text) => builder.text(text.as_ref()),
            Event::CData(text) => builder.text(text.as_ref()),
            Event::GeneralRef(entity) => builder.text(&entity_text(&entity).map_err(failed)?),
            Event::DocType(_) => {
                return Err(failed("it has a document type, which no census has".to_owned()));
            }
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().and_then(Result::ok).unwrap_or_default();
                if !(encoding.is_empty() || encoding.eq_ignore_ascii_case("utf-8")) {
                    return Err(failed(format!("it is written in {encoding}; save it as UTF-8")));
                }
            }
            Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {}
            Event::Eof => break,
        }
    }
    if !builder.path.is_empty() {
        return Err(failed("it ends before its elements do".to_owned()));
    }
    if !builder.is_census {
        return Err(failed(
            "it is not a children in need census: it has no `Message` with `Children`".to_owned(),
        ));
    }
    Ok(Census {
        name: name.to_owned(),
        year: builder.year,
        reference_date: builder.reference_date,
        children: builder.children,
    })
}

/// What is wrong with the XML, without what stands in it.
fn told(error: &quick_xml::Error, place: u64) -> String {
    match error {
        quick_xml::Error::Io(error) => format!("from byte {place}: {error}"),
        quick_xml::Error::Encoding(_) => format!("from byte {place}: not UTF-8"),
        _ => format!("from byte {place}: not well-formed XML"),
    }
}

/// The character that a reference means: of those that XML has itself, and by number.
fn entity_text(entity: &BytesRef<'_>) -> Result<String, String> {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return Ok(character.to_string());
    }
    match entity.as_ref() {
        "amp" => Ok("&".to_owned()),
        "lt" => Ok("<".to_owned()),
        "gt" => Ok(">".to_owned()),
        "quot" => Ok("\"".to_owned()),
        "apos" => Ok("'".to_owned()),
        _ => Err("it refers to an entity, which no census has".to_owned()),
    }
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
        }
    }

    fn open(&mut self, element: String) -> Result<(), String> {
        if self.path.len() >= DEEPEST {
            return Err(format!("its elements are nested more than {DEEPEST} deep"));
        }
        self.text.clear();
        self.is_census |= element == "Children" && self.path.last().is_some_and(|outer| outer == "Message");
        let at = |builder: &mut Self| builder.item(&element, None);
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
            _ => {}
        }
        self.path.push(element);
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
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
        Item { value, source: Rc::clone(source), number: *count }
    }

    fn close(&mut self) {
        let Some(element) = self.path.pop() else { return };
        let value = std::mem::take(&mut self.text).trim().to_owned();
        if element == "Year" && self.path.last().is_some_and(|outer| outer == "CollectionDetails") {
            self.year = value;
            return;
        }
        if element == "ReferenceDate" && self.path.last().is_some_and(|outer| outer == "CollectionDetails") {
            self.reference_date = value;
            return;
        }
        let outer = self.path.last().cloned().unwrap_or_default();
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
            slot.value = Some(value);
        }
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
                let conference = Item { value: None, ..referral.date.clone() };
                referral.conferences = vec![conference];
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
