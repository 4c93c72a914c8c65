//! Digests: texts that parts compare without showing them, although anybody with a list of texts can look one up.

/// The digest of a text, the same in every program and for ever: parts of different machines are compared.
///
/// 64 bits of FNV-1a, mixed at the end. That two ids of an authority share one is less likely than one in
/// ten million, and would at worst take back one issue or refuse a merge.
pub(crate) fn digest(text: &str) -> u64 {
    let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn digests_are_the_same_for_ever() {
        // Parts written by one edition are read by the next.
        assert_eq!(digest(""), 0xF52A_15E9_A9B5_E89B);
        assert_eq!(digest("P1"), 0xA4BB_581A_8DA4_3815);
    }

    #[test]
    fn ids_that_are_alike_have_different_digests() {
        let digests: BTreeSet<u64> = (0..200_000).map(|number| digest(&format!("P{number:06}"))).collect();
        assert_eq!(digests.len(), 200_000);
    }
}
