//! What the commands that judge plans have in common: which policies, with which parameters, at which date.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use clap::builder::ValueParser;
use jiff::civil::Date;

use super::config::Config;
use super::input::Place;
use super::limits::LimitArgs;
use super::policies::{Selection, Settings};
use super::timings::Step;
use super::{source, talk, values};
use crate::engine::{Engine, Limits};
use crate::judge::Judge;
use crate::model::{Map, Needs};
use crate::pack::Pack;
use crate::plan::{self, Plan};
use crate::source::Source;

/// Which policies judge, and by what.
#[derive(Args, Clone, Debug)]
pub(super) struct Judging {
    /// Which policies are used.
    #[command(flatten)]
    pub(super) selection: Selection,

    /// What their parameters are set to.
    #[command(flatten)]
    pub(super) settings: Settings,

    /// What the user's policies may take.
    #[command(flatten)]
    pub(super) limits: LimitArgs,

    /// The folder of configuration that the plan was made from [default: the plan's folder or this one, if it is]
    #[arg(long, value_name = "DIR")]
    pub(super) source: Option<PathBuf>,

    /// The date to judge by, for deprecations and expiries [default: today]
    #[arg(long, value_name = "DATE", value_parser = ValueParser::new(values::date))]
    as_of: Option<Date>,
}

impl Judging {
    /// Takes from the configuration file what the arguments do not say.
    pub(super) fn configure(&mut self, config: &Config) {
        self.selection.configure(config);
        if let (None, Some(source)) = (&self.source, &config.file.source) {
            self.source = Some(config.path(&source.value));
        }
    }

    /// A judge with these policies.
    ///
    /// # Errors
    ///
    /// Where a parameter is wrong, or a policy does not compile.
    pub(super) fn judge<'p>(&self, pack: &'p Pack) -> anyhow::Result<Judge<'p>> {
        Ok(Judge {
            engine: Engine::new(pack, self.engine_limits()?)?,
            params: pack.params(&self.settings_for(pack)?)?,
            as_of: self.date().to_string(),
            pack,
        })
    }

    /// What the user's policies may take.
    ///
    /// # Errors
    ///
    /// Where they cannot be held to it.
    pub(super) fn engine_limits(&self) -> anyhow::Result<Limits> {
        self.limits.limits()
    }

    /// The date to judge by.
    pub(super) fn date(&self) -> Date {
        self.as_of.unwrap_or_else(|| jiff::Zoned::now().date())
    }
}

impl Judging {
    /// The parameters that the configuration file and the arguments set of the policies of a pack. Those that the
    /// arguments set of another policy are said to change nothing.
    fn settings_for(&self, pack: &Pack) -> anyhow::Result<BTreeMap<String, Map>> {
        let mut settings = self.settings.by_policy();
        let configured = self.selection.params(pack);
        if settings.keys().any(|policy| pack.policy(policy).is_none()) {
            self.selection.all()?.params(&settings)?;
            settings.retain(|policy, _| {
                let is_used = pack.policy(policy).is_some();
                if !is_used {
                    talk::warning(&format!(
                        "--param {policy}: the policy is not among those that are used"
                    ));
                }
                is_used
            });
        }
        for (policy, values) in configured {
            let set = settings.entry(policy).or_default();
            // What the arguments say counts.
            *set = values.into_iter().chain(std::mem::take(set)).collect();
        }
        Ok(settings)
    }
}

/// A plan that was read, with what goes with it.
pub(super) struct Read<'t> {
    pub(super) plan: Plan<'t>,
    /// The configuration that it was made from, where that is at hand.
    pub(super) source: Option<Source>,
    /// What there is of it, where it was not read whole.
    pub(super) needs: Option<Needs>,
    /// What is worth knowing about how it was read.
    pub(super) notes: Vec<String>,
}

impl Judging {
    /// Reads the plan of a place, as far as the model of it goes, and hands it on.
    ///
    /// # Errors
    ///
    /// As [`Judging::read_for`].
    pub(super) fn read<T>(&self, place: &Place, then: impl FnOnce(&Read) -> anyhow::Result<T>) -> anyhow::Result<T> {
        self.read_for(place, Needs::all, |_| {}, |read| then(&read))
    }

    /// As [`Judging::read`], as far as policies that see no more than `needs` can tell. `at` is told each step of it.
    ///
    /// # Errors
    ///
    /// Where it is no plan that can be read, or not made from the folder that `--source` names.
    pub(super) fn read_for<T>(
        &self,
        place: &Place,
        needs: impl FnOnce() -> Needs,
        at: impl Fn(Step),
        then: impl FnOnce(Read) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        at(Step::Read);
        // The configuration evaluates what no policy reads, too.
        let is_configured = || self.source.is_some() || source::is_near(place.folder());
        let needs = || if is_configured() { Needs::all() } else { needs() };
        if let Some((mut sifted, needs)) = place.sifted(needs) {
            at(Step::Parse);
            if let Some(plan) = sifted.plan() {
                at(Step::Source);
                let read = self.with_source(place, plan, Vec::new())?;
                return then(Read {
                    needs: Some(needs),
                    ..read
                });
            }
        }
        self.read_whole(place, at, |read, _| then(read))
    }

    /// As [`Judging::read`]; the text that the plan was read from is handed on with it.
    ///
    /// # Errors
    ///
    /// As [`Judging::read_for`].
    pub(super) fn read_whole<T>(
        &self,
        place: &Place,
        at: impl Fn(Step),
        then: impl FnOnce(Read, &str) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        at(Step::Read);
        let bytes = place.read()?;
        at(Step::Decode);
        let decoded = plan::decode(bytes)?;
        at(Step::Parse);
        let plan = plan::parse(&decoded.text)?;
        at(Step::Source);
        then(self.with_source(place, plan, decoded.notes)?, &decoded.text)
    }

    fn with_source<'t>(&self, place: &Place, plan: Plan<'t>, mut notes: Vec<String>) -> anyhow::Result<Read<'t>> {
        notes.extend(plan.notes.iter().cloned());
        let source = match &self.source {
            Some(folder) => Some(source::given(folder, &plan)?),
            None => source::found(place.folder(), &plan, &mut notes),
        };
        Ok(Read {
            plan,
            source,
            needs: None,
            notes,
        })
    }
}
