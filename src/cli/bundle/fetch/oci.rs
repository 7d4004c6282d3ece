//! Artifacts of a registry, as `opa`, ORAS and others push them: one layer, a tar with gzip.

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context as Task, Poll};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use base64::Engine;
use oci_client::client::{ClientConfig, ClientProtocol};
use oci_client::errors::{OciDistributionError, OciErrorCode};
use oci_client::secrets::RegistryAuth;
use oci_client::{Client, Reference};
use tokio::io::AsyncWrite;

use super::Fetched;
use crate::pack::bundle::is_loopback;

/// The media types of a layer that is a bundle.
const LAYERS: [&str; 3] = [
    "application/vnd.oci.image.layer.v1.tar+gzip",
    "application/vnd.oci.image.layer.v1.tar",
    "application/vnd.cncf.openpolicyagent.bundle.layer.v1.tar+gzip",
];

const USER: &str = "PLANGATE_REGISTRY_USER";
const PASSWORD: &str = "PLANGATE_REGISTRY_PASSWORD";

/// Gets an artifact, `ghcr.io/acme/policies:1.2`, at the digest of its manifest where one is given.
///
/// # Errors
///
/// Where the registry does not give it, or it is no bundle.
pub(super) fn fetch(artifact: &str, revision: Option<&str>) -> anyhow::Result<Fetched> {
    super::wait(pull(artifact, revision)).with_context(|| format!("the bundle oci://{artifact} cannot be fetched"))
}

async fn pull(artifact: &str, revision: Option<&str>) -> anyhow::Result<Fetched> {
    let mut reference: Reference = artifact
        .parse()
        .context("it is no name of an artifact: write host/repository:tag")?;
    if let (Some(revision), None) = (revision, reference.digest()) {
        reference = reference.clone_with_digest(revision.to_owned());
    }
    let registry = reference.registry().to_owned();
    let plain = if is_loopback(&registry) {
        vec![registry.clone()]
    } else {
        Vec::new()
    };
    let client = Client::new(ClientConfig {
        protocol: ClientProtocol::HttpsExcept(plain),
        connect_timeout: Some(Duration::from_secs(20)),
        read_timeout: Some(Duration::from_secs(60)),
        ..ClientConfig::default()
    });
    let (manifest, digest) = client
        .pull_image_manifest(&reference, &credentials(&registry))
        .await
        .map_err(|error| {
            let reason = refusal(&error);
            anyhow::Error::new(error).context(reason)
        })?;
    let layers: Vec<_> = manifest
        .layers
        .iter()
        .filter(|layer| LAYERS.contains(&layer.media_type.as_str()))
        .collect();
    let [layer] = layers.as_slice() else {
        let types: Vec<&str> = manifest.layers.iter().map(|layer| layer.media_type.as_str()).collect();
        bail!(
            "it is no bundle: it must have one layer of the type {}, and has {}",
            LAYERS[0],
            types.join(", ")
        );
    };
    let size = usize::try_from(layer.size).unwrap_or(usize::MAX);
    ensure!(size <= super::most(), "it is longer than {} bytes", super::most());
    let mut bytes = Bounded(Vec::with_capacity(size));
    client.pull_blob(&reference, *layer, &mut bytes).await?;
    Ok(Fetched {
        bytes: bytes.0,
        revision: Some(digest),
    })
}

/// Why a registry does not give an artifact, and the way out.
fn refusal(error: &OciDistributionError) -> String {
    let is_missing = |code: &OciErrorCode| matches!(code, OciErrorCode::ManifestUnknown | OciErrorCode::NameUnknown);
    match error {
        OciDistributionError::RequestError(_) => "the registry cannot be reached".to_owned(),
        OciDistributionError::RegistryError { envelope, .. }
            if envelope.errors.iter().any(|error| is_missing(&error.code)) =>
        {
            "the registry has no such repository or tag".to_owned()
        }
        _ => format!("the registry does not give it; a private one wants {USER} and {PASSWORD}, or a `docker login`"),
    }
}

/// Who to be at a registry: as the environment says, else as Docker's configuration does, else nobody.
fn credentials(registry: &str) -> RegistryAuth {
    if let (Ok(user), Ok(password)) = (std::env::var(USER), std::env::var(PASSWORD)) {
        return RegistryAuth::Basic(user, password);
    }
    of_docker(registry).unwrap_or(RegistryAuth::Anonymous)
}

/// What `docker login` wrote, where it keeps it in its file.
fn of_docker(registry: &str) -> Option<RegistryAuth> {
    let folder = std::env::var_os("DOCKER_CONFIG")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".docker")))?;
    let text = std::fs::read(folder.join("config.json")).ok()?;
    let config: serde_json::Value = serde_json::from_slice(&text).ok()?;
    let secret = config.get("auths")?.get(registry)?.get("auth")?.as_str()?;
    let secret = String::from_utf8(base64::prelude::BASE64_STANDARD.decode(secret).ok()?).ok()?;
    let (user, password) = secret.split_once(':')?;
    Some(RegistryAuth::Basic(user.to_owned(), password.to_owned()))
}

/// Bytes that are as many as a bundle may have, whatever a registry sends.
struct Bounded(Vec<u8>);

impl AsyncWrite for Bounded {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Task, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.0.len() + bytes.len() > super::most() {
            return Poll::Ready(Err(io::Error::other("it is longer than a bundle may be")));
        }
        self.0.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Task) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Task) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
