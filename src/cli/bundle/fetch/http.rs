//! Archives that a web server gives.

use std::time::Duration;

use anyhow::{Context, bail, ensure};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

use super::Fetched;
use crate::pack::bundle::is_loopback;

/// The variable with the token that a server of private bundles wants.
const TOKEN: &str = "PLANGATE_HTTP_TOKEN";

/// Gets the archive at an address, over HTTPS all the way.
///
/// # Errors
///
/// Where the server does not give it, or sends elsewhere without encryption.
pub(super) fn fetch(address: &str) -> anyhow::Result<Fetched> {
    super::wait(get(address)).with_context(|| format!("the bundle {address} cannot be fetched"))
}

async fn get(address: &str) -> anyhow::Result<Fetched> {
    let policy = Policy::custom(|attempt| {
        let is_long = attempt.previous().len() > 10;
        match is_encrypted(attempt.url()) && !is_long {
            true => attempt.follow(),
            false => attempt.error("it sends to an address that is not encrypted, or round and round"),
        }
    });
    let client = Client::builder()
        .user_agent(concat!("plangate/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(20))
        .read_timeout(Duration::from_secs(60))
        .redirect(policy)
        .build()?;
    let mut request = client.get(address);
    if let Ok(token) = std::env::var(TOKEN) {
        request = request.bearer_auth(token);
    }
    let mut response = request.send().await?;
    let status = response.status();
    if !status.is_success() {
        let hint = match status.as_u16() {
            401 | 403 | 404 => format!("; a private one wants its token in {TOKEN}"),
            _ => String::new(),
        };
        bail!("the server answers {status}{hint}");
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        ensure!(
            bytes.len() + chunk.len() <= super::most(),
            "it is longer than {} bytes",
            super::most()
        );
        bytes.extend_from_slice(&chunk);
    }
    Ok(Fetched { bytes, revision: None })
}

fn is_encrypted(address: &Url) -> bool {
    address.scheme() == "https" || address.host_str().is_some_and(is_loopback)
}
