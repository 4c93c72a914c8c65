//! `cla_visits_in_time.statutory`: children looked after seen as regulation 28 has it, each by the paragraph that is theirs.
//!
//! The data do not always say which paragraph that is. Then every paragraph that it may be is a candidate, with
//! its own due date and verdict. If they agree, that is the verdict; if not, it is not known, and the earliest
//! due date is shown. So no child passes by a rule that may not be theirs, and none fails by one.

use super::case::{Basis, Detail, Name, Outcome, Reason, Verdict, VisitRule};
use super::clock::Started;
use super::context::{At, Child, Context, Judge, Sink};
use super::definition::{Form, Row};
use super::kinds::{AGE_OR_UNBORN, Better, PeriodKind, Unit, When, needs, optional, reads};
use super::measure::Measure;
use super::owed::{Duty, Owed};
use super::relations::{numerator_at_most_denominator, part_of_denominator};
use super::review_chain::reviews_of;
use super::seen::next_visit_rag;
use crate::facts::{FIRST_YEAR_OF_PLACEMENT, LookedAfter, Remote, Sources, last_seen, placement_at, stay_of};
use crate::policy::{FirstReview, Reg28Unknown, TemporaryRules};
use crate::tables::records::{Interval, LegalCode, LegalStatus, Placement, PlacementType, Review, VisitKind};
use crate::tables::{ClaPlacement, Declared, Table, place_of};
use crate::time::Day;
use crate::time::clock::ClockId;
use crate::value::index::{ClaNo, broken};

/// Days for which the approval of a connected person can be temporary, with its extension (regulations 24 and 25).
const TEMPORARY_APPROVAL: i32 = ClockId::TEMPORARY_APPROVAL_END.days_if_extended();

/// A rule by which a visit may be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Every child to whom no other rule applies.
    General,
    /// Placed with parents before they were assessed (regulation 19).
    BeforeAssessment,
    /// A long-term foster placement, and the child agreed to fewer visits.
    FewerAgreed,
    /// With parents under an interim care order.
    InterimOrder,
    /// With a connected person whose approval is temporary (regulation 24).
    TemporaryApproval,
    /// With parents under a care order.
    CareOrder,
    /// In care, where another body makes the living arrangements.
    OtherArrangements,
    /// Placed for adoption, on a day.
    Adoption { placed: Day },
}

impl Rule {
    /// Whether it is for the time until a review.
    fn asks_reviews(self) -> bool {
        match self {
            Self::InterimOrder | Self::TemporaryApproval | Self::BeforeAssessment | Self::Adoption { .. } => {
                true
            }
            Self::General | Self::FewerAgreed | Self::CareOrder | Self::OtherArrangements => false,
        }
    }

    fn paragraph(self) -> VisitRule {
        match self {
            Self::General => VisitRule::Reg28_2,
            Self::BeforeAssessment => VisitRule::Reg28_3,
            Self::FewerAgreed => VisitRule::Reg28_3A,
            Self::InterimOrder | Self::TemporaryApproval => VisitRule::Reg28_4,
            Self::CareOrder => VisitRule::Reg28_5,
            Self::OtherArrangements => VisitRule::Reg28_6,
            Self::Adoption { .. } => VisitRule::Adoption36_4,
        }
    }
}

/// The most rules that can be a child's at once.
const MOST: usize = 4;

/// The rules that may be a child's, and why there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rules {
    may_be: [Option<Rule>; MOST],
    /// What would tell them apart, if there are several.
    reason: Option<Reason>,
    /// A child whose records contradict each other: no verdict, whatever the rule says.
    is_contradicted: bool,
}

impl Rules {
    fn one_of<const N: usize>(rules: [Rule; N], reason: Reason) -> Self {
        const { assert!(N <= MOST, "more rules than can be a child's at once") };
        let mut may_be = [None; MOST];
        for (place, rule) in may_be.iter_mut().zip(rules) {
            *place = Some(rule);
        }
        Self { may_be, reason: Some(reason), is_contradicted: false }
    }

    /// A rule that the data make certain. What can be open then is how long it lets a visit wait.
    fn certain(rule: Rule) -> Self {
        Self { may_be: [Some(rule), None, None, None], reason: None, is_contradicted: false }
    }

