//! Logging in with a secret of the worker, and out.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    body::Bytes,
    extract::{ConnectInfo, Query, State, rejection::QueryRejection},
    http::{HeaderMap, header::SET_COOKIE},
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::form_urlencoded;

use super::page::{self, Page};
use crate::http::{Access, Api, is_local_path, is_own_page};

/// Where somebody wanted to go.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    next: String,
}

/// `GET /login`
pub(super) async fn show(wanted: Result<Query<Wanted>, QueryRejection>) -> Page {
    form(&wanted.map(|Query(wanted)| wanted.next).unwrap_or_default(), None)
}

/// `POST /login`
pub(super) async fn log_in(
    State(api): State<Arc<Api>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !is_own_page(&headers) {
        return page::of_problem("Not logged in", &page::foreign());
    }
    let (mut secret, mut next) = (SecretString::default(), String::new());
    for (name, value) in form_urlencoded::parse(&body) {
        match &*name {
            "secret" => secret = value.trim().into(),
            "next" => next = value.into_owned(),
            _ => {}
        }
    }
    match api.access.log_in(secret.expose_secret(), peer.ip(), &headers) {
        Ok(cookie) => ([(SET_COOKIE, cookie)], Redirect::to(local(&next))).into_response(),
        Err(problem) => page::with_status(&problem, form(&next, Some(problem.told().1))),
    }
}

/// `POST /logout`
pub(super) async fn log_out() -> Response {
    ([(SET_COOKIE, Access::log_out())], Redirect::to("/login")).into_response()
}

/// Nobody is sent to another site from here.
fn local(next: &str) -> &str {
    if is_local_path(next) { next } else { "/" }
}

fn form(next: &str, fault: Option<&str>) -> Page {
    Page {
        title: "Log in",
        body: html! {
            form.new method="post" action="/login" {
                label for="secret" { "Secret of this worker" }
                input type="hidden" name="next" value=(local(next));
                // Those who keep passwords want a name beside them.
                input type="text" name="username" value="worker" autocomplete="username" hidden;
                input id="secret" name="secret" type="password" required autofocus autocomplete="current-password"
                    aria-describedby=(if fault.is_some() { "fault hint" } else { "hint" })
                    aria-invalid=[fault.map(|_| "true")];
                button.go { "Log in" }
                @if let Some(fault) = fault { p.err id="fault" role="alert" { b { (fault) "." } } }
                p.hint id="hint" {
                    "Whoever runs the worker has set it as WORKER_SECRET. You stay logged in for 12 hours, over https or on "
                    "this machine."
                }
            }
        },
        ..Page::default()
    }
}
