//! Things in order, of which a change makes another tree that shares all but the way to what was changed.

use std::cmp::Ordering;
use std::sync::Arc;

/// What is kept by a key.
pub(super) trait Keyed: Clone {
    type Key: Ord + ?Sized;

    fn key(&self) -> &Self::Key;
}

/// A balanced tree (AVL) that is never changed. A change costs as many nodes as the tree is high, and old trees
/// stay as they are for those who read them.
#[derive(Clone, Debug)]
pub(super) struct Tree<T>(Option<Arc<Node<T>>>);

#[derive(Debug)]
struct Node<T> {
    item: T,
    height: u32,
    left: Tree<T>,
    right: Tree<T>,
}

impl<T> Default for Tree<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Tree<T> {
    fn height(&self) -> u32 {
        self.0.as_ref().map_or(0, |node| node.height)
    }

    /// Everything, in the order of the keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        let mut above: Vec<&Node<T>> = Vec::new();
        let mut next = self;
        std::iter::from_fn(move || {
            while let Some(node) = &next.0 {
                above.push(node);
                next = &node.left;
            }
            let node = above.pop()?;
            next = &node.right;
            Some(&node.item)
        })
    }
}

impl<T: Keyed> Tree<T> {
    /// What has a key.
    pub(super) fn get(&self, key: &T::Key) -> Option<&T> {
        let mut tree = self;
        while let Some(node) = &tree.0 {
            tree = match key.cmp(node.item.key()) {
                Ordering::Less => &node.left,
                Ordering::Greater => &node.right,
                Ordering::Equal => return Some(&node.item),
            };
        }
        None
    }

    /// The same with a thing, in place of the one that has its key.
    pub(super) fn with(&self, item: T) -> Self {
        let Some(node) = &self.0 else { return Self::node(item, Self::default(), Self::default()) };
        match item.key().cmp(node.item.key()) {
            Ordering::Equal => Self::node(item, node.left.clone(), node.right.clone()),
            Ordering::Less => Self::balanced(node.item.clone(), node.left.with(item), node.right.clone()),
            Ordering::Greater => Self::balanced(node.item.clone(), node.left.clone(), node.right.with(item)),
        }
    }

    /// The same without what has a key.
    pub(super) fn without(&self, key: &T::Key) -> Self {
        let Some(node) = &self.0 else { return Self::default() };
        match key.cmp(node.item.key()) {
            Ordering::Less => Self::balanced(node.item.clone(), node.left.without(key), node.right.clone()),
            Ordering::Greater => {
                Self::balanced(node.item.clone(), node.left.clone(), node.right.without(key))
            }
            Ordering::Equal => match node.right.first() {
                None => node.left.clone(),
                Some(first) => {
                    let right = node.right.without(first.key());
                    Self::balanced(first.clone(), node.left.clone(), right)
                }
            },
        }
    }

    fn first(&self) -> Option<&T> {
        self.iter().next()
    }

    fn node(item: T, left: Self, right: Self) -> Self {
        let height = left.height().max(right.height()) + 1;
        Self(Some(Arc::new(Node { item, height, left, right })))
    }

    /// A node of two trees of which one may be higher than the other by two.
    fn balanced(item: T, left: Self, right: Self) -> Self {
        if let Some(high) = left.0.as_ref().filter(|left| left.height > right.height() + 1) {
            if high.left.height() >= high.right.height() {
                let right = Self::node(item, high.right.clone(), right);
                return Self::node(high.item.clone(), high.left.clone(), right);
            }
            if let Some(middle) = &high.right.0 {
                let left = Self::node(high.item.clone(), high.left.clone(), middle.left.clone());
                let right = Self::node(item, middle.right.clone(), right);
                return Self::node(middle.item.clone(), left, right);
            }
        }
        if let Some(high) = right.0.as_ref().filter(|right| right.height > left.height() + 1) {
            if high.right.height() >= high.left.height() {
                let left = Self::node(item, left, high.left.clone());
                return Self::node(high.item.clone(), left, high.right.clone());
            }
            if let Some(middle) = &high.left.0 {
                let left = Self::node(item, left, middle.left.clone());
                let right = Self::node(high.item.clone(), middle.right.clone(), high.right.clone());
                return Self::node(middle.item.clone(), left, right);
            }
        }
        Self::node(item, left, right)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    impl Keyed for (u32, u32) {
        type Key = u32;

        fn key(&self) -> &u32 {
            &self.0
        }
    }

    /// The height, if the tree is in balance everywhere.
    fn height(tree: &Tree<(u32, u32)>) -> u32 {
        let Some(node) = &tree.0 else { return 0 };
        let (left, right) = (height(&node.left), height(&node.right));
        assert!(left.abs_diff(right) <= 1);
        assert_eq!(node.height, left.max(right) + 1);
        node.height
    }

    #[test]
    fn a_tree_holds_what_a_map_holds_and_old_ones_stay() {
        let (mut tree, mut map, mut seed) = (Tree::default(), BTreeMap::new(), 7_u32);
        let mut kept = Vec::new();
        for step in 0..5_000 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let key = (seed >> 8) % 300;
            if seed % 3 == 0 {
                tree = tree.without(&key);
                map.remove(&key);
            } else {
                tree = tree.with((key, step));
                map.insert(key, step);
            }
            if step % 500 == 0 {
                kept.push((tree.clone(), map.clone()));
            }
        }
        kept.push((tree, map));
        for (tree, map) in kept {
            assert!(tree.iter().copied().eq(map.iter().map(|(key, value)| (*key, *value))));
            assert!((0..300).all(|key| tree.get(&key).map(|(_, value)| value) == map.get(&key)));
            height(&tree);
        }
    }

    #[test]
    fn keys_that_come_in_order_make_no_list() {
        let mut tree = Tree::default();
        for key in 0..1_000 {
            tree = tree.with((key, 0));
        }
        assert_eq!(height(&tree), 10);
    }
}