    fn iter(&self) -> impl Iterator<Item = Rule> + '_ {
        self.may_be.iter().flatten().copied()
    }

    fn has(&self, rule: Rule) -> bool {
        self.may_be.contains(&Some(rule))
    }

    fn without(mut self, is_left_out: impl Fn(Rule) -> bool) -> Self {
        for place in &mut self.may_be {
            *place = place.filter(|rule| !is_left_out(*rule));
        }
        self
    }
}

/// How a child stands by one rule.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    rule: Rule,
    clock: ClockId,
    /// The day from which the clock runs.
    from: Day,
    /// `None`: nothing is due by this rule.
    due: Option<Day>,
    verdict: Verdict,
}

/// How a child stands by one rule: once, or twice if the data do not say what the rule asks.
type Forms = [Option<Candidate>; 2];

/// A visit that is due as the law has it, or of which the data do not say whether it is due.
pub(super) struct StatutoryVisit<'a> {
    context: &'a Context<'a>,
    subject: Name,
    record: Name,
    last: Option<Day>,
    day: Day,
    /// The one with the earliest due date; `None` before the law.
    first: Option<Candidate>,
    verdict: Verdict,
    /// Whether it may be due by a rule that asks for reviews.
    asks_reviews: bool,
}

/// Hands on the case of a child looked after.
pub(super) fn judge_child_at<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>, at: &At<'_>) {
    let context = judge.context;
    let Some(care) = &at.looked_after else { return };
    if context.wants(Measure::CLA_VISITS_IN_TIME_STATUTORY) {
        let measure = Measure::CLA_VISITS_IN_TIME_STATUTORY;
        let situation = Situation::new(context, child, care, at.day);
        let visit = situation.visit();
        judge.hand_on(measure, basis(situation.knows_reviews), at.month.at_end(), visit.verdict, || {
            visit.detail()
        });
        if context.is_of_part {
            let knows_reviews = !situation.knows_reviews;
            let visit =
                if visit.asks_reviews { Situation { knows_reviews, ..situation }.visit() } else { visit };
            judge.hand_on(measure, basis(knows_reviews), at.month.at_end(), visit.verdict, || visit.detail());
        }
    }
}

fn basis(knows_reviews: bool) -> Basis {
    if knows_reviews { Basis::ByItsTable } else { Basis::ByOthers }
}

/// The next visit to a child looked after.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>, at: &At<'_>) {
    let (context, Some(care)) = (owed.context, &at.looked_after) else { return };
    let visit = Situation::new(context, child, care, at.day).visit();
    let clock = visit.first.map_or(ClockId::CLA_VISIT, |first| first.clock);
    owed.add(context.clock(clock), Measure::CLA_VISITS_IN_TIME_STATUTORY, visit.verdict, visit.detail());
}

impl StatutoryVisit<'_> {
    fn detail(&self) -> Detail {
        let Self { context, subject, record, last, day, first, verdict, .. } = self;
        let unjudged = Detail { done: *last, ..Detail::of(*subject, Some(*record)) };
        let Some(first) = first else { return Detail { rule: Some(None), ..unjudged } };
        let rule = Some(Some(first.rule.paragraph()));
        let clock = context.clock(first.clock);
        Detail {
            anchor: Some(first.from),
            due: first.due,
            elapsed: clock.elapsed(first.from, *day, context.calendar),
            rag: next_visit_rag(context, *verdict, first.due, *day, clock),
            rule,
            ..unjudged
        }
    }
}

/// What is known of a child looked after on a day, as far as the rules of visits ask.
#[derive(Clone, Copy)]
struct Situation<'a> {
    context: &'a Context<'a>,
    child: &'a Child<'a>,
    care: &'a LookedAfter,
    day: Day,
    placement: Option<&'a Placement>,
    status: Option<&'a LegalStatus>,
    /// The start of the stay, not before the care.
    stay: Day,
    placed_for_adoption: Option<Day>,
    /// The latest visit that counts, since the care began.
    last: Option<Day>,
    /// Whether there is a table of reviews that can be used.
    knows_reviews: bool,
}

