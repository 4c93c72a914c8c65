//! Every choice that the definitions leave open, by name, with its default.

mod declaration;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::time::calendar::Nation;
use crate::time::clock::ClockId;
use crate::time::clock::warning::WarningWindow;
use crate::value::Decimal;
use crate::value::given::{Given, Setting, named, objects_only};
use crate::value::index::broken;
use crate::value::names::{nearest, shown};
pub use declaration::PolicyDeclaration;
use declaration::{NAMES, ONE_NAME, PolicyValue, list};

/// A choice whose values are names.
macro_rules! choice {
    ($(#[doc = $doc:literal])+ $name:ident { $( $(#[doc = $vdoc:literal])+ $(#[$attribute:meta])? $variant:ident = $text:literal, )+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[doc = $vdoc])+ $(#[$attribute])? #[serde(rename = $text)] $variant, )+
        }

        impl $name {
            /// Every value, the default among them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as it is written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The value of that name, compared without case, spaces, hyphens and underscores.
            #[allow(dead_code, reason = "only some choices are also codes in the data")]
            pub(crate) fn from_code(code: &str) -> Option<Self> {
                let folded = crate::value::names::fold(code);
                Self::ALL.iter().copied().find(|value| crate::value::names::fold(value.as_str()) == folded)
            }
        }

        impl PolicyValue for $name {
            const TAKES: &'static str = ONE_NAME;
            const VALUES: &'static [(&'static str, &'static str)] = &[$( ($text, concat!($($vdoc),+).trim_ascii()) ),+];

            fn compact(&self) -> String {
                self.as_str().to_owned()
            }

            fn decides_as(&self, other: &Self) -> bool {
                self == other
            }
        }

        impl PolicyValue for Vec<$name> {
            const TAKES: &'static str = NAMES;
            const VALUES: &'static [(&'static str, &'static str)] = <$name as PolicyValue>::VALUES;

            fn compact(&self) -> String {
                list(self.iter().map(|value| value.as_str()))
            }

            fn decides_as(&self, other: &Self) -> bool {
                self.iter().all(|value| other.contains(value)) && other.iter().all(|value| self.contains(value))
            }
        }

        impl Setting for $name {
            fn from_given(given: &Given) -> Result<Self, String> {
                named(given, Self::ALL, Self::as_str)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::from_given(&Given::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }
    };
}

choice! {
    /// Where the 45 working days of an assessment start.
    AssessmentClock {
        /// On the assessment's own start, as in DfE statistics.
        #[default] AssessmentStart = "assessment_start",
        /// On the referral, as Working Together has it; on the assessment's start if none is linked.
        Referral = "referral",
    }
}
choice! {
    /// Where the 15 working days to an initial conference start.
    IcpcClock {
        /// On the strategy discussion that initiated the section 47 enquiry.
        #[default] StrategyDiscussion = "strategy_discussion",
        /// On the recorded decision that a conference is needed.
        Decision = "decision",
    }
}
choice! {
    /// Which visits count as seeing the child.
    VisitSources {
        /// Those of all three kinds together.
        #[default] Any = "any",
        /// Those of the measure's own kind.
        Own = "own",
    }
}
choice! {
    /// Where the rating of a child protection child comes from.
    RagSource {
        /// The latest recorded rating.
        #[default] Recorded = "recorded",
        /// Red if a visit or a review is overdue.
        Derived = "derived",
        /// Red if either is.
        Worst = "worst",
    }
}
choice! {
    /// What a child without a rating is.
    Unrated {
        /// Left out and reported.
        #[default] Exclude = "exclude",
        /// Counted as red.
        Red = "red",
        /// Counted as not red.
        NotRed = "not_red",
    }
}
choice! {
    /// The month in which a review obligation is counted.
    ReviewMode {
        /// That in which it settles: held in time, or overdue for the first day.
        #[default] Settled = "settled",
        /// That in which it was held.
        Held = "held",
        /// That of its due date.
        Due = "due",
    }
}
choice! {
    /// The judgement of an audit.
    Judgement {
        /// Outstanding.
        #[default] Outstanding = "outstanding",
        /// Good.
        Good = "good",
        /// Adequate, the name before 2013 of requires improvement.
        Adequate = "adequate",
        /// Requires improvement.
        RequiresImprovement = "requires_improvement",
        /// Inadequate.
        Inadequate = "inadequate",
    }
}
choice! {
    /// Which stage one complaints are followed to stage two.
    StageTwoBasis {
        /// Those received in the twelve months to the month's end.
        #[default] CohortTwelveMonths = "cohort_12m",
        /// Those received in the month.
        CohortMonth = "cohort_month",
    }
}
choice! {
    /// What second or subsequent child protection plans are counted by.
    RepeatPlanUnit {
        /// Children.
        #[default] Children = "children",
        /// Plans, as in DfE statistics.
        Occasions = "occasions",
    }
}
choice! {
    /// The denominator of the children placed far from home.
    DistanceBase {
        /// All children looked after.
        #[default] All = "all",
        /// Those whose distance is known.
        Known = "known",
    }
}
choice! {
    /// The day on which an adopted child counts as placed.
    AdoptionBasis {
        /// Placed for adoption (scorecard indicator A1).
        #[default] A1 = "a1",
        /// For children adopted by their foster carers, the day they moved in with them (A10).
        A10 = "a10",
    }
}
choice! {
    /// The adoptions that are averaged.
    AdoptionWindow {
        /// Those of the quarter.
        #[default] Quarter = "quarter",
        /// Those of the three years to the quarter's end.
        ThreeYears = "three_years",
    }
}
choice! {
    /// Which children should have a pathway plan.
    PathwayBase {
        /// All aged 16 and 17.
        #[default] All = "all",
        /// Those whose plan is due.
        Strict = "strict",
    }
}
choice! {
    /// The month in which a final order application is counted.
    FinalOrderBasis {
        /// That of the decision.
        #[default] Decided = "decided",
        /// That of filing.
        Filed = "filed",
    }
}
choice! {
    /// What caseloads are averaged over.
    CaseloadPer {
        /// Full-time equivalents.
        #[default] Fte = "fte",
        /// Workers.
        Headcount = "headcount",
    }
}
choice! {
    /// What the workforce is counted in.
    WorkforceUnit {
        /// Full-time equivalents.
        #[default] Fte = "fte",
        /// Workers.
        Headcount = "headcount",
    }
}
choice! {
    /// The workforce that leavers are compared with.
    TurnoverBase {
        /// Those in post at the end.
        #[default] AtEnd = "at_end",
        /// The mean of those in post at the start and at the end.
        Average = "average",
    }
}
choice! {
    /// A kind of team; of workers, the kind of their team.
    TeamType {
        /// Safeguarding teams.
        #[default] Safeguarding = "safeguarding",
        /// Care leavers teams.
        CareLeavers = "care_leavers",
        /// Any other team.
        Other = "other",
        /// Every worker, also one whose kind of team is not recorded; it stands alone.
        All = "all",
    }
}

choice! {
    /// What a visit by regulation 28 is if the data do not say which paragraph is the child's.
    Reg28Unknown {
        /// Not known, unless all paragraphs that it may be agree.
        #[default] Unknown = "unknown",
        /// The worst that any of them says.
        Strictest = "strictest",
        /// The best that any of them says.
        Laxest = "laxest",
    }
}
choice! {
    /// Which review ends the weekly visits of regulation 28.
    FirstReview {
        /// The first in the placement, or since the order that they run from.
        #[default] OfPlacement = "of_placement",
        /// The first of the period of care.
        OfCare = "of_care",
    }
}
choice! {
    /// Whether the rules of 2020 and 2021 for visits apply.
    TemporaryRules {
        /// They do: a due date that the law suspended is not a breach, and visits by telephone or video count.
        #[default] AsLaw = "as_law",
        /// They do not.
        Ignore = "ignore",
    }
}
choice! {
    /// Whether a temporary placement is one of the placements of a year.
    TemporaryPlacements {
        /// No, within its limit; nor is the return from it a new placement.
        #[default] Exclude = "exclude",
        /// Yes, of every type and length.
        Count = "count",
    }
}

/// The lead roles of the policies' default: that of the measures' words, and those of the systems that councils use. Roles are
/// compared by their letters and digits.
const LEAD_ROLES: [&str; 12] = [
    "allocated_case_worker",
    "allocated_worker",
    "cw",
    "allocated_social_worker",
    "relallwork",
    "relallworkcf",
    "allwork",
    "allworkcf",
    "allwkr",
    "cf_allocated_worker",
    "c_and_f_allocated_worker",
    "aw",
];

/// The policies: one struct, its file form and its documentation from one list. A policy has a default, or it names the
/// clocks whose limit it sets: then its default is their limit, which is written in their rows alone.
macro_rules! policies {
    ($(
        #[doc = $doc:literal] $(#[doc = $why:literal])*
        $key:ident: $type:ty $(= $default:expr)? $(=> $clock:ident $(, $also:ident)*)?;
    )+) => {
        /// Every policy. [`Policy::default`] is the reading of the built-in plans; scorecards and due lists repeat the whole set.
        ///
        /// Its file form is a JSON object of these keys, any of them; an unknown key or value is refused with
        /// the nearest valid one.
        ///
        /// # Examples
        ///
        /// ## A council's own interval, and a misspelt key
        ///
        /// ```
        /// use csc_measures::Policy;
        ///
        /// let policy: Policy = serde_json::from_str(r#"{ "cp_visit_working_days": 10 }"#)?;
        /// assert_eq!(policy.cp_visit_working_days, 10);
        /// let error = serde_json::from_str::<Policy>(r#"{ "cp_visit_workingdays": 10 }"#).unwrap_err();
        /// assert!(error.to_string().contains("did you mean `cp_visit_working_days`?"));
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[non_exhaustive]
        pub struct Policy {
            $( #[doc = $doc] $(#[doc = $why])* pub $key: $type, )+
        }

        impl Default for Policy {
            fn default() -> Self {
                Self { $($key: { $($default)? $(const { ClockId::$clock.units_after_the_event() })? }),+ }
            }
        }

        impl Policy {
            /// The keys, in order.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($key)),+];

            /// What each policy is, in the order of the keys.
            pub const DECLARATIONS: &'static [PolicyDeclaration] = &[$(
                PolicyDeclaration {
                    key: stringify!($key),
                    about: $doc.trim_ascii(),
                    why: concat!($($why),*).trim_ascii(),
                    takes: <$type as PolicyValue>::TAKES,
                    values: <$type as PolicyValue>::VALUES,
                }
            ),+];

            /// The clocks whose limit a policy sets, each with the units after the day of the event.
            pub(crate) fn limits(&self) -> Vec<(ClockId, u16)> {
                vec![$( $( (ClockId::$clock, self.$key), $( (ClockId::$also, self.$key), )* )? )+]
            }

            /// Sets the policy with a key.
            ///
            /// # Errors
            /// An unknown key or value, in words.
            pub(crate) fn set(&mut self, key: &str, given: &Given) -> Result<(), String> {
                match key {
                    $( stringify!($key) => {
                        self.$key =
                            Setting::from_given(given).map_err(|error| format!("policy `{key}`: {error}"))?;
                    } )+
                    _ => {
                        let near = nearest(key, Policy::KEYS.iter().copied());
                        return Err(format!("unknown policy `{}`, did you mean `{near}`?", shown(key)));
                    }
                }
                Ok(())
            }

            /// The value of a policy as compact JSON, without the quotes of a text.
            pub(crate) fn compact(&self, key: &str) -> String {
                match key {
                    $( stringify!($key) => PolicyValue::compact(&self.$key), )+
                    _ => broken(format_args!("`{key}` is not a policy")),
                }
            }

            /// The keys whose values decide otherwise.
            pub(crate) fn decides_otherwise(&self, other: &Self) -> Vec<&'static str> {
                let mut keys = Vec::new();
                $( if !PolicyValue::decides_as(&self.$key, &other.$key) { keys.push(stringify!($key)); } )+
                keys
            }

            /// The keys whose values are others.
            pub(crate) fn differences(&self, other: &Self) -> Vec<&'static str> {
                let mut keys = Vec::new();
                $( if self.$key != other.$key { keys.push(stringify!($key)); } )+
                keys
            }
        }

        // Clocks of which one policy sets the limit have one limit.
        $($($( const _: () = assert!(ClockId::$also.units_after_the_event() == ClockId::$clock.units_after_the_event()); )*)?)+

        impl<'de> Deserialize<'de> for Policy {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Object;
                impl<'de> Visitor<'de> for Object {
                    type Value = Policy;

                    objects_only!("an object of policies");

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Policy, A::Error> {
                        let mut policy = Policy::default();
                        let mut seen: Vec<String> = Vec::new();
                        while let Some(key) = map.next_key::<String>()? {
                            if seen.contains(&key) {
                                return Err(A::Error::custom(format_args!("policy `{key}` is given twice")));
                            }
                            policy.set(&key, &map.next_value::<Given>()?).map_err(A::Error::custom)?;
                            seen.push(key);
                        }
                        policy.check().map_err(A::Error::custom)?;
                        Ok(policy)
                    }
                }
                deserializer.deserialize_any(Object)
            }
        }
    };
}

