//! Sets of contexts, folded so that a sentence can say them.

use std::collections::{BTreeMap, BTreeSet};

use crate::space::{DIRECTIONS, Point};

/// A set of contexts that is said with one sentence: in each direction these positions, in any combination.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block(pub(crate) [BTreeSet<usize>; DIRECTIONS]);

impl Block {
    /// Folds a set of contexts into blocks that hold each of them once and nothing else, in as few as one of the orders of folding gives.
    pub fn fold(points: &BTreeSet<Point>) -> Vec<Self> {
        let mut fewest: Option<Vec<Self>> = None;
        for order in orders() {
            let blocks = fold_in(&order, points);
            if fewest.as_ref().is_none_or(|fewest| blocks.len() < fewest.len()) {
                fewest = Some(blocks);
            }
        }
        fewest.unwrap_or_default()
    }

    /// Every context of the block.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        let [relations, consents, protections, days] = &self.0;
        relations.iter().flat_map(move |&relation| {
            consents.iter().flat_map(move |&consent| {
                protections.iter().flat_map(move |&protection| {
                    days.iter().map(move |&day| Point([relation, consent, protection, day]))
                })
            })
        })
    }
}

/// Folds in one direction after the other: positions with the same rest are said together.
fn fold_in(order: &[usize], points: &BTreeSet<Point>) -> Vec<Block> {
    let Some((&direction, rest)) = order.split_first() else {
        // All directions are said, and what is left is the one way to say nothing more.
        return vec![Block(std::array::from_fn(|_| BTreeSet::new()))];
    };
    let mut by_position: BTreeMap<usize, BTreeSet<Point>> = BTreeMap::new();
    for point in points {
        let mut without = *point;
        if let Some(position) = without.0.get_mut(direction) {
            by_position.entry(std::mem::take(position)).or_default().insert(without);
        }
    }
    let mut by_rest: BTreeMap<BTreeSet<Point>, BTreeSet<usize>> = BTreeMap::new();
    for (position, without) in by_position {
        by_rest.entry(without).or_default().insert(position);
    }
    let mut blocks = Vec::new();
    for (without, positions) in by_rest {
        for mut block in fold_in(rest, &without) {
            if let Some(said) = block.0.get_mut(direction) {
                said.clone_from(&positions);
            }
            blocks.push(block);
        }
    }
    blocks.sort();
    blocks
}

/// Every order of the directions. The first that gives the fewest blocks is taken, so the result is the same every time.
fn orders() -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for _ in 0..DIRECTIONS {
        orders = orders
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                (0..DIRECTIONS)
                    .filter(|next| !order.contains(next))
                    .map(|next| [order.clone(), vec![next]].concat())
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    orders
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all() -> Vec<Point> {
        let mut points = Vec::new();
        for relation in 0..3 {
            for consent in 0..2 {
                for protection in 0..2 {
                    points.extend((0..4).map(|day| Point([relation, consent, protection, day])));
                }
            }
        }
        points
    }

    proptest! {
        #[test]
        fn folding_loses_no_context_and_says_none_twice(points in prop::sample::subsequence(all(), 0..=48)) {
            let folded = Block::fold(&points.iter().copied().collect());
            let mut unfolded: Vec<Point> = folded.iter().flat_map(Block::points).collect();
            unfolded.sort();
            prop_assert_eq!(unfolded, points);
        }
    }

    #[test]
    fn every_context_is_one_block() {
        assert_eq!(Block::fold(&all().into_iter().collect()).len(), 1);
    }

    #[test]
    fn one_condition_is_one_block() {
        let protected = all().into_iter().filter(|point| point.0[2] == 1).collect();
        let later = all().into_iter().filter(|point| point.day() >= 2).collect();
        assert_eq!(Block::fold(&protected).len(), 1);
        assert_eq!(Block::fold(&later).len(), 1);
    }

    #[test]
    fn nothing_is_no_block() {
        assert_eq!(Block::fold(&BTreeSet::new()), []);
    }
}
