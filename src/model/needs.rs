//! What is asked of a model.

use std::collections::HashSet;

use crate::plan::Kept;

/// What of a model somebody sees: the types of resources, and the parts of each.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    all: bool,
    kinds: HashSet<Box<str>>,
    /// Those of the types of which all values are seen.
    whole: HashSet<Box<str>>,
    /// The names of the values that are seen of the others.
    values: HashSet<Box<str>>,
    /// A bit for each of the parts.
    parts: u32,
}

macro_rules! parts {
    ($($part:ident $name:literal),* $(,)?) => {
        /// A member of [`Resource`](super::Resource), or of the model as a whole, that not everybody sees.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is the member of that name")]
        pub enum Part {
            $($part),*
        }

        impl Part {
            /// All of them.
            pub const ALL: &[Part] = &[$(Part::$part),*];

            /// The member's name.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Part::$part => $name),*
                }
            }

            /// The part of that name.
            pub(crate) fn of(name: &str) -> Option<Part> {
                match name {
                    $($name => Some(Part::$part),)*
                    _ => None,
                }
            }
        }
    };
}

parts! {
    Actions "actions",
    Before "before",
    Config "config",
    Drifted "drifted",
    Imported "imported",
    Index "index",
    Mode "mode",
    Module "module",
    Name "name",
    PreviousAddress "previous_address",
    Provider "provider",
    ProviderConfig "provider_config",
    Reason "reason",
    References "references",
    Referrers "referrers",
    ReplacePaths "replace_paths",
    Replaces "replaces",
    Source "source",
    Unresolved "unresolved",
}

// Needs have a bit for each.
const _: () = assert!(Part::ALL.len() <= u32::BITS as usize);

impl Needs {
    /// All that there is.
    pub fn all() -> Self {
        Needs {
            all: true,
            parts: u32::MAX,
            ..Needs::default()
        }
    }

    /// Whether all types are seen, with all their values.
    pub(crate) fn has_all(&self) -> bool {
        self.all
    }

    /// Whether resources and data sources of this type are seen.
    pub fn has(&self, kind: &str) -> bool {
        self.all || self.kinds.contains(kind)
    }

    /// Whether all values of resources of this type may be seen, and not only those of which [`Needs::has_value`] holds.
    pub fn is_whole(&self, kind: &str) -> bool {
        self.all || self.whole.contains(kind)
    }

    /// Whether values of this name are seen.
    pub fn has_value(&self, name: &str) -> bool {
        self.values.contains(name)
    }

    /// Whether what resources refer to is seen.
    pub(crate) fn has_links(&self) -> bool {
        [Part::References, Part::Referrers, Part::Unresolved]
            .into_iter()
            .any(|part| self.has_part(part))
    }

    /// What has to be kept of a plan's values, by the type of their resource; none where all has to be, since what
    /// resources refer to is seen, or all types are.
    pub fn kept<'n>(&'n self) -> Option<impl Fn(&str) -> Kept<'n> + Sync> {
        (!self.all && !self.has_links()).then_some(move |kind: &str| match self.has(kind) {
            false => Kept::Nothing,
            true if self.is_whole(kind) || self.has_part(Part::Before) => Kept::All,
            true => Kept::Named(&self.values),
        })
    }

    /// Whether this part is seen.
    pub fn has_part(&self, part: Part) -> bool {
        self.parts & (1 << part as u32) != 0
    }

    /// Adds types, of which some values may be all that is seen.
    pub fn add<'k>(&mut self, kinds: impl Iterator<Item = &'k str>) {
        self.kinds.extend(kinds.map(Box::from));
    }

    /// Adds types with all their values.
    pub fn add_whole<'k>(&mut self, kinds: impl Iterator<Item = &'k str>) {
        for kind in kinds {
            self.kinds.insert(kind.into());
            self.whole.insert(kind.into());
        }
    }

    /// Adds names of values.
    pub fn add_values<'k>(&mut self, names: impl Iterator<Item = &'k str>) {
        self.values.extend(names.map(Box::from));
        if self.values.contains("tags_all") {
            // They tell which of them are a resource's own, and no default tags, which may be secret.
            self.values.insert("tags".into());
        }
    }

    /// Adds all types, with all their values.
    pub fn add_all(&mut self) {
        self.all = true;
    }

    /// Adds parts.
    pub fn add_parts(&mut self, parts: impl Iterator<Item = Part>) {
        for part in parts {
            self.parts |= 1 << part as u32;
        }
    }

    /// Adds what another needs.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.all |= other.all;
        self.kinds.extend(other.kinds.iter().cloned());
        self.whole.extend(other.whole.iter().cloned());
        self.values.extend(other.values.iter().cloned());
        self.parts |= other.parts;
        self
    }
}