impl<'a> Situation<'a> {
    fn new(context: &'a Context<'a>, child: &'a Child<'a>, care: &'a LookedAfter, day: Day) -> Self {
        let records = &child.records;
        let placement = placement_at(records, day);
        let stay = placement.map(|placement| stay_of(records, context.terms(), placement, day));
        // The rows lie by start and id.
        let status = records.legal_statuses.iter().rfind(|status| status.is_open(day));
        let permanence = records.permanence.iter().filter(|row| {
            row.cla == Some(care.period.cla) && row.reversed.is_none_or(|reversed| reversed > day)
        });
        let placed = permanence
            .filter_map(|row| row.placed)
            .filter(|placed| care.anchor <= *placed && *placed <= day)
            .min();
        let by_type = stay.and_then(|stay| stay.placed_for_adoption);
        let remote = match context.policy.temporary_rules {
            TemporaryRules::AsLaw => Remote::AsLaw,
            TemporaryRules::Ignore => Remote::NotCounted,
        };
        let sources = Sources::new(context.policy.visit_sources, VisitKind::Cla).with_remote(remote);
        Self {
            context,
            child,
            care,
            day,
            placement,
            status,
            stay: stay.map_or(care.anchor, |stay| stay.start.max(care.anchor)),
            placed_for_adoption: [placed, by_type].into_iter().flatten().min(),
            last: last_seen(records.visits, sources, care.anchor, day).map(|last| last.date),
            knows_reviews: context.data.has_table(Table::ClaReviews),
        }
    }

