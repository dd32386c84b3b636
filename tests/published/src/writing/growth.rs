//! What is in a document.

use super::dice::Dice;
use super::lexical;
use crate::document_type::Format;
use crate::model::{Kind, Node, Occurs, Particle};
use crate::overrides::{Overrides, Presence};

/// What decides what is in a document.
pub(super) struct Growth<'a> {
    pub(super) format: Format,
    pub(super) overrides: &'a Overrides,
    pub(super) extent: Extent,
    /// The path of something that is there for certain; empty for nothing.
    pub(super) sought: &'a str,
    /// How often something is unusual, in per cent.
    pub(super) oddness: u8,
}

/// How much is in a document.
#[derive(Clone, Copy)]
pub(super) enum Extent {
    /// What is required, and at most this many elements besides.
    AtMost(usize),
    /// Everything, once.
    Complete,
}

/// One element, attribute, member or item of a document.
#[derive(Debug)]
pub(super) struct Grown<'n> {
    pub(super) node: &'n Node,
    pub(super) content: Content<'n>,
    /// What decides how it is spelled.
    pub(super) dice: Dice,
}

/// What it holds.
#[derive(Debug)]
pub(super) enum Content<'n> {
    Value(String),
    Members(Vec<Grown<'n>>),
    /// Nothing, and it says so: `xsi:nil`.
    Nil,
}

impl Growth<'_> {
    pub(super) fn document<'n>(&self, root: &'n Node, dice: Dice) -> Grown<'n> {
        let mut allowance = match self.extent {
            Extent::AtMost(elements) => elements,
            Extent::Complete => 0,
        };
        self.grown(root, dice, &mut allowance)
    }

    /// What this is in a document; what it does not need of its allowance is left of it.
    fn grown<'n>(&self, node: &'n Node, dice: Dice, allowance: &mut usize) -> Grown<'n> {
        let mut choices = dice.of(0);
        let fixed = self.overrides.value(&node.path);
        let content = match &node.value {
            _ if fixed.is_none() && node.nillable && choices.chance(self.oddness / 4) => Content::Nil,
            None => Content::Members(self.members(node, choices, allowance)),
            Some(value) => Content::Value(
                fixed.map_or_else(|| lexical::form(value, self.format, &mut choices, self.oddness), str::to_owned),
            ),
        };
        Grown { node, content, dice: dice.of(1) }
    }

    fn members<'n>(&self, node: &'n Node, mut dice: Dice, allowance: &mut usize) -> Vec<Grown<'n>> {
        let densities: &[u8] = if node.kind == Kind::List { &[IN_LISTS] } else { &DENSITIES };
        let density = *dice.pick(densities);
        let mut choice = Choice { growth: self, density, left: *allowance, chosen: Vec::new() };
        choice.add(&node.members, dice.of(0));
        let Choice { mut left, chosen, .. } = choice;
        let mut all_weights: usize = chosen.iter().map(|(child, dice)| weight(child, *dice)).sum();
        let mut members: Vec<Grown<'n>> = Vec::with_capacity(chosen.len());
        for (child, dice) in chosen {
            let weight = weight(child, dice);
            let mut share = left * weight / all_weights.max(1);
            left -= share;
            let member = self.grown(child, dice, &mut share);
            left += share;
            all_weights -= weight;
            if !node.distinct || members.iter().all(|other| !is_same(other, &member)) {
                members.push(member);
            }
        }
        *allowance = left;
        members
    }

    /// Whether something is there for certain, or never.
    fn presence(&self, path: &str) -> Presence {
        let is_on_the_way = self.sought.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        match self.overrides.presence(path) {
            Presence::Any if is_on_the_way => Presence::Always,
            presence => presence,
        }
    }
}

/// How much of what is allowed something gets: what can hold more gets more, and some get much, so that a document is deep somewhere.
fn weight(node: &Node, dice: Dice) -> usize {
    size(&node.members) * *dice.of(2).pick(&[1, 2, 8])
}

