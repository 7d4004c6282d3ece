//! `plangate bundle`: builds bundles of policies, checks them, locks and fetches them.

mod cache;
mod fetch;
mod sources;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::{output, policies, talk};
use crate::author;
use crate::engine::{Engine, Limits};
use crate::pack::Pack;
use crate::pack::bundle::{self, Digest, Locked, Reference, SigningKey};
use crate::report::{Exit, text};
pub(super) use sources::Sources;
use sources::{Trust, Trusted};

const EXAMPLES: &str = "\
Examples:
  plangate bundle build our-policies -o policies.tar.gz --revision 1.2.0
  plangate bundle verify policies.tar.gz
  plangate bundle lock oci://registry.acme.test/policies:1.2.0
  plangate bundle fetch
  plangate check plan.json --bundle oci://registry.acme.test/policies:1.2.0";

/// What `plangate bundle` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Bundles {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// Build a bundle of the policies in a folder; the same folder gives the same bytes
    #[command(after_help = EXAMPLES)]
    Build(Build),
    /// Say what bundles hold, and whether they can be trusted
    #[command(after_help = EXAMPLES)]
    Verify(Named),
    /// Fetch bundles, and write what they are now into the lock file; without any, all that are locked
    #[command(after_help = EXAMPLES)]
    Lock(Named),
    /// Fetch bundles as they are locked or pinned, into the cache; without any, all that are locked
    #[command(after_help = EXAMPLES)]
    Fetch(Named),
}

#[derive(Args, Clone, Debug)]
struct Build {
    /// The folder of policies
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// The archive to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// What this state of the policies is called, in the bundle's manifest
    #[arg(long, value_name = "TEXT", default_value = "")]
    revision: String,

    /// Sign it by this key: a private key as PEM (PKCS#8), or a file with a secret
    #[arg(long, value_name = "FILE")]
    signing_key: Option<PathBuf>,

    /// What the signature calls the key
    #[arg(long, value_name = "ID", default_value = "default", requires = "signing_key")]
    key_id: String,
}

#[derive(Args, Clone, Debug)]
struct Named {
    /// The bundles: files, https://, oci:// or git+https://
    #[arg(value_name = "SOURCE")]
    sources: Vec<Reference>,

    #[command(flatten)]
    trust: Trust,
}

/// Runs it.
///
/// # Errors
///
/// Whatever is wrong with a bundle: nothing of it is kept then.
pub(super) fn run(bundles: &Bundles) -> anyhow::Result<Exit> {
    match &bundles.command {
        Command::Build(command) => build(command)?,
        Command::Verify(named) => verify(named)?,
        Command::Lock(named) => lock(named)?,
        Command::Fetch(named) => fetch(named)?,
    }
    Ok(Exit::Passed)
}

fn build(build: &Build) -> anyhow::Result<()> {
    // What does not load is not handed on.
    Engine::new(&policies::of_folder(&build.folder)?, Limits::default())?;
    let pack = Pack::from_dir(&build.folder)?;
    let faults = author::misleading(&pack);
    if !faults.is_empty() {
        let lines = faults
            .iter()
            .map(|fault| format!("{}:{}: {} [{}]", fault.path, fault.line, fault.message, fault.lint));
        bail!("{}", lines.collect::<Vec<_>>().join("\n"));
    }
    let key = build.signing_key.as_deref().map(|file| {
        let text = fs::read(file).with_context(|| format!("the key {} cannot be read", file.display()))?;
        SigningKey::read(&text, &build.key_id).map_err(|reason| anyhow::anyhow!("the key {} {reason}", file.display()))
    });
    let bytes = bundle::write(&pack, &build.revision, key.transpose()?.as_ref()).map_err(anyhow::Error::msg)?;
    // A build that could not be used afterwards is none.
    bundle::Bundle::read(&build.output.to_string_lossy(), &bytes, &bundle::Limits::default())?.pack()?;
    output::save(&build.output, &bytes)?;
    output::print(format!("{}  {}\n", Digest::of(&bytes), build.output.display()).as_bytes())
}