    /// The visit that is due, with the verdict of all rules that it may be due by.
    fn visit(&self) -> StatutoryVisit<'a> {
        let visit = |first, verdict, asks_reviews| StatutoryVisit {
            context: self.context,
            subject: Name::Person(self.child.records.index),
            record: Name::Cla(self.care.period.cla),
            last: self.last,
            day: self.day,
            first,
            verdict,
            asks_reviews,
        };
        if self.context.clock(ClockId::CLA_VISIT).at_day(self.day).is_none() {
            return visit(None, Verdict::unknown(Reason::OutsideLaw), false);
        }
        let rules = self.rules();
        let candidates = rules.may_be.map(|rule| rule.map(|rule| self.candidates(rule)));
        let each = || candidates.iter().flatten().flatten().flatten().copied();
        let first = each().min_by_key(|one| (one.due.is_none(), one.due));
        visit(first, self.verdict(&rules, each, first), rules.iter().any(Rule::asks_reviews))
    }

    /// One verdict of all candidates.
    fn verdict<I: Iterator<Item = Candidate>>(
        &self,
        rules: &Rules,
        candidates: impl Fn() -> I,
        first: Option<Candidate>,
    ) -> Verdict {
        if rules.is_contradicted {
            return Verdict::unknown(Reason::P1NotInCare);
        }
        let outcomes = || candidates().map(|one| one.verdict.outcome);
        // In time is in time, seen already or not.
        let alike = |outcome| if outcome == Outcome::Met { Outcome::NotYetDue } else { outcome };
        let agree = outcomes().map(alike).is_sorted_by(|a, b| a == b);
        if let Some(first) = first.filter(|_| agree) {
            return first.verdict;
        }
        const ORDER: [Outcome; 4] =
            [Outcome::Overdue, Outcome::NotYetDue, Outcome::Met, Outcome::NotApplicable];
        let there = |outcome: &&Outcome| outcomes().any(|one| one == **outcome);
        let chosen = match self.context.policy.reg28_unknown {
            Reg28Unknown::Unknown => None,
            Reg28Unknown::Strictest => ORDER.iter().find(there),
            Reg28Unknown::Laxest => ORDER.iter().rfind(there),
        };
        match chosen.and_then(|outcome| candidates().find(|one| one.verdict.outcome == *outcome)) {
            Some(candidate) => candidate.verdict,
            None => Verdict::unknown(self.open(rules)),
        }
    }

    /// What keeps the verdict open: which rule it is, or what the one rule asks.
    fn open(&self, rules: &Rules) -> Reason {
        let mut left = rules.iter();
        match (left.next(), left.next(), rules.reason) {
            (Some(Rule::General), None, _) => Reason::LongTermNotRecorded,
            (Some(_), None, _) => Reason::ReviewsNotRecorded,
            (_, _, Some(reason)) => reason,
            _ => broken(format_args!("nothing tells the rules of {rules:?} apart")),
        }
    }

    fn code(&self) -> LegalCode {
        self.status.map_or(LegalCode::NotRecorded, |status| status.code)
    }

    /// The rules that may be the child's on the day.
    fn rules(&self) -> Rules {
        if let Some(placed) = self.placed_for_adoption {
            return Rules::certain(Rule::Adoption { placed });
        }
        let code = self.code();
        let order = match code {
            LegalCode::InterimCareOrder => Some(Rule::InterimOrder),
            LegalCode::CareOrder => Some(Rule::CareOrder),
            _ => None,
        };
        let Some(placement) = self.placement else {
            return self.without_a_placement(code, Reason::NoPlacement);
        };
        match order {
            Some(_) if placement.arranged_by_other == Some(true) => {
                return Rules::certain(Rule::OtherArrangements);
            }
            Some(rule) if placement.lives_with_parent == Some(true) => return Rules::certain(rule),
            _ => {}
        }
        let may_be_temporary = self.day < self.stay.plus(TEMPORARY_APPROVAL);
        if placement.temporary_approval == Some(true) && may_be_temporary {
            return Rules::certain(Rule::TemporaryApproval);
        }
        let rules = match (placement.kind, order) {
            (PlacementType::WithParents, _) => self.with_parents(code),
            (PlacementType::ArrangedByOthers, Some(_)) => {
                Rules::one_of([Rule::OtherArrangements, Rule::General], Reason::ArrangementsNotRecorded)
            }
            (PlacementType::ParentAndChild, Some(rule)) => {
                Rules::one_of([rule, Rule::General], Reason::ParentNotRecorded)
            }
            (PlacementType::LongTermFoster, _) => self.long_term_foster(placement),
            (PlacementType::RelativeFoster, _) if may_be_temporary => {
                Rules::one_of([Rule::General, Rule::TemporaryApproval], Reason::ApprovalNotRecorded)
            }
            (PlacementType::NotRecorded | PlacementType::Temporary { .. }, _) => {
                self.without_a_placement(code, Reason::PlacementTypeNotRecorded)
            }
            _ => Rules::certain(Rule::General),
        };
        taken_away(rules, placement)
    }

    /// With parents (P1), by the order in force.
    fn with_parents(&self, code: LegalCode) -> Rules {
        match code {
            LegalCode::InterimCareOrder => Rules::certain(Rule::InterimOrder),
            LegalCode::CareOrder => {
                Rules::one_of([Rule::CareOrder, Rule::BeforeAssessment], Reason::AssessmentNotRecorded)
            }
            LegalCode::PlacementOrder | LegalCode::FreedForAdoption => {
                Rules::one_of([Rule::CareOrder, Rule::General], Reason::OrderSuspended)
            }
            LegalCode::Accommodated => Rules { is_contradicted: true, ..Rules::certain(Rule::General) },
            LegalCode::Detained => Rules::certain(Rule::General),
            LegalCode::ShortBreak | LegalCode::NotRecorded => Rules::one_of(
                [Rule::InterimOrder, Rule::CareOrder, Rule::BeforeAssessment],
                Reason::LegalStatusNotRecorded,
            ),
        }
    }

    /// A long-term foster placement: after a year the child may have agreed to fewer visits.
    fn long_term_foster(&self, placement: &Placement) -> Rules {
        let is_law = self.context.clock(ClockId::CLA_VISIT_LONG_TERM_FOSTER).at_day(self.day).is_some();
        if !is_law || !self.is_after_a_year() {
            return Rules::certain(Rule::General);
        }
        const AGREED: usize = place_of(ClaPlacement::COLUMNS, "visits_agreed_date");
        if !self.context.data.has_column(Table::ClaPlacements, AGREED) {
            return Rules::one_of([Rule::General, Rule::FewerAgreed], Reason::AgreementNotRecorded);
        }
        let has_agreed = placement.visits_agreed.is_some_and(|agreed| agreed <= self.day);
        Rules::certain(if has_agreed { Rule::FewerAgreed } else { Rule::General })
    }

    /// Where the child lives is not known: under an order it may be with parents.
    fn without_a_placement(&self, code: LegalCode, reason: Reason) -> Rules {
        use Rule::{BeforeAssessment, CareOrder, General, InterimOrder};
        match code {
            LegalCode::InterimCareOrder => Rules::one_of([General, InterimOrder], reason),
            LegalCode::CareOrder => Rules::one_of([General, CareOrder, BeforeAssessment], reason),
            LegalCode::NotRecorded => {
                Rules::one_of([General, InterimOrder, CareOrder, BeforeAssessment], reason)
            }
            _ => Rules::certain(General),
        }
    }

    fn is_after_a_year(&self) -> bool {
        self.day >= self.stay.plus_months(FIRST_YEAR_OF_PLACEMENT)
    }

    /// Whether the placement is meant to last until 18; `None`: not recorded.
    fn is_long_term(&self) -> Option<bool> {
        let placement = self.placement?;
        placement.long_term.or(match placement.kind {
            PlacementType::LongTermFoster => Some(true),
            PlacementType::RelativeFoster | PlacementType::Foster => Some(false),
            _ => None,
        })
    }

    /// How the child stands by a rule: once, or twice if the data do not say what the rule asks.
    fn candidates(&self, rule: Rule) -> Forms {
        match rule {
            Rule::General | Rule::FewerAgreed | Rule::OtherArrangements => self.general(rule),
            Rule::CareOrder => {
                let since = self.since_order(LegalCode::CareOrder);
                let clocks = [ClockId::CLA_VISIT_CARE_ORDER_START, ClockId::CLA_VISIT_CARE_ORDER];
                [Some(self.first_then(rule, since, clocks)), None]
            }
            Rule::InterimOrder => {
                let clocks = [ClockId::CLA_VISIT_INTERIM_ORDER_WEEKLY, ClockId::CLA_VISIT_INTERIM_ORDER];
                self.weekly(rule, self.since_order(LegalCode::InterimCareOrder), clocks)
            }
            Rule::TemporaryApproval => {
                let clocks =
                    [ClockId::CLA_VISIT_TEMPORARY_APPROVAL_WEEKLY, ClockId::CLA_VISIT_TEMPORARY_APPROVAL];
                self.weekly(rule, self.stay, clocks)
            }
            Rule::BeforeAssessment => {
                let clocks = [ClockId::CLA_VISIT_WITH_PARENTS_WEEKLY, ClockId::CLA_VISIT_WITH_PARENTS];
                self.weekly(rule, self.stay, clocks)
            }
            Rule::Adoption { placed } => self.until_the_adoption_review(rule, placed),
        }
    }

    /// A first visit in the placement, then intervals that grow after a year.
    fn general(&self, rule: Rule) -> Forms {
        let first = match rule {
            Rule::OtherArrangements => ClockId::CLA_VISIT_OTHER_ARRANGEMENTS_START,
            _ => ClockId::CLA_VISIT_PLACEMENT_START,
        };
        let later = |clock| self.first_then(rule, self.stay, [first, clock]);
        match (rule, self.is_after_a_year()) {
            (Rule::FewerAgreed, _) => [Some(later(ClockId::CLA_VISIT_LONG_TERM_FOSTER)), None],
            (Rule::OtherArrangements, false) => [Some(later(ClockId::CLA_VISIT_OTHER_ARRANGEMENTS)), None],
            (Rule::OtherArrangements, true) => {
                [Some(later(ClockId::CLA_VISIT_OTHER_ARRANGEMENTS_LATER)), None]
            }
            (_, false) => [Some(later(ClockId::CLA_VISIT)), None],
            (_, true) => match self.is_long_term() {
                Some(true) => [Some(later(ClockId::CLA_VISIT_LONG_TERM)), None],
                Some(false) => [Some(later(ClockId::CLA_VISIT)), None],
                None => [Some(later(ClockId::CLA_VISIT)), Some(later(ClockId::CLA_VISIT_LONG_TERM))],
            },
        }
    }

    /// Weekly until the first review, then at longer intervals.
    fn weekly(&self, rule: Rule, since: Day, [weekly, later]: [ClockId; 2]) -> Forms {
        let one = |clock| self.first_then(rule, since, [clock, clock]);
        match self.was_reviewed(since) {
            Some(false) => [Some(one(weekly)), None],
            Some(true) => [Some(one(later)), None],
            None => [Some(one(weekly)), Some(one(later))],
        }
    }

    /// Weekly until the first adoption review, then as the agency decides.
    fn until_the_adoption_review(&self, rule: Rule, placed: Day) -> Forms {
        let clocks = [ClockId::ADOPTION_VISIT_START, ClockId::ADOPTION_VISIT];
        let weekly = self.first_then(rule, placed, clocks);
        let decided =
            Candidate { due: None, verdict: Verdict::not_applicable(Reason::AgencyDecides), ..weekly };
        match self.was_reviewed(placed) {
            Some(false) => [Some(weekly), None],
            Some(true) => [Some(decided), None],
            None => [Some(weekly), Some(decided)],
        }
    }

    /// The first visit since a day by one clock, every later one by another.
    fn first_then(&self, rule: Rule, since: Day, [first, later]: [ClockId; 2]) -> Candidate {
        let seen = self.last.filter(|last| *last >= since);
        let (clock, from) = match seen {
            Some(seen) => (later, seen),
            None => (first, since),
        };
        let started = Started::in_force(self.context, clock, from, self.day);
        let due = started.due().map(|due| self.after_the_window(started, due));
        let verdict = match (due, seen) {
            (Some(due), _) if self.day > due && self.is_suspended(started, due) => {
                Verdict::not_applicable(Reason::RelaxedLaw)
            }
            (Some(due), _) if self.day > due => Verdict::OVERDUE,
            (_, Some(_)) => Verdict::MET,
            (_, None) => Verdict::NOT_YET_DUE,
        };
        Candidate { rule, clock, from, due, verdict }
    }

    /// Whether the law suspended the limit on the due date and on the day.
    fn is_suspended(&self, clock: Started<'_>, due: Day) -> bool {
        let relaxed = |day| clock.clock.at_day(day).is_some_and(|version| version.relaxed().is_some());
        self.context.policy.temporary_rules == TemporaryRules::AsLaw && relaxed(due) && relaxed(self.day)
    }

    /// A due date that passed while the limit was suspended falls on the last day of that time, once it is over.
    fn after_the_window(&self, clock: Started<'_>, due: Day) -> Day {
        let version = clock.clock.at_day(due).filter(|version| version.relaxed().is_some());
        let end = version.and_then(|version| version.in_force_to()).map(Day::new);
        match end {
            Some(end) if self.context.policy.temporary_rules == TemporaryRules::AsLaw && self.day > end => {
                end
            }
            _ => due,
        }
    }

    /// The day from which visits under an order with parents are due: of the order, or of living there.
    fn since_order(&self, code: LegalCode) -> Day {
        match self.status.filter(|status| status.code == code) {
            Some(status) => self.order_start(status).max(self.stay),
            None => self.stay,
        }
    }

    /// The first day of the unbroken run of rows of a legal status.
    fn order_start(&self, status: &LegalStatus) -> Day {
        let mut start = status.start;
        loop {
            let rows = self.child.records.legal_statuses.iter();
            let before = rows
                .filter(|row| row.code == status.code && row.start < start)
                .filter(|row| row.end.is_none_or(|end| end >= start))
                .map(|row| row.start)
                .min();
            match before {
                Some(before) => start = before,
                None => return start,
            }
        }
    }

    /// Whether a review of the period was held since a day, by the day; `None` if reviews are not known.
    fn was_reviewed(&self, since: Day) -> Option<bool> {
        if !self.knows_reviews {
            return None;
        }
        let since = match self.context.policy.first_review {
            FirstReview::OfPlacement => since,
            FirstReview::OfCare => self.care.anchor,
        };
        let reviews: &[Review<ClaNo>] = reviews_of(self.child.records.cla_reviews, self.care.period.cla);
        Some(reviews.iter().any(|review| since <= review.date && review.date <= self.day))
    }
}