policies! {
    /// Whose bank holidays are not working days.
    ///
    /// England and Wales: the plan is an English council's. A child placed in Scotland stays under English
    /// regulations.
    calendar: Nation = Nation::EnglandAndWales;
    /// Whether the day of the event is the first day of its clock, which takes a day off the clock.
    ///
    /// No: the day of the event is day 0. DfE defines the conference target as "the date that is 15 working
    /// days after the strategy discussion".
    count_start_day: bool = false;
    /// Where the clock of an assessment starts.
    ///
    /// DfE statistics measure an assessment from its own start; Working Together measures from the referral.
    assessment_clock: AssessmentClock = AssessmentClock::default();
    /// Where the clock of an initial conference starts.
    ///
    /// The plan prints "decision for need". DfE counts from the strategy discussion at which the enquiry was
    /// initiated, and so does the default.
    icpc_clock: IcpcClock = IcpcClock::default();
    /// Working days for an assessment.
    ///
    /// Printed in the plan; the limit of Working Together.
    assessment_working_days: u16 => ASSESSMENT, ASSESSMENT_FROM_REFERRAL;
    /// Working days to an initial conference.
    ///
    /// Printed in the plan; the limit of Working Together.
    icpc_working_days: u16 => ICPC;
    /// Working days between visits to a child under a child protection plan.
    ///
    /// Printed in the plan; a local standard.
    cp_visit_working_days: u16 => CP_VISIT;
    /// Working days between visits to a child in need.
    ///
    /// Printed in the plan; a local standard.
    cin_visit_working_days: u16 => CIN_VISIT;
    /// Working days between visits to a child looked after.
    ///
    /// Printed in the plan. If a bank holiday intervenes it is laxer than the six weeks of regulation 28;
    /// the companion `statutory` holds to the law.
    cla_visit_working_days: u16 => CLA_VISIT_LOCAL;
    /// The same in a placement that is meant to last until 18 and has lasted a year.
    ///
    /// Printed in the plan, for the three months of regulation 28(2)(c)(i).
    cla_visit_long_term_working_days: u16 => CLA_VISIT_LOCAL_LONG_TERM;
    /// Which visits count as seeing the child.
    ///
    /// A child who was seen was seen, whichever plan the visit was recorded under.
    visit_sources: VisitSources = VisitSources::default();
    /// Where the rating of a child protection child comes from.
    ///
    /// A rating is a professional's judgement, made at a conference or review; what clocks can derive is less
    /// than that.
    rag_source: RagSource = RagSource::default();
    /// What a child without a rating is.
    ///
    /// A child without a rating is neither red nor not red. Such children are listed, and the result shows
    /// how many they are.
    unrated: Unrated = Unrated::default();
    /// The month in which a review obligation is counted.
    ///
    /// An obligation that settles is counted once, in a month that no later event can change.
    review_mode: ReviewMode = ReviewMode::default();
    /// The judgements of an audit that count as adequate or good.
    ///
    /// Read as "adequate or better". Ofsted renamed adequate to requires improvement in 2013.
    audit_pass: Vec<Judgement> = vec![Judgement::Outstanding, Judgement::Good, Judgement::Adequate, Judgement::RequiresImprovement];
    /// Which stage one complaints are followed to stage two.
    ///
    /// Stage two follows stage one by weeks, so complaints of a single month would always look well.
    stage_two_basis: StageTwoBasis = StageTwoBasis::default();
    /// The teams of the front door; none = every team.
    ///
    /// The names of teams are local.
    front_door_teams: Vec<String> = Vec::new();
    /// The roles of the worker to whom a child is allocated; a worker without a role is that worker too.
    ///
    /// Roles are local codes. The default has the words of the systems that councils use.
    lead_roles: Vec<String> = LEAD_ROLES.map(str::to_owned).to_vec();
    /// What second or subsequent child protection plans are counted by.
    ///
    /// The plan prints "No. of children".
    repeat_plan_unit: RepeatPlanUnit = RepeatPlanUnit::default();
    /// Miles beyond which a placement is far from home.
    ///
    /// Printed in the plan; exactly 20 miles is not far.
    far_miles: Decimal = Decimal::from_integer(20);
    /// The denominator of the children placed far from home.
    ///
    /// DfE divides by all children looked after.
    distance_base: DistanceBase = DistanceBase::default();
    /// The day on which an adopted child counts as placed.
    ///
    /// The plan prints "placed with adopters", as the first indicator of the adoption scorecard.
    adoption_basis: AdoptionBasis = AdoptionBasis::default();
    /// The adoptions that are averaged.
    ///
    /// The plan prints "quarterly"; DfE's scorecard averages three years.
    adoption_window: AdoptionWindow = AdoptionWindow::default();
    /// The greatest age of a care leaver that is counted.
    ///
    /// The plan prints no age. DfE reports care leavers aged 17 to 21, each about the birthday; the default is
    /// those under 21.
    care_leaver_max_age: u16 = 20;
    /// Which children should have a pathway plan.
    ///
    /// The plan prints "looked after children 16+", without more. The cases show which children's plans are
    /// not due.
    pathway_base: PathwayBase = PathwayBase::default();
    /// Days after issue by which care proceedings are concluded in time.
    ///
    /// 26 weeks are 182 days; the day of issue is the first of them.
    proceedings_limit_days: u16 => CARE_PROCEEDINGS;
    /// The month in which a final order application is counted.
    ///
    /// The row below asks what the council got, which is known only when an application is decided.
    final_order_basis: FinalOrderBasis = FinalOrderBasis::default();
    /// Whether an assessment on the same referral is a repeat.
    ///
    /// Two assessments on one referral are one piece of work.
    repeat_same_referral: bool = false;
    /// Cases beyond which a newly qualified worker has too many.
    ///
    /// Printed in the plan; exactly 12 is within the limit.
    asye_case_limit: u16 = 12;
    /// What caseloads are averaged over.
    ///
    /// DfE's workforce statistics divide by full-time equivalents.
    caseload_per: CaseloadPer = CaseloadPer::default();
    /// The kinds of team of the workforce measures.
    ///
    /// Printed in the plan: safeguarding teams and care leavers teams. A source that has no kinds of team, such as
    /// the workforce census, has `all` alone.
    scope_team_types: Vec<TeamType> = vec![TeamType::Safeguarding, TeamType::CareLeavers];
    /// What the workforce is counted in.
    ///
    /// DfE's workforce statistics count full-time equivalents.
    workforce_unit: WorkforceUnit = WorkforceUnit::default();
    /// The workforce that leavers are compared with.
    ///
    /// DfE divides leavers in the year by those in post at its end.
    turnover_base: TurnoverBase = TurnoverBase::default();
    /// Working days before the due date of a working-day clock from which it is amber.
    ///
    /// A working week's notice; nothing national prescribes it.
    amber_working_days: u16 = WarningWindow::WORKING_DAYS;
    /// Days before the due date of any other clock from which it is amber.
    ///
    /// Two weeks' notice; nothing national prescribes it.
    amber_days: u16 = WarningWindow::DAYS;
    /// What a visit to a child looked after is if the data do not say which paragraph of regulation 28 applies.
    ///
    /// No child passes by a rule that may not be theirs, and none fails by one.
    reg28_unknown: Reg28Unknown = Reg28Unknown::default();
    /// Which review ends the weekly visits of regulation 28, with parents or under a temporary approval.
    ///
    /// Regulation 28 speaks of the first review; it is read as the first of the placement.
    first_review: FirstReview = FirstReview::default();
    /// Whether the rules of 2020 and 2021 for visits apply.
    ///
    /// They were the law: SI 2020/445, SI 2020/909 and SI 2021/261.
    temporary_rules: TemporaryRules = TemporaryRules::default();
    /// Whether a temporary placement counts among the placements of a year.
    ///
    /// DfE leaves out stays in hospital, holidays and other short absences within their limits.
    temporary_placements: TemporaryPlacements = TemporaryPlacements::default();
}

