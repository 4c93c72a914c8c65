//! The list of all tables.

/// Hands every table with its name to a macro, in the order in which issues are listed.
macro_rules! all_tables {
    ($each:ident) => {
        $each! {
            Persons persons: Person;
            ImmigrationStatuses immigration_statuses: ImmigrationStatus;
            Referrals referrals: Referral;
            Assessments assessments: Assessment;
            StrategyDiscussions strategy_discussions: StrategyDiscussion;
            Section47Enquiries section_47_enquiries: Section47Enquiry;
            InitialConferences initial_conferences: InitialConference;
            CpPlans cp_plans: CpPlan;
            CpVisits cp_visits: CpVisit;
            CpReviews cp_reviews: CpReview;
            CinPlans cin_plans: CinPlan;
            CinVisits cin_visits: CinVisit;
            ClaEpisodes cla_episodes: ClaEpisode;
            LegalStatuses legal_statuses: LegalStatus;
            ClaPlacements cla_placements: ClaPlacement;
            ClaVisits cla_visits: ClaVisit;
            ClaReviews cla_reviews: ClaReview;
            CarePlans care_plans: CarePlan;
            CareLeavers care_leavers: CareLeaver;
            Activities activities: Activity;
            PathwayPlans pathway_plans: PathwayPlan;
            Permanence permanence: Permanence;
            Workers workers: Worker;
            Involvements involvements: Involvement;
            ExitInterviews exit_interviews: ExitInterview;
            Policies policies: PolicyDocument;
            Audits audits: Audit;
            Complaints complaints: Complaint;
            Compliments compliments: Compliment;
            FeedbackReports feedback_reports: FeedbackReport;
            RagRatings rag_ratings: RagRating;
            CareProceedings care_proceedings: CareProceeding;
            FinalOrderApplications final_order_applications: FinalOrderApplication;
            StepTransfers step_transfers: StepTransfer;
            MissingEpisodes missing_episodes: MissingEpisode;
            ClaHealth cla_health: ClaHealthCheck;
            Departments departments: Department;
            PersonGroups person_groups: PersonGroup;
            Disabilities disabilities: Disability;
            EarlyHelpEpisodes early_help_episodes: EarlyHelpEpisode;
        }
    };
}
pub(crate) use all_tables;

macro_rules! table_enum {
    ($($table:ident $name:ident: $row:ident;)+) => {
        /// An input table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Table {
            $( #[doc = concat!("The table `", stringify!($name), "`.")] $table, )+
        }

        impl Table {
            /// Every table, in the order in which issues are listed.
            pub const ALL: &'static [Self] = &[$(Self::$table),+];
        }
    };
}
all_tables!(table_enum);