/// The rules that are left once the columns of the placement that say yes or no are read.
fn taken_away(rules: Rules, placement: &Placement) -> Rules {
    let is_with_parents = rules.has(Rule::BeforeAssessment) && rules.has(Rule::CareOrder);
    let is_general = rules.has(Rule::General);
    let was_assessed = placement.before_assessment.filter(|_| is_with_parents).map(|before| !before);
    let denied = |column: Option<bool>| is_general && column == Some(false);
    rules.without(|rule| match rule {
        Rule::General | Rule::FewerAgreed | Rule::Adoption { .. } => false,
        Rule::OtherArrangements => denied(placement.arranged_by_other),
        Rule::TemporaryApproval => denied(placement.temporary_approval),
        Rule::InterimOrder => denied(placement.lives_with_parent),
        Rule::CareOrder => denied(placement.lives_with_parent) || was_assessed == Some(false),
        Rule::BeforeAssessment => denied(placement.lives_with_parent) || was_assessed == Some(true),
    })
}

/// The clocks of all rules.
const CLOCKS: &[ClockId] = &[
    ClockId::CLA_VISIT_PLACEMENT_START,
    ClockId::CLA_VISIT,
    ClockId::CLA_VISIT_LONG_TERM,
    ClockId::CLA_VISIT_LONG_TERM_FOSTER,
    ClockId::CLA_VISIT_WITH_PARENTS_WEEKLY,
    ClockId::CLA_VISIT_WITH_PARENTS,
    ClockId::CLA_VISIT_TEMPORARY_APPROVAL_WEEKLY,
    ClockId::CLA_VISIT_TEMPORARY_APPROVAL,
    ClockId::CLA_VISIT_INTERIM_ORDER_WEEKLY,
    ClockId::CLA_VISIT_INTERIM_ORDER,
    ClockId::CLA_VISIT_CARE_ORDER_START,
    ClockId::CLA_VISIT_CARE_ORDER,
    ClockId::CLA_VISIT_OTHER_ARRANGEMENTS_START,
    ClockId::CLA_VISIT_OTHER_ARRANGEMENTS,
    ClockId::CLA_VISIT_OTHER_ARRANGEMENTS_LATER,
    ClockId::ADOPTION_VISIT_START,
    ClockId::ADOPTION_VISIT,
];