impl Policy {
    /// Values that can be written and mean nothing.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.far_miles.is_negative() {
            return Err(format!("policy `far_miles`: `{}` is negative", self.far_miles));
        }
        if self.is_every_team_type() && self.scope_team_types.iter().any(|of| *of != TeamType::All) {
            return Err("policy `scope_team_types`: `all` is every worker; give it alone".to_owned());
        }
        Ok(())
    }

    /// The policies that are not the default, each key with its value as compact JSON, without the quotes of a text.
    ///
    /// # Examples
    ///
    /// ## What to write beside figures
    ///
    /// ```
    /// use csc_measures::Policy;
    ///
    /// let mut policy = Policy::default();
    /// assert!(policy.changes().is_empty());
    /// policy.cp_visit_working_days = 10;
    /// assert_eq!(policy.changes(), [("cp_visit_working_days", "10".to_owned())]);
    /// ```
    #[must_use]
    pub fn changes(&self) -> Vec<(&'static str, String)> {
        self.differences(&Self::default()).into_iter().map(|key| (key, self.compact(key))).collect()
    }

    /// Whether the workforce measures look at every worker, whatever the kind of team.
    pub(crate) fn is_every_team_type(&self) -> bool {
        self.scope_team_types.contains(&TeamType::All)
    }

    /// The policies that colour obligations, and change no figure.
    pub(crate) const OF_COLOURS: [&str; 2] = ["amber_working_days", "amber_days"];

    /// A policy that was changed, and its value, in words: "working days for an assessment: 35 instead of 45". Of a list
    /// only what it is now is said.
    pub(crate) fn in_words(&self, key: &str) -> String {
        let Some(declared) = Self::DECLARATIONS.iter().find(|declared| declared.key == key) else {
            broken(format_args!("`{key}` is not a policy"))
        };
        let meaning = |policy: &Self| {
            let value = policy.compact(key);
            let meaning =
                declared.values.iter().find(|(name, _)| *name == value).map(|(_, meaning)| *meaning);
            meaning.map_or(value, lower)
        };
        let (about, value, default) = (lower(declared.about), meaning(self), meaning(&Self::default()));
        if default.starts_with('[') {
            format!("{about}: {value}")
        } else {
            format!("{about}: {value} instead of {default}")
        }
    }

    /// How long before its due date an obligation turns amber.
    pub(crate) fn warning_window(&self) -> WarningWindow {
        WarningWindow { working_days: u32::from(self.amber_working_days), days: u32::from(self.amber_days) }
    }
}

