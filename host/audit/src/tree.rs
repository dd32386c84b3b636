//! The Merkle tree over the lines of a log, as far as one needs it to add to it.

use sha2::{Digest, Sha256};

use ssbtx_core::Sha256Digest;

/// A Merkle tree of which the right edge alone is kept: enough to add lines and to know the root, in some 30 hashes however long the log is.
///
/// # Shape
///
/// A leaf is a line without its line feed: SHA-256 over a zero byte and the line. A node is SHA-256 over a one byte and its two children.
///
/// # Source
///
/// RFC 9162, section 2.1.1; RFC 6962 has the same tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tree {
    size: u64,
    /// The roots of the full subtrees, the largest first: one for every bit that is set in the size.
    edge: Vec<Sha256Digest>,
}

impl Tree {
    /// The tree of no line.
    pub(crate) const EMPTY: Self = Self { size: 0, edge: Vec::new() };

    /// Takes what [`Tree::edge`] gave; `None` where it is no tree of this size. Whether it is the right one, its root must show.
    pub(crate) fn of_edge(size: u64, edge: Vec<Sha256Digest>) -> Option<Self> {
        (usize::try_from(size.count_ones()) == Ok(edge.len())).then_some(Self { size, edge })
    }

    /// How many lines it has.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its full subtrees.
    pub(crate) fn edge(&self) -> &[Sha256Digest] {
        &self.edge
    }

    /// Tells the roots of its full subtrees, with their numbers.
    pub(crate) fn tell_edge(&self, mut tell: impl FnMut(u64, Sha256Digest)) {
        let mut begins = 0;
        // The largest subtree stands first, and is of the highest bit.
        let mut rest = self.size;
        for hash in &self.edge {
            let Some(bit) = rest.checked_ilog2() else { break };
            let span = 1 << bit;
            tell(2 * begins + span - 1, *hash);
            begins += span;
            rest -= span;
        }
    }

    /// Adds a line; its line feed does not count.
    pub(crate) fn add(&mut self, line: &[u8]) {
        self.add_and_tell(line, |_, _| {});
    }

    /// Adds a line and tells every node that is full with it: its number and its hash.
    pub(crate) fn add_and_tell(&mut self, line: &[u8], mut tell: impl FnMut(u64, Sha256Digest)) {
        let mut node = leaf(line.strip_suffix(b"\n").unwrap_or(line));
        let mut number = 2 * self.size;
        tell(number, node);
        let mut span = 1;
        while self.size & span != 0 {
            let Some(left) = self.edge.pop() else { break };
            node = parent(&left, &node);
            number -= span;
            tell(number, node);
            span *= 2;
        }
        self.edge.push(node);
        self.size += 1;
    }

    /// The hash that stands for all lines in their order.
    pub(crate) fn root(&self) -> Sha256Digest {
        self.root_and_tell(|_, _| {})
    }

    /// The root, and on the way to it every node that is not full: its number and its hash.
    pub(crate) fn root_and_tell(&self, mut tell: impl FnMut(u64, Sha256Digest)) -> Sha256Digest {
        let mut edge = self.edge.iter().rev();
        let Some(mut root) = edge.next().copied() else {
            return Sha256Digest::of(b"");
        };
        // The lines before what the root covers so far, and the bits of the subtrees that are left.
        let mut begins = self.size & (self.size - 1);
        for left in edge {
            root = parent(left, &root);
            begins &= begins - 1;
            tell(2 * begins + top(self.size - begins), root);
        }
        root
    }
}

/// The number of the root of a tree with so many leaves, at least one: nodes are numbered from left to right, leaves at the even numbers.
///
/// # Source
///
/// RFC 9420, appendix C.
fn top(leaves: u64) -> u64 {
    leaves.next_power_of_two() - 1
}

fn leaf(line: &[u8]) -> Sha256Digest {
    Sha256Digest::from_bytes(Sha256::new().chain_update([LEAF]).chain_update(line).finalize().into())
}

fn parent(left: &Sha256Digest, right: &Sha256Digest) -> Sha256Digest {
    let hash = Sha256::new().chain_update([NODE]).chain_update(left.as_bytes()).chain_update(right.as_bytes());
    Sha256Digest::from_bytes(hash.finalize().into())
}

const LEAF: u8 = 0;
const NODE: u8 = 1;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use ct_merkle::{indices_for_consistency_proof, indices_for_inclusion_proof};

    use super::*;

    #[test]
    fn every_root_and_every_node_is_that_of_the_published_tree() {
        let mut kept = MemoryBackedTree::<Sha256, String>::new();
        let mut tree = Tree::EMPTY;
        let mut nodes = BTreeMap::new();
        assert_eq!(tree.root().to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for number in 0..130_u64 {
            kept.push(number.to_string());
            tree.add_and_tell(format!("{number}\n").as_bytes(), |number, hash| {
                nodes.insert(number, hash);
            });
            let mut all = nodes.clone();
            let root = tree.root_and_tell(|number, hash| {
                all.insert(number, hash);
            });
            assert_eq!(root.as_bytes().as_slice(), kept.root().as_bytes().as_slice());
            let size = number + 1;
            let path = |wanted: Vec<u64>| -> Vec<u8> { wanted.iter().flat_map(|it| *all[it].as_bytes()).collect() };
            for at in 0..size {
                let expected = kept.prove_inclusion(usize::try_from(at).unwrap());
                assert_eq!(path(indices_for_inclusion_proof(size, at)), expected.as_bytes());
                let expected = kept.prove_consistency(usize::try_from(at).unwrap());
                assert_eq!(path(indices_for_consistency_proof(size - at, at)), expected.as_bytes());
            }
        }
    }

    #[test]
    fn a_tree_goes_on_from_its_edge() {
        let mut tree = Tree::EMPTY;
        let mut nodes = BTreeMap::new();
        for number in 0..20_u8 {
            let again = Tree::of_edge(tree.size(), tree.edge().to_vec()).unwrap();
            assert_eq!(again, tree);
            let mut told = Vec::new();
            tree.tell_edge(|node, hash| told.push((nodes.get(&node).copied(), Some(hash))));
            assert!(told.len() == tree.edge().len() && told.iter().all(|(known, hash)| known == hash));
            assert_eq!(Tree::of_edge(tree.size() + 1, vec![Sha256Digest::of(b""); 7]), None);
            tree.add_and_tell(&[number], |node, hash| {
                nodes.insert(node, hash);
            });
        }
    }
}