pub(super) const MEASURES: &[Row] = &[Row {
    key: "cla_visits_in_time.statutory",
    judges_anew: true,
    forms: &[Form {
        unit: Unit::Percent,
        title: "% of LAC visited within the statutory intervals (regulation 28)",
        denominator: "Children seen in time and children overdue.",
        policies: &[],
    }],
    period: PeriodKind::Snapshot,
    better: Better::Higher,
    cases: "The children of `cla_visits_in_time`, each by the paragraph of regulation 28 \
            that is theirs: the general one, placed with parents before assessment, fewer visits agreed in a \
            long-term foster placement, a temporary approval, an interim or full care order at home, living \
            arrangements that another body makes; placed for adoption, by regulation 36 of the Adoption \
            Agencies Regulations.",
    numerator: "Children seen in time by that paragraph, as it was in force at the month end.",
    exclusions: "A child not yet seen in the present placement is not yet due for its first seven \
            days, then overdue. If the data do not say which paragraph applies, and those that may disagree, \
            the child is unknown, with the column that would tell. After the first adoption review, and for \
            due dates that the rules of 2020 suspended, not applicable. A visit by telephone or video counts \
            if it was made from 24 April 2020 to 30 September 2021.",
    inputs: &[
        needs("cla_episodes"),
        needs("cla_visits"),
        needs("cla_placements"),
        reads("legal_statuses"),
        reads("cla_reviews"),
        reads("permanence"),
        reads("persons"),
        AGE_OR_UNBORN,
        optional("cla_episodes", &["placement_id", "start_reason"]),
        optional(
            "cla_placements",
            &[
                "placement_type",
                "carer_id",
                "long_term",
                "visits_agreed_date",
                "temporary_approval",
                "before_assessment",
                "lives_with_parent",
                "arranged_by_other",
            ],
        ),
        optional("cla_reviews", &["date", "cancelled"]),
        optional("permanence", &["cla_id", "placed_for_adoption_date", "decision_reversed_date"]),
        optional("cla_visits", &["mode"]),
        reads("cp_visits").when(When::VisitSourcesAny),
        reads("cin_visits").when(When::VisitSourcesAny),
    ],
    policies: &[
        "count_start_day",
        "visit_sources",
        "amber_days",
        "reg28_unknown",
        "first_review",
        "temporary_rules",
    ],
    source: "Regulation 28, Care Planning, Placement and Case Review (England) Regulations \
            2010 (SI 2010/959); regulation 36(4), Adoption Agencies Regulations 2005 (SI 2005/389); SI \
            2020/445, SI 2020/909 and SI 2021/261.",
    version: 2,
    clocks: CLOCKS,
    owes: Some(Duty::SeeChild),
    hangs_on: Some(Table::ClaReviews),
    relations: &[
        part_of_denominator("cla_three_placements"),
        numerator_at_most_denominator("cla_visits_in_time"),
    ],
    ..Row::EMPTY
}];

impl Measure {
    /// `cla_visits_in_time.statutory`: % of LAC visited within the statutory intervals (regulation 28).
    pub const CLA_VISITS_IN_TIME_STATUTORY: Self = Self::named("cla_visits_in_time.statutory");
}