/// A sentence as the part of another: without its capital, unless that is of a name, and its full stop.
fn lower(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.');
    let mut letters = sentence.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(sentence.chars().skip(1)).collect()
        }
        _ => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_said_in_words() {
        let policy: Policy = serde_json::from_str(
            r#"{"assessment_working_days":35,"unrated":"not_red","front_door_teams":["A \"1\"","B"],"far_miles":20.5}"#,
        )
        .unwrap();
        for (key, words) in [
            ("assessment_working_days", "working days for an assessment: 35 instead of 45"),
            (
                "unrated",
                "what a child without a rating is: counted as not red instead of left out and reported",
            ),
            ("front_door_teams", r#"the teams of the front door; none = every team: ["A \"1\"","B"]"#),
        ] {
            assert_eq!(policy.in_words(key), words);
        }
        for (key, value) in [
            ("front_door_teams", r#"["A \"1\"","B"]"#),
            ("far_miles", "20.5"),
            ("count_start_day", "false"),
            ("calendar", "england-and-wales"),
            ("audit_pass", r#"["outstanding","good","adequate","requires_improvement"]"#),
        ] {
            assert_eq!(policy.compact(key), value);
        }
        // as JSON has it, but for the quotes of a text
        let json = serde_json::to_value(&policy).unwrap();
        for key in Policy::KEYS {
            let text = json[*key].as_str().map_or_else(|| json[*key].to_string(), str::to_owned);
            assert_eq!(policy.compact(key), text, "{key}");
        }
    }

    #[test]
    fn the_echo_reads_back() {
        let text = serde_json::to_string(&Policy::default()).unwrap();
        assert_eq!(serde_json::from_str::<Policy>(&text).unwrap(), Policy::default());
        assert!(text.starts_with(r#"{"calendar":"england-and-wales","count_start_day":false"#), "{text}");
        assert!(text.contains(r#""far_miles":20,"#), "{text}");
        // More than fifteen digits are written and read as a text.
        let exact = r#"{"far_miles":"20.00000000000000001"}"#;
        let policy: Policy = serde_json::from_str(exact).unwrap();
        let text = serde_json::to_string(&policy).unwrap();
        assert!(text.contains(r#""far_miles":"20.00000000000000001","#), "{text}");
        assert_eq!(serde_json::from_str::<Policy>(&text).unwrap(), policy);
    }

    #[test]
    fn an_unknown_key_or_value_is_refused_with_the_nearest() {
        for (text, expected) in [
            (r#"{"review_mod":"held"}"#, "unknown policy `review_mod`, did you mean `review_mode`?"),
            (r#"{"review_mode":"hold"}"#, "policy `review_mode`: unknown value `hold`, did you mean `held`?"),
            (
                r#"{"icpc_working_days":-1}"#,
                "policy `icpc_working_days`: `-1` is not a whole number from 0 to 65535",
            ),
            (r#"{"amber_days":2.5}"#, "policy `amber_days`: `2.5` is not a whole number from 0 to 65535"),
            (r#"{"amber_days":"14"}"#, "policy `amber_days`: `\"14\"` is not a whole number from 0 to 65535"),
            (r#"{"amber_days":18446744073709551615}"#, "is not a whole number from 0 to 65535"),
            (
                r#"{"scope_team_types":["all","other"]}"#,
                "policy `scope_team_types`: `all` is every worker; give it alone",
            ),
            (
                r#"{"scope_team_types":["al"]}"#,
                "policy `scope_team_types`: unknown value `al`, did you mean `all`?",
            ),
            (r#"{"audit_pass":["god"]}"#, "policy `audit_pass`: unknown value `god`, did you mean `good`?"),
            (r#"{"audit_pass":"good"}"#, "policy `audit_pass`: expected a list, found `\"good\"`"),
            (r#"{"front_door_teams":[["a"]]}"#, "policy `front_door_teams`: expected text, found a list"),
            (
                r#"{"calendar":"england"}"#,
                "policy `calendar`: unknown value `england`, did you mean `england-and-wales`?",
            ),
            (r#"{"review_mode":5}"#, "policy `review_mode`: expected a name such as `due`, found `5`"),
            (
                r#"{"count_start_day":{"a":1}}"#,
                "policy `count_start_day`: expected true or false, found an object",
            ),
            (r#"{"far_miles":-0.5}"#, "policy `far_miles`: `-0.5` is negative"),
            (r#"{"far_miles":null}"#, "policy `far_miles`: `null` is not a decimal number"),
            (r#"{"far_miles":1e300}"#, "is not a decimal number"),
            (r#"{"count_start_day":true,"count_start_day":true}"#, "given twice"),
        ] {
            let error = serde_json::from_str::<Policy>(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
