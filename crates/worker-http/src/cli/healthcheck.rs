use std::{net::IpAddr, time::Duration};

use anyhow::Context as _;

use super::stdout;
use crate::config::Config;

const TIMEOUT: Duration = Duration::from_secs(5);

/// Fails unless the worker on this machine answers.
pub(super) async fn run(config: &Config) -> anyhow::Result<()> {
    let url = format!("http://{}/health", reachable(config));
    let client = reqwest::Client::builder().no_proxy().timeout(TIMEOUT).build()?;
    let answer = client.get(&url).send().await.and_then(reqwest::Response::error_for_status);
    let body =
        answer.map_err(reqwest::Error::without_url).with_context(|| format!("no worker answers at {url}"))?;
    Ok(stdout::line(body.text().await?.trim_end())?)
}

/// A worker that listens everywhere is asked on the loopback address.
fn reachable(config: &Config) -> std::net::SocketAddr {
    let mut address = config.server.address();
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
        });
    }
    address
}
