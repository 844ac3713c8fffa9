use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use secrecy::SecretString;

use super::Reader;

/// The port of the original worker.
const DEFAULT_PORT: u16 = 8000;

/// Where the worker listens and who may speak to it.
#[derive(Debug, Clone)]
pub(crate) struct ServerConfig {
    /// `PORT`; 0 takes a free one, absent is 8000.
    pub port: Option<u16>,
    /// `BIND`: the loopback address unless a secret is set, then every address.
    pub bind: IpAddr,
    /// `WORKER_SECRET`: bearer secrets, comma-separated; more than one while a new one is rolled out.
    pub secrets: Vec<SecretString>,
    /// `PAGES`: whether the pages for people are served.
    pub pages: bool,
}

impl ServerConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let secrets: Vec<_> = reader.list("WORKER_SECRET").into_iter().map(SecretString::from).collect();
        let usual = if secrets.is_empty() { Ipv4Addr::LOCALHOST } else { Ipv4Addr::UNSPECIFIED };
        let bind = reader.parsed("BIND", "an IP address such as 127.0.0.1").unwrap_or(IpAddr::V4(usual));
        if secrets.is_empty() && !bind.is_loopback() {
            reader.fault("BIND", "lets other machines in, so WORKER_SECRET must be set too");
        }
        let port = reader.is_set("PORT").then(|| reader.number("PORT", 0..=u16::MAX, DEFAULT_PORT));
        Self { port, bind, secrets, pages: reader.switch("PAGES", true) }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::new(self.bind, self.port.unwrap_or(DEFAULT_PORT))
    }
}
