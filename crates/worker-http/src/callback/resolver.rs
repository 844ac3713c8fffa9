//! Looks up hosts that anybody may have named, and connects to public addresses only.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::public::is_public;

/// Where host names lead: DNS in production, a script in tests.
#[async_trait]
pub(super) trait Names: Send + Sync + 'static {
    async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}

/// What the machine is told.
pub(super) struct SystemNames;

#[async_trait]
impl Names for SystemNames {
    async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        // With the dot the name is complete: no search domain of this machine is put behind it.
        let found = tokio::net::lookup_host((format!("{host}."), 0)).await?;
        Ok(found.map(|address| address.ip()).collect())
    }
}

/// Gives the client the very addresses that were checked, so that no second answer comes between check and
/// connection. One address that is not public spoils the whole answer: whoever mixes them tries something.
pub(super) struct PublicOnly<N> {
    names: Arc<N>,
    /// [`is_public`], except in tests, which have only this machine to connect to.
    admits: fn(IpAddr) -> bool,
}

/// The text names no address: it is the caller who might read it.
#[derive(Debug, thiserror::Error)]
enum Unusable {
    #[error("the host leads to an address that is not public")]
    NotPublic,
    #[error("the host leads nowhere")]
    Nowhere,
}

impl<N: Names> PublicOnly<N> {
    pub(super) fn new(names: N) -> Self {
        Self { names: Arc::new(names), admits: is_public }
    }
}

impl<N: Names> Resolve for PublicOnly<N> {
    fn resolve(&self, name: Name) -> Resolving {
        let (names, admits) = (Arc::clone(&self.names), self.admits);
        Box::pin(async move {
            let found = names.addresses(name.as_str()).await?;
            if found.is_empty() {
                return Err(Unusable::Nowhere.into());
            }
            if !found.iter().all(|&address| admits(address)) {
                return Err(Unusable::NotPublic.into());
            }
            // Port 0 stands for the one of the address that is called.
            Ok(Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

#[cfg(test)]
pub(super) mod tests;
