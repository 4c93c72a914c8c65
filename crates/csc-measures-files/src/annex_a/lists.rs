//! The lists of Annex A, and their columns as councils spell them.

/// A list of Annex A that is read, or known and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum List {
    Contacts,
    EarlyHelp,
    Referrals,
    Assessments,
    Enquiries,
    InNeed,
    Protection,
    LookedAfter,
    Leavers,
    Adoption,
    Adopters,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Date,
    /// A choice, which may come with a letter before it: `a) Yes`.
    Choice,
}

/// A column that is read.
#[derive(Debug)]
pub(super) struct Column {
    /// As the guidance writes it.
    pub(super) title: &'static str,
    pub(super) kind: Kind,
    /// Without it nothing can be made of the list.
    pub(super) is_needed: bool,
    /// Words, or their beginnings, that its header has, in whatever order and spelling of the rest.
    has: &'static [&'static str],
    /// And those that it does not have: they are of another column.
    lacks: &'static [&'static str],
}

const fn column(
    title: &'static str,
    kind: Kind,
    is_needed: bool,
    has: &'static [&'static str],
    lacks: &'static [&'static str],
) -> Column {
    Column { title, kind, is_needed, has, lacks }
}

pub(super) const CHILD: &str = "Child Unique ID";
pub(super) const BIRTH: &str = "Date of Birth";
pub(super) const ASSESSMENT_START: &str = "Continuous Assessment Start Date";
pub(super) const AUTHORISED: &str = "Continuous Assessment Date of Authorisation";
pub(super) const STRATEGY: &str = "Strategy discussion initiating Section 47 Enquiry Start Date";
pub(super) const UNNECESSARY: &str = "Was an Initial Child Protection Conference deemed unnecessary?";
pub(super) const CONFERENCE: &str = "Date of Initial Child Protection Conference";
pub(super) const IN_NEED_START: &str = "CIN Start Date";
pub(super) const LAST_SEEN: &str = "Date Child Was Last Seen";
pub(super) const IN_NEED_END: &str = "CIN Closure Date";
pub(super) const STATUS: &str = "Case Status";
pub(super) const PLAN_START: &str = "Child Protection Plan Start Date";
pub(super) const PLAN_VISIT: &str = "Date of the Last Statutory Visit";
pub(super) const SEEN_ALONE: &str = "Was the Child Seen Alone?";
pub(super) const PLAN_END: &str = "Child Protection Plan End Date";
pub(super) const CARE_START: &str = "Date Started to be Looked After";
pub(super) const LAW_START: &str = "Start date of current legal status";
pub(super) const LAW: &str = "Child's Legal Status";
pub(super) const CARE_VISIT: &str = "Date of Last Social Work Visit";
pub(super) const CARE_END: &str = "Date Ceased to be Looked After";
pub(super) const CARE_END_REASON: &str = "Reason Ceased to be Looked After";
pub(super) const PLACEMENT_START: &str = "Start Date of Most Recent Placement";
pub(super) const PLACEMENT: &str = "Placement Type";
pub(super) const LOCATION: &str = "Placement Location";
pub(super) const ELIGIBILITY: &str = "Eligibility Category";
pub(super) const PATHWAY: &str = "Latest Pathway Plan Review Date";
pub(super) const ACTIVITY: &str = "Activity Status";
pub(super) const ENTERED: &str = "Date the Child Entered Care";
pub(super) const PLACED: &str = "Date Placed for Adoption";
pub(super) const ORDER: &str = "Date of Adoption Order";
pub(super) const REVERSED: &str = "Date of Decision that Child Should No Longer be Placed for Adoption";

const ID_COLUMN: Column = column(CHILD, Kind::Id, true, &["child", "id"], &["family", "date"]);
const BIRTH_COLUMN: Column = column(BIRTH, Kind::Date, false, &["date", "birth"], &[]);

/// A list with the columns that are read.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) list: List,
    pub(super) number: u32,
    /// What it is of.
    pub(super) title: &'static str,
    pub(super) columns: &'static [Column],
    /// Whether a measure reads it.
    pub(super) is_read: bool,
}

const fn shape(list: List, number: u32, title: &'static str, columns: &'static [Column]) -> Shape {
    Shape { list, number, title, columns, is_read: true }
}

/// A list that no measure reads, with the column by which it is recognised.
const fn unread(list: List, number: u32, title: &'static str, columns: &'static [Column]) -> Shape {
    Shape { list, number, title, columns, is_read: false }
}

use Kind::{Choice, Date, Id};

