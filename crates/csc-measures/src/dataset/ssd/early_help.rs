//! Referrals that came from early help, by the code of their source.

use super::settling::Settling;
use crate::tables::Table;

pub(super) fn settle(settling: &mut Settling<'_>) {
    let Some(referrals) = settling.frame(Table::Referrals) else { return };
    let (source_code, referral_id) =
        (referrals.helper("cine_referral_source_code"), referrals.column("referral_id"));
    let of_early_help = referrals.read().filter_map(|row| {
        let source = referrals.id(source_code, row)?;
        is_early_help(&source).then(|| referrals.id(referral_id, row)).flatten()
    });
    let found: Vec<Box<str>> = of_early_help.collect();
    settling.from_early_help.extend(found);
}

/// Whether a source is 5D of the children in need census, by itself or before its name.
fn is_early_help(source: &str) -> bool {
    let rest = source.trim().strip_prefix(['5']).and_then(|rest| rest.strip_prefix(['D', 'd']));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', '-', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_early_help_by_its_code() {
        let found = ["5D", " 5d", "5D - Early help", "5D: LA services"].map(is_early_help);
        assert_eq!(found, [true; 4]);
        assert_eq!(["5C", "5", "5DX", "15D", "", "LA: early help"].map(is_early_help), [false; 6]);
    }
}