fn verify(named: &Named) -> anyhow::Result<()> {
    if named.sources.is_empty() {
        bail!("name the bundle: `plangate bundle verify policies.tar.gz`");
    }
    let trusted = named.trust.ready()?;
    for reference in &named.sources {
        let bundle = trusted.bundle(reference)?;
        let pack = loaded(&bundle)?;
        let signature = match (bundle.is_signed(), trusted.demands_signature()) {
            (true, true) => "by the given key",
            (true, false) => "not checked",
            _ => "none",
        };
        let revision = Some(bundle.manifest.revision.as_str()).filter(|revision| !revision.is_empty());
        let report = format!(
            "{reference}\n  digest     {}\n  revision   {}\n  roots      {}\n  signature  {signature}\n  holds      {}, {}\n",
            bundle.digest,
            revision.unwrap_or("none"),
            bundle.manifest.roots.join(", "),
            text::count(pack.policies.len(), "policy", "policies"),
            text::count(pack.libraries.len(), "library file", "library files"),
        );
        output::print(report.as_bytes())?;
    }
    Ok(())
}

/// The policies of a bundle, each of which loads, with the libraries of this binary where it brings none.
fn loaded(bundle: &bundle::Bundle) -> anyhow::Result<Pack> {
    let pack = bundle.pack()?;
    Engine::new(&policies::with_libraries(pack.clone())?, Limits::default())?;
    Ok(pack)
}

fn lock(named: &Named) -> anyhow::Result<()> {
    let mut trusted = named.trust.ready_to_lock()?;
    for reference in trusted.named_or_locked(&named.sources)? {
        let fetched = fetch::fetch(&reference, None, &trusted.cache)?;
        let wanted = reference.digest.map(|digest| (digest, "its source".to_owned()));
        let bundle = trusted.checked(&reference, &fetched.bytes, wanted)?;
        loaded(&bundle)?;
        trusted.cache.write(&fetched.bytes)?;
        let before = trusted.lock.of(&reference.source).map(|locked| locked.digest);
        let what = match before {
            Some(before) if before == bundle.digest => "unchanged",
            Some(_) => "changed",
            None => "new",
        };
        output::print(format!("{what}  {reference}  {}\n", bundle.digest).as_bytes())?;
        trusted.lock.set(Locked {
            source: reference.source,
            revision: fetched.revision,
            digest: bundle.digest,
            size: fetched.bytes.len() as u64,
        });
    }
    output::save(&trusted.lock_file, trusted.lock.write().as_bytes())
}

fn fetch(named: &Named) -> anyhow::Result<()> {
    let trusted = named.trust.ready()?;
    for reference in trusted.named_or_locked(&named.sources)? {
        let Some((digest, by)) = trusted.wanted(&reference)? else {
            bail!(
                "the bundle {reference} is not locked: `plangate bundle lock '{reference}'` takes what is there now, or pin it \
                 by #sha256:... at its end"
            );
        };
        if trusted.cache.read(digest).is_none() {
            let revision = trusted
                .lock
                .of(&reference.source)
                .and_then(|locked| locked.revision.as_deref());
            let fetched = fetch::fetch(&reference, revision, &trusted.cache)?;
            let bundle = trusted.checked(&reference, &fetched.bytes, Some((digest, by)))?;
            loaded(&bundle)?;
            trusted.cache.write(&fetched.bytes)?;
            talk::note(&format!("fetched {reference}"));
        }
        output::print(format!("{digest}  {reference}\n").as_bytes())?;
    }
    Ok(())
}

impl Trusted {
    fn named_or_locked(&self, named: &[Reference]) -> anyhow::Result<Vec<Reference>> {
        if !named.is_empty() {
            return Ok(named.to_vec());
        }
        if self.lock.bundles.is_empty() {
            bail!("name a bundle: {} locks none", self.lock_file.display());
        }
        let locked = self.lock.bundles.iter().map(|locked| {
            let reference = locked.source.parse::<Reference>();
            reference.map_err(|reason| anyhow::anyhow!("{}: {reason}", self.lock_file.display()))
        });
        locked.collect()
    }
}
