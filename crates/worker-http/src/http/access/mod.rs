//! Who may speak to the worker.
//!
//! With secrets: who bears one, who signs a request with one, who has a link that was signed with one, and who logged
//! in with one. Without any: this machine alone. Addresses that only ever try wrong secrets are slowed down.

mod attempts;
mod bearer;
mod links;
mod machine;
mod seals;
mod session;
mod signed;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header::WWW_AUTHENTICATE},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use secrecy::SecretString;

use self::{attempts::Attempts, bearer::Bearers, session::Sessions, signed::Signers};
use super::{Api, problem::Problem};

pub(crate) use self::{
    links::Links,
    session::{is_local_path, is_own_page},
};

/// Who is let in.
pub(crate) struct Access {
    bearers: Bearers,
    signers: Signers,
    links: Links,
    sessions: Sessions,
    attempts: Attempts,
}

/// What whoever is not let in is told.
enum Refusal {
    Problem(Problem),
    /// Somebody in front of a browser is asked for the secret, at this address.
    LogIn(String),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Access {
    pub(super) fn new(secrets: &[SecretString], has_pages: bool) -> Self {
        Self {
            bearers: Bearers::new(secrets),
            signers: Signers::new(secrets),
            links: Links::new(secrets),
            sessions: Sessions::new(if has_pages { secrets } else { &[] }),
            attempts: Attempts::default(),
        }
    }

    /// Whether a secret is asked for.
    pub(super) fn has_secrets(&self) -> bool {
        !self.bearers.are_none()
    }

    /// Whether people log in: there are pages, and a secret.
    pub(crate) fn has_login(&self) -> bool {
        !self.sessions.are_none()
    }

    /// The `Set-Cookie` of whoever knows a secret.
    pub(crate) fn log_in(
        &self,
        secret: &str,
        address: IpAddr,
        headers: &HeaderMap,
    ) -> Result<HeaderValue, Problem> {
        let address = Some(address.to_canonical());
        if self.attempts.are_too_many(address) {
            return Err(too_many());
        }
        let cookie = self.bearers.has(secret).then(|| self.sessions.begin(headers)).flatten();
        if let Some(cookie) = cookie {
            self.attempts.succeeded(address);
            return Ok(cookie);
        }
        self.attempts.failed(address);
        Err(Problem::of(StatusCode::UNAUTHORIZED, "That is not a secret of this worker"))
    }

    /// The `Set-Cookie` of whoever logs out.
    pub(crate) fn log_out() -> HeaderValue {
        session::end()
    }

    /// Refuses those who are not let in; gives the request back, for its body may have been looked at.
    async fn admit(&self, request: Request) -> Result<Request, Refusal> {
        if self.bearers.are_none() {
            machine::from_this_machine(request.headers())?;
            return Ok(request);
        }
        let address = address(&request);
        // Before tries are looked at: nobody comes upon a cookie by trying.
        if self.sessions.admit(&request)? {
            self.attempts.succeeded(address);
            return Ok(request);
        }
        if self.attempts.are_too_many(address) {
            return Err(too_many().into());
        }
        // A link may be in many hands, so whoever has one shows no secret with it.
        if self.has_link(&request) {
            return Ok(request);
        }
        if self.bearers.admit(request.headers()) {
            self.attempts.succeeded(address);
            return Ok(request);
        }
        let (request, is_signed) = self.signers.admit(request).await?;
        if is_signed {
            self.attempts.succeeded(address);
            return Ok(request);
        }
        // Whoever opens a page has tried nothing yet.
        if let Some(login) = self.sessions.login(&request) {
            return Err(Refusal::LogIn(login));
        }
        self.attempts.failed(address);
        Err(if self.attempts.are_too_many(address) { too_many() } else { unauthorized() }.into())
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
        Err(Refusal::LogIn(login)) => Redirect::to(&login).into_response(),
        Err(Refusal::Problem(problem)) => {
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
