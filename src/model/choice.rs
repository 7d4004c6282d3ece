//! Which of several instances a reference means: by the key that it has, or by what stands in the brackets behind it.
//!
//! Terraform's JSON has no arithmetic: `aws_subnet.x[count.index]`, `aws_subnet.x[count.index + 1]` and
//! `element(aws_subnet.x[*].id, count.index)` are the same two references there. Where the resource has as many
//! instances as count, each is meant by one of them, and nearly always by that of the same number; where it has only
//! one, that is it. Otherwise any of them may be meant.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address::{Key, Step};
use super::known::key_of;
use super::reference::{Resolver, Scope};
use super::traversal::{Head, Traversal};

/// More candidates than this are named by their resource only, so that the work stays linear.
pub(super) const CANDIDATES: usize = 16;

/// So many instances may a list refer to.
const LISTED: usize = 256;

/// What picks one of several instances.
pub(super) struct Pick {
    /// The key, where the plan tells it.
    pub key: Option<Key>,
    /// How many instances count, where the key is the `count.index` of one.
    pub counted: Option<usize>,
    /// What the key comes from.
    pub cause: Arc<str>,
}

impl Pick {
    /// By a reference whose value is not asked for yet.
    fn by(reference: &Traversal, scope: Scope) -> Self {
        Pick {
            key: None,
            counted: (reference.head == Head::CountIndex).then_some(scope.instances),
            cause: reference.text.clone(),
        }
    }

    /// By a key that is taken from the list or map which an expression makes of the instances.
    pub(super) fn behind(key: &Key, counted: Option<usize>) -> Self {
        let cause = counted.map_or("an expression over several instances", |_| "count.index");
        Pick {
            key: Some(key.clone()),
            counted,
            cause: Arc::from(cause),
        }
    }
}

/// What is chosen of the instances of a resource or module.
#[derive(Debug, PartialEq)]
pub(super) enum Choice<T> {
    /// These, each with the cause why it may be another, if it may.
    Of(Vec<(T, Option<Arc<str>>)>),
    /// It has none, or none of that key.
    Absent,
    /// Too many may be meant to name them.
    TooMany,
}

/// The instances of a resource or module by key; `None` is the only one's where it has neither `count` nor `for_each`.
pub(super) trait ByKey<T> {
    /// The instance of this key.
    fn of(&self, key: &Option<Key>) -> Option<T>;
    /// All of them, sorted by key.
    fn all(&self) -> impl ExactSizeIterator<Item = T>;
}

impl<T: Copy> ByKey<T> for BTreeMap<Option<Key>, T> {
    fn of(&self, key: &Option<Key>) -> Option<T> {
        self.get(key).copied()
    }

    fn all(&self) -> impl ExactSizeIterator<Item = T> {
        self.values().copied()
    }
}

/// Chooses among instances by key: by the `key` that the reference has, else by what `pick`s. Where nothing does, a
/// `list` means all of them.
pub(super) fn choose<T: Copy>(
    members: &impl ByKey<T>,
    key: Option<&Key>,
    pick: Option<&Pick>,
    list: bool,
) -> Choice<T> {
    let certain = |member: T| Choice::Of(vec![(member, None)]);
    let all = |cause: Option<&Arc<str>>| Choice::Of(members.all().map(|member| (member, cause.cloned())).collect());
    if let Some(only) = members.of(&None) {
        return certain(only);
    }
    let count = members.all().len();
    if key.is_some() || count == 0 {
        return key.and_then(|key| find(members, key)).map_or(Choice::Absent, certain);
    }
    let one = count == 1;
    match pick {
        None if one || list && count <= LISTED => return all(None),
        Some(pick) if one && (pick.key.is_none() || pick.counted.is_some()) => return all(None),
        Some(pick) if pick.counted.is_none_or(|counted| counted == count) => {
            if let Some(member) = pick.key.as_ref().and_then(|key| find(members, key)) {
                return certain(member);
            }
        }
        _ => {}
    }
    if count > CANDIDATES {
        return Choice::TooMany;
    }
    let cause = pick.map(|pick| pick.cause.clone());
    all(Some(
        &cause.unwrap_or_else(|| Arc::from("an expression over several instances")),
    ))
}

/// The instance of a key. Terraform turns numbers into text and back, so `"0"` may be the key of a `count`.
fn find<T>(members: &impl ByKey<T>, key: &Key) -> Option<T> {
    members.of(&Some(key.clone())).or_else(|| match key {
        Key::Text(text) => members.of(&Some(Key::Number(text.parse().ok()?))),
        Key::Number(number) => members.of(&Some(Key::Text(Arc::from(number.to_string())))),
    })
}

impl<'m, 'p> Resolver<'m, 'p> {
    /// The references that stand in the brackets behind another, where Terraform cut it off: it then
    /// has no attribute, and they come right after it.
    pub(super) fn selectors<'t>(
        &self,
        cut: &Traversal,
        after: &'t [Traversal],
        scope: Scope<'m, 'p>,
    ) -> &'t [Traversal] {
        if !matches!(cut.head, Head::Resource(..) | Head::Module(_)) || !cut.steps.is_empty() {
            return &[];
        }
        let selects = |other: &&Traversal| match &other.head {
            Head::EachKey | Head::EachValue | Head::CountIndex | Head::Local(_) => true,
            // A variable that holds a list or a map is no key: it stands beside, as in concat().
            Head::Variable(_) => self.known(other, scope).is_none_or(|value| key_of(value).is_some()),
            _ => false,
        };
        if after
            .first()
            .is_some_and(|first| self.looked_up(first, &after[1..], scope).is_some())
        {
            return &after[..2];
        }
        &after[..after.iter().take_while(selects).count()]
    }

    /// What the references in the brackets pick.
    pub(super) fn pick(&self, selectors: &[Traversal], scope: Scope<'m, 'p>) -> Option<Pick> {
        let (first, after) = selectors.split_first()?;
        let key = self.looked_up(first, after, scope).or_else(|| {
            let key = key_of(self.known(first, scope)?)?;
            // A number that count.index stands beside is added to it.
            let counts = |other: &Traversal| other.head == Head::CountIndex;
            let is_sum = matches!(key, Key::Number(_)) && !counts(first) && after.iter().any(counts);
            (!is_sum).then_some(key)
        });
        Some(Pick {
            key,
            ..Pick::by(first, scope)
        })
    }

    /// The key in the brackets behind a module's output or a variable, as in `module.net.subnet_ids[each.key]`: they
    /// are cut off there too. The key may as well stand beside, as in a template, so it only chooses among several.
    pub(super) fn key_behind(&self, cut: &Traversal, after: &[Traversal], scope: Scope<'m, 'p>) -> Option<Pick> {
        let leads_on = match cut.head {
            Head::Module(_) => cut.steps.last().is_some_and(|step| step.name().is_some()),
            Head::Variable(_) => true,
            _ => false,
        };
        let next = after.first().filter(|_| leads_on)?;
        match next.head {
            Head::EachKey | Head::EachValue | Head::CountIndex => Some(Pick {
                key: Some(key_of(self.known(next, scope)?)?),
                ..Pick::by(next, scope)
            }),
            _ => None,
        }
    }

    /// The key that a variable's list or map holds for another, as in `aws_subnet.x[var.zones[count.index]]`.
    fn looked_up(&self, variable: &Traversal, after: &[Traversal], scope: Scope<'m, 'p>) -> Option<Key> {
        matches!(variable.head, Head::Variable(_)).then_some(())?;
        let key = self.key_behind(variable, after, scope)?.key?;
        key_of(self.known(&variable.then(&[Step::Key(key)]), scope)?)
    }
}
