//! Care proceedings and applications for final orders.

use super::declare::*;
use super::{Given, Keep, Listed};
use crate::value::index::PersonNo;
use crate::value::names::fold;
use records::OrderMade;

table! {
    /// Care proceedings: one row a court case.
    CareProceedings care_proceedings => CareProceeding, CareProceedingRead {
        case_id: unique id, "identifies the row";
        issue_date: required date, "the day the application was issued";
        concluded_date: optional date [ends], "date of the last child's final order";
    }
}

table! {
    /// Applications for a final order: one row a child and application.
    FinalOrderApplications final_order_applications => FinalOrderApplication, FinalOrderApplicationRead {
        application_id: unique id, "identifies the row";
        case_id: optional id -> CareProceedings, "the court case";
        person_id: optional id -> Persons, "the person";
        filed_date: optional date, "the day the application was filed";
        decided_date: optional date, "the day it was decided; null = pending";
        order_sought: optional code, "the order in the authority's final care plan";
        order_made: optional code, "null after decision = not known; withdrawn = withdrawn by the authority";
    }
}

impl Keep for CareProceeding {
    type Record = records::CareProceeding;
    type Keeping = Listed;
    const IS_NAMED: bool = true;
    const IS_WHOLE: bool = true;

    fn owner(_: &CareProceedingRead<'_>) -> Option<PersonNo> {
        None
    }

    fn keep(row: CareProceedingRead<'_>, _: &mut Given<'_>) -> records::CareProceeding {
        records::CareProceeding { id: row.case_id, issued: row.issue_date, concluded: row.concluded_date }
    }
}

impl Keep for FinalOrderApplication {
    type Record = records::FinalOrderApplication;
    type Keeping = Listed;
    const IS_NAMED: bool = true;

    fn owner(row: &FinalOrderApplicationRead<'_>) -> Option<PersonNo> {
        row.person_id
    }

    fn keep(row: FinalOrderApplicationRead<'_>, given: &mut Given<'_>) -> records::FinalOrderApplication {
        records::FinalOrderApplication {
            id: row.application_id,
            case: row.case_id,
            filed: row.filed_date,
            decided: row.decided_date,
            sought: row.order_sought.map(|order| given.order(&fold(&order))),
            made: row.order_made.map(|order| match fold(&order).as_str() {
                "withdrawn" => OrderMade::Withdrawn,
                order => OrderMade::Order(given.order(order)),
            }),
        }
    }
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::time::Day;
    use crate::value::index::{IdNo, OrderNo};
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct CareProceeding {
        pub(crate) id: IdNo,
        pub(crate) issued: Day,
        pub(crate) concluded: Option<Day>,
    }

    /// A court case that a child is in.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct InProceedings {
        pub(crate) issued: Day,
        pub(crate) concluded: Option<Day>,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum OrderMade {
        Withdrawn,
        Order(OrderNo),
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct FinalOrderApplication {
        pub(crate) id: IdNo,
        pub(crate) case: Option<IdNo>,
        pub(crate) filed: Option<Day>,
        pub(crate) decided: Option<Day>,
        pub(crate) sought: Option<OrderNo>,
        pub(crate) made: Option<OrderMade>,
    }
}
