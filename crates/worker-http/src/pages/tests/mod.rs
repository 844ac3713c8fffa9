//! The pages as a browser without script sees them: forms are sent, and nobody is sent on.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod forms;
mod way_in;

use reqwest::{Client, RequestBuilder, Response, redirect::Policy};
use serde_json::Value;

use crate::http::tests::Worker;

const PAGES: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

const SECRET: &[(&str, &str)] = &[("WORKER_SECRET", "right horse")];

/// Somebody in front of a browser, who is not sent on.
struct Person {
    worker: Worker,
    client: Client,
    cookie: String,
}

impl Person {
    async fn at(variables: &[(&str, &str)]) -> Self {
        Self::before(Worker::start(variables).await)
    }

    fn before(worker: Worker) -> Self {
        let client = Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        Self { worker, client, cookie: String::new() }
    }

    fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let address = format!("{}{path}", self.worker.address);
        let request = self.client.request(method.parse().unwrap(), address).header("accept", PAGES);
        if self.cookie.is_empty() { request } else { request.header("cookie", &self.cookie) }
    }

    async fn open(&self, path: &str) -> Response {
        self.request("GET", path).send().await.unwrap()
    }

    async fn read(&self, path: &str) -> String {
        self.open(path).await.text().await.unwrap()
    }

    /// A form of a page of the worker.
    async fn send(&self, path: &str, form: &str) -> Response {
        self.send_from(&self.worker.address, path, form).await
    }

    async fn send_from(&self, origin: &str, path: &str, form: &str) -> Response {
        let request = self.request("POST", path).header("origin", origin);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(form.to_owned()).send().await.unwrap()
    }

    async fn log_in(&mut self) {
        let response = self.send("/login", "secret=right+horse").await;
        assert_eq!(status(&response), 303);
        self.cookie = header(&response, "set-cookie").split(';').next().unwrap().to_owned();
    }

    async fn job(&self) -> Value {
        let jobs: Value = self.open("/jobs?limit=1").await.json().await.unwrap();
        jobs["jobs"][0].clone()
    }
}

fn status(response: &Response) -> u16 {
    response.status().as_u16()
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}