/// Every list.
pub(super) const SHAPES: [Shape; 11] = [
    unread(
        List::Contacts,
        1,
        "contacts",
        &[column("Date of Contact", Date, true, &["date", "contact"], &["latest", "last"])],
    ),
    unread(
        List::EarlyHelp,
        2,
        "early help assessments",
        &[column("Assessment completion date", Date, true, &["assessment", "completion"], &[])],
    ),
    unread(
        List::Referrals,
        3,
        "referrals",
        &[column("Date of Referral", Date, true, &["date", "referral"], &[])],
    ),
    shape(
        List::Assessments,
        4,
        "assessments",
        &[
            ID_COLUMN,
            BIRTH_COLUMN,
            column(ASSESSMENT_START, Date, true, &["assessment", "start"], &[]),
            column(AUTHORISED, Date, true, &["assessment", "authori"], &[]),
        ],
    ),
    shape(
        List::Enquiries,
        5,
        "enquiries under section 47 and initial conferences",
        &[
            ID_COLUMN,
            BIRTH_COLUMN,
            column(STRATEGY, Date, true, &["strategy"], &[]),
            column(UNNECESSARY, Choice, false, &["conference", "unnecessary"], &[]),
            column(CONFERENCE, Date, true, &["date", "initial", "conference"], &["unnecessary", "result"]),
        ],
    ),
    shape(
        List::InNeed,
        6,
        "children in need",
        &[
            ID_COLUMN,
            BIRTH_COLUMN,
            column(IN_NEED_START, Date, true, &["cin", "start"], &[]),
            column(LAST_SEEN, Date, false, &["last", "seen"], &[]),
            column(IN_NEED_END, Date, true, &["closure", "date"], &["reason"]),
            column(STATUS, Choice, true, &["case", "status"], &[]),
        ],
    ),
    shape(
        List::Protection,
        7,
        "child protection plans",
        &[
            ID_COLUMN,
            BIRTH_COLUMN,
            column(PLAN_START, Date, true, &["protection", "plan", "start"], &[]),
            column(PLAN_VISIT, Date, false, &["date", "last", "visit"], &[]),
            column(SEEN_ALONE, Choice, false, &["seen", "alone"], &[]),
            column(PLAN_END, Date, true, &["protection", "plan", "end"], &[]),
        ],
    ),
    shape(
        List::LookedAfter,
        8,
        "looked after children",
        &[
            ID_COLUMN,
            BIRTH_COLUMN,
            column(CARE_START, Date, true, &["date", "started", "looked"], &[]),
            column(LAW_START, Date, false, &["start", "legal", "status"], &[]),
            column(LAW, Choice, false, &["legal", "status"], &["start", "date"]),
            column(CARE_VISIT, Date, false, &["date", "last", "visit"], &["iro"]),
            column(CARE_END, Date, true, &["date", "ceased", "looked"], &["reason"]),
            column(CARE_END_REASON, Choice, false, &["reason", "ceased", "looked"], &[]),
            column(PLACEMENT_START, Date, false, &["start", "placement"], &[]),
            column(PLACEMENT, Choice, false, &["placement", "type"], &[]),
            column(LOCATION, Choice, false, &["placement", "location"], &[]),
        ],
    ),
    shape(
        List::Leavers,
        9,
        "care leavers",
        &[
            ID_COLUMN,
            BIRTH_COLUMN,
            column(ELIGIBILITY, Choice, true, &["eligibility"], &[]),
            column(PATHWAY, Date, false, &["pathway", "date"], &[]),
            column(ACTIVITY, Choice, false, &["activity"], &[]),
        ],
    ),
    shape(
        List::Adoption,
        10,
        "children to be adopted",
        &[
            ID_COLUMN,
            BIRTH_COLUMN,
            column(ENTERED, Date, false, &["date", "entered", "care"], &[]),
            column(PLACED, Date, true, &["date", "placed", "adoption"], &["should", "decision", "fostering"]),
            column(ORDER, Date, true, &["date", "adoption", "order"], &["decision"]),
            column(REVERSED, Date, false, &["date", "no", "longer"], &["reason"]),
        ],
    ),
    unread(
        List::Adopters,
        11,
        "adopters",
        &[column("Individual adopter identifier", Id, true, &["adopter", "id"], &[])],
    ),
];

/// The words of a header or of a sheet's name, in small letters.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['\'', '’'], "");
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Column {
    /// Whether it is the column of a header.
    pub(super) fn is_of(&self, header: &[String]) -> bool {
        let has = |start: &&str| header.iter().any(|word| word.starts_with(*start));
        self.has.iter().all(has) && !self.lacks.iter().any(has)
    }

    /// The places of a header that can be the column.
    fn fitting(&self, header: &[Vec<String>]) -> impl Iterator<Item = usize> {
        (0..).zip(header).filter(|(_, words)| self.is_of(words)).map(|(place, _)| place)
    }

    /// The places of a header that are called by the column's title.
    fn exact(&self, header: &[Vec<String>]) -> impl Iterator<Item = usize> {
        let title = words(self.title);
        (0..).zip(header).filter(move |(_, words)| **words == title).map(|(place, _)| place)
    }
}

