//! Who may speak to the worker.
//!
//! With secrets: who bears one, who signs a request with one, who has a link that was signed with one, and who logged
//! in with one. Without any: this machine alone. Addresses that only ever try wrong secrets are slowed down.

mod attempts;
mod bearer;
mod links;
mod machine;
mod signed;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, Method, StatusCode, header::WWW_AUTHENTICATE},
    middleware::Next,
    response::{IntoResponse, Response},
};
use secrecy::SecretString;

use self::{attempts::Attempts, bearer::Bearers, signed::Signers};
use super::{Api, problem::Problem};

pub(crate) use self::links::Links;

/// Who is let in.
pub(super) struct Access {
    bearers: Bearers,
    signers: Signers,
    links: Links,
    attempts: Attempts,
}

impl Access {
    pub(super) fn new(secrets: &[SecretString]) -> Self {
        Self {
            bearers: Bearers::new(secrets),
            signers: Signers::new(secrets),
            links: Links::new(secrets),
            attempts: Attempts::default(),
        }
    }

    /// Refuses those who are not let in; gives the request back, for its body may have been looked at.
    async fn admit(&self, request: Request) -> Result<Request, Problem> {
        if self.bearers.are_none() {
            machine::from_this_machine(request.headers())?;
            return Ok(request);
        }
        let address = address(&request);
        if self.attempts.are_too_many(address) {
            return Err(too_many());
        }
        if self.bearers.admit(request.headers()) || self.has_link(&request) {
            self.attempts.succeeded(address);
            return Ok(request);
        }
        let (request, is_signed) = self.signers.admit(request).await?;
        if is_signed {
            self.attempts.succeeded(address);
            return Ok(request);
        }
        self.attempts.failed(address);
        if self.attempts.are_too_many(address) { Err(too_many()) } else { Err(unauthorized()) }
    }

    fn has_link(&self, request: &Request) -> bool {
        let uri = request.uri();
        request.method() == Method::GET
            && uri.path().strip_prefix("/reports/").is_some_and(|name| self.links.admit(name, uri.query()))
    }
}

/// Lets those in who are admitted, and everybody to what the settings open.
pub(super) async fn guard(State(api): State<Arc<Api>>, request: Request, next: Next) -> Response {
    if api.metrics_open && request.uri().path() == "/metrics" {
        return next.run(request).await;
    }
    match api.access.admit(request).await {
        Ok(request) => next.run(request).await,
        Err(problem) => {
            let mut response = problem.into_response();
            if response.status() == StatusCode::UNAUTHORIZED {
                response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            response
        }
    }
}

/// Whoever is at the other end of the connection, which may be a proxy.
fn address(request: &Request) -> Option<IpAddr> {
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical())
}

fn unauthorized() -> Problem {
    Problem::of(StatusCode::UNAUTHORIZED, "A bearer secret is needed")
}

fn too_many() -> Problem {
    Problem::too_many("rate_limited", "Too many tries without a right secret", attempts::WINDOW_SECONDS)
}