fn size(particles: &[Particle]) -> usize {
    let sizes = particles.iter().map(|particle| match particle {
        Particle::One(node, _) => 1 + size(&node.members),
        Particle::Sequence(particles, _) => size(particles),
        Particle::Any => 0,
    });
    sizes.sum()
}

/// The choice of what is in one object or list.
struct Choice<'g, 'o, 'n> {
    growth: &'g Growth<'o>,
    /// How many of a hundred optional ones are there.
    density: u8,
    /// How many more may be chosen that are not required.
    left: usize,
    chosen: Vec<(&'n Node, Dice)>,
}

impl<'n> Choice<'_, '_, 'n> {
    fn add(&mut self, particles: &'n [Particle], dice: Dice) {
        for (place, particle) in particles.iter().enumerate() {
            let dice = dice.of(place);
            match particle {
                Particle::One(node, occurs) => {
                    let times = self.times(*occurs, self.growth.presence(&node.path), dice.of(0));
                    self.chosen.extend((1..=times).map(|time| (node.as_ref(), dice.of(time))));
                }
                Particle::Sequence(particles, occurs) => {
                    let presence = if self.holds_what_is_always(particles) { Presence::Always } else { Presence::Any };
                    for time in 1..=self.times(*occurs, presence, dice.of(0)) {
                        self.add(particles, dice.of(time));
                    }
                }
                Particle::Any => {}
            }
        }
    }

    fn times(&mut self, occurs: Occurs, presence: Presence, mut dice: Dice) -> usize {
        let wanted = match (presence, self.growth.extent) {
            (Presence::Never, _) => 0,
            (_, Extent::Complete) | (Presence::Always, _) => 1,
            (Presence::Any, Extent::AtMost(_)) => usize::from(dice.chance(self.density)),
        };
        let is_asked_for = presence == Presence::Always || matches!(self.growth.extent, Extent::Complete);
        let optional = wanted.saturating_sub(occurs.min).min(if is_asked_for { 1 } else { self.left });
        let mut times = occurs.min + optional;
        self.left = self.left.saturating_sub(optional);
        let most = occurs.max.unwrap_or(MOST_TIMES).min(MOST_TIMES);
        while times > 0 && times < most && self.left > 0 && dice.chance(REPETITION) {
            times += 1;
            self.left -= 1;
        }
        times
    }

    fn holds_what_is_always(&self, particles: &[Particle]) -> bool {
        particles.iter().any(|particle| match particle {
            Particle::One(node, _) => self.growth.presence(&node.path) == Presence::Always,
            Particle::Sequence(particles, _) => self.holds_what_is_always(particles),
            Particle::Any => false,
        })
    }
}

fn is_same(one: &Grown<'_>, other: &Grown<'_>) -> bool {
    match (&one.content, &other.content) {
        (Content::Value(one), Content::Value(other)) => one == other,
        (Content::Members(one), Content::Members(other)) => {
            let pairs = one.iter().zip(other);
            one.len() == other.len()
                && pairs.into_iter().all(|(one, other)| one.node.path == other.node.path && is_same(one, other))
        }
        (Content::Nil, Content::Nil) => true,
        (Content::Value(_) | Content::Members(_) | Content::Nil, _) => false,
    }
}

impl<'n> Grown<'n> {
    /// Its attributes, with their values.
    pub(super) fn attributes(&self) -> Vec<(&'n Node, &str, Dice)> {
        let Content::Members(members) = &self.content else { return Vec::new() };
        let attributes = members.iter().filter(|member| member.node.kind == Kind::Attribute);
        attributes
            .filter_map(|member| match &member.content {
                Content::Value(value) => Some((member.node, value.as_str(), member.dice)),
                Content::Members(_) | Content::Nil => None,
            })
            .collect()
    }
}

/// How many of a hundred optional ones an object holds: some hold few, some most.
const DENSITIES: [u8; 3] = [15, 60, 90];

/// How many of a hundred lists that may be empty are not.
const IN_LISTS: u8 = 80;

/// How many of a hundred that may occur once more do.
const REPETITION: u8 = 40;

/// How often one thing occurs at most, where a schema allows more: adapters and fronts treat the third as the second.
const MOST_TIMES: usize = 4;