impl Shape {
    /// The list that the name of a sheet numbers: `List 7`, `list_7`, `Annex A list 7 - CP`.
    pub(super) fn named(sheet: &str) -> Option<&'static Self> {
        let sheet = sheet.to_lowercase();
        let (_, after) = sheet.split_once("list")?;
        let digits: String = after
            .trim_start_matches(|letter: char| !letter.is_alphanumeric())
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let number: u32 = digits.parse().ok()?;
        SHAPES.iter().find(|shape| shape.number == number)
    }

    /// The columns of a header: for each that is read its place.
    pub(super) fn places(&self, header: &[Vec<String>]) -> Vec<Option<usize>> {
        let place = |column: &Column| column.exact(header).next().or_else(|| column.fitting(header).next());
        self.columns.iter().map(place).collect()
    }

    /// The first column that several of a header fit and none, or more than one, is called by its title: the title,
    /// and the places of two of them.
    pub(super) fn clash(&self, header: &[Vec<String>]) -> Option<(&'static str, [usize; 2])> {
        self.columns.iter().find_map(|column| {
            let mut fitting: Vec<usize> = column.exact(header).collect();
            if fitting.is_empty() {
                fitting = column.fitting(header).collect();
            }
            match fitting[..] {
                [first, second, ..] => Some((column.title, [first, second])),
                _ => None,
            }
        })
    }

    /// The first column that the list cannot do without and a header lacks.
    pub(super) fn missing(&self, places: &[Option<usize>]) -> Option<&'static str> {
        let lacks = |(column, place): &(&Column, &Option<usize>)| column.is_needed && place.is_none();
        self.columns.iter().zip(places).find(lacks).map(|(column, _)| column.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of a column of a list among headers.
    fn place(list: List, title: &str, headers: &[&str]) -> Option<usize> {
        let shape = SHAPES.iter().find(|shape| shape.list == list).unwrap();
        let header: Vec<Vec<String>> = headers.iter().map(|text| words(text)).collect();
        let column = shape.columns.iter().position(|column| column.title == title).unwrap();
        shape.places(&header)[column]
    }

    #[test]
    fn sheets_are_known_by_their_number() {
        for (name, number) in
            [("List 7", 7), ("list_10", 10), ("List1", 1), ("Annex A - LIST 8 (LAC)", 8), ("List: 11", 11)]
        {
            assert_eq!(Shape::named(name).unwrap().number, number, "{name}");
        }
        for name in ["Sheet1", "List", "List 12", "Checklist", "7"] {
            assert!(Shape::named(name).is_none(), "{name}");
        }
    }

    #[test]
    fn columns_are_found_as_councils_spell_them() {
        for (list, title, header) in [
            (List::Protection, CHILD, "Child unique identifier"),
            (List::Protection, CHILD, "Unique Child ID "),
            (List::Protection, PLAN_VISIT, "Date of last statutory visit"),
            (List::Protection, SEEN_ALONE, "Was child seen alone (Y/N)"),
            (List::Assessments, AUTHORISED, "Continuous assessment authorisation date"),
            (List::Enquiries, CONFERENCE, "Initial Child Protection Conference: date"),
            (List::LookedAfter, LAW, "Childs Legal Status"),
            (List::LookedAfter, CARE_VISIT, "Date of last SW visit"),
            (List::Leavers, PATHWAY, "Pathway plan - latest review date"),
            (List::Adoption, ORDER, "Date of Adoption Order "),
        ] {
            assert_eq!(place(list, title, &["Notes", header]), Some(1), "{header}");
        }
    }

    #[test]
    fn columns_of_the_same_words_are_told_apart() {
        let adoption = [
            "Date of Decision that Child Should be Placed for Adoption",
            "Date of Placement Order",
            "Date Placed for Adoption",
            "Date of Adoption Order",
            REVERSED,
            "Reason Why Child No Longer Placed for Adoption",
            "Date the child was placed for fostering in FFA or concurrent planning placement",
        ];
        assert_eq!(place(List::Adoption, PLACED, &adoption), Some(2));
        assert_eq!(place(List::Adoption, ORDER, &adoption), Some(3));
        assert_eq!(place(List::Adoption, REVERSED, &adoption), Some(4));
        let care = [LAW_START, LAW, "Date of Last IRO Visit / Contact to the Child", CARE_VISIT];
        assert_eq!(place(List::LookedAfter, LAW_START, &care), Some(0));
        assert_eq!(place(List::LookedAfter, LAW, &care), Some(1));
        assert_eq!(place(List::LookedAfter, CARE_VISIT, &care), Some(3));
    }
}
