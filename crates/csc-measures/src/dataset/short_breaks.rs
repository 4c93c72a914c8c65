//! Short breaks (legal statuses V3 and V4) that lie beside other statuses.
//!
//! Systems that fill the Standard Safeguarding Dataset leave a short break open when the child comes into care for
//! longer. Of the statuses open on a day the one that started last is the child's, so a short break holds only
//! while no later status is open.

use super::store::TableRows;
use crate::tables::LegalStatus;
use crate::tables::records;
use crate::time::Day;
use crate::value::index::PersonNo;
use std::collections::HashMap;

/// Cuts out of short breaks the days on which a later status is open.
pub(super) fn cut(rows: &mut TableRows<LegalStatus>) {
    let mut later: HashMap<PersonNo, Vec<records::LegalStatus>> = HashMap::new();
    for (owner, status) in rows.owners.iter().zip(&rows.records) {
        if let Some(owner) = owner {
            later.entry(*owner).or_default().push(*status);
        }
    }
    let mut pieces = Vec::new();
    for (row, (owner, status)) in rows.owners.iter().zip(rows.records.iter_mut()).enumerate() {
        let Some(owner) = owner.filter(|_| status.is_respite()) else { continue };
        let others = later.get(&owner).map_or(&[][..], Vec::as_slice);
        let mut left = without(*status, others).into_iter();
        // A short break of which nothing is left holds on no day.
        *status = left.next().unwrap_or(records::LegalStatus { end: Some(status.start), ..*status });
        pieces.extend(left.map(|piece| (owner, rows.ids.get(row).copied(), piece)));
    }
    for (owner, id, piece) in pieces {
        rows.owners.push(Some(owner));
        // A piece is of the row that it was cut from.
        rows.ids.extend(id);
        rows.records.push(piece);
    }
}

/// What is left of a short break.
fn without(status: records::LegalStatus, others: &[records::LegalStatus]) -> Vec<records::LegalStatus> {
    let mut later: Vec<(Day, Day)> = others
        .iter()
        .filter(|other| other.start > status.start)
        .map(|other| (other.start, other.end.unwrap_or(Day::MAX)))
        .collect();
    later.sort_unstable();
    let end = status.end.unwrap_or(Day::MAX);
    let mut left = Vec::new();
    let mut start = status.start;
    for (from, to) in later.into_iter().filter(|(from, _)| *from < end) {
        if start < from {
            left.push(records::LegalStatus { start, end: Some(from), ..status });
        }
        start = start.max(to);
    }
    if start < end {
        left.push(records::LegalStatus { start, ..status });
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::records::LegalCode;

    fn status(code: LegalCode, start: i32, end: Option<i32>) -> records::LegalStatus {
        records::LegalStatus { start: Day(start), end: end.map(Day), code }
    }

    #[test]
    fn a_short_break_holds_while_no_later_status_is_open() {
        let left = |end: Option<i32>, others: &[(i32, Option<i32>)]| -> Vec<(i32, Option<i32>)> {
            let short_break = status(LegalCode::ShortBreak, 10, end);
            let others: Vec<_> = others.iter().map(|(a, b)| status(LegalCode::CareOrder, *a, *b)).collect();
            without(short_break, &others)
                .iter()
                .map(|left| (left.start.0, left.end.map(|end| end.0)))
                .collect()
        };
        // alone, and beside one that started before or with it
        assert_eq!(left(None, &[]), [(10, None)]);
        assert_eq!(left(Some(30), &[(5, None), (10, None)]), [(10, Some(30))]);
        // a care order that began later and is open still
        assert_eq!(left(None, &[(20, None)]), [(10, Some(20))]);
        // one that ended, and two that overlap
        assert_eq!(left(None, &[(20, Some(25))]), [(10, Some(20)), (25, None)]);
        assert_eq!(
            left(Some(40), &[(20, Some(30)), (25, Some(28)), (35, Some(50))]),
            [(10, Some(20)), (30, Some(35))]
        );
        // one that began after the short break ended
        assert_eq!(left(Some(15), &[(20, None)]), [(10, Some(15))]);
    }
}
