#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use super::*;

/// Answers in turn, whatever is asked, and then no more.
#[derive(Clone, Default)]
pub(in crate::callback) struct Script(Arc<Mutex<VecDeque<Vec<IpAddr>>>>);

impl Script {
    pub(in crate::callback) fn new(answers: &[&[&str]]) -> Self {
        let addresses = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
        Self(Arc::new(Mutex::new(answers.iter().map(addresses).collect())))
    }

    /// How many answers nobody asked for.
    pub(in crate::callback) fn left(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

#[async_trait]
impl Names for Script {
    async fn addresses(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        answer.ok_or_else(|| io::Error::other("nobody has this name"))
    }
}

/// A resolver that holds this machine for public, but not `127.0.0.9`.
pub(in crate::callback) fn all_but_one(names: Script) -> PublicOnly<Script> {
    PublicOnly { names: Arc::new(names), admits: |address| address.to_string() != "127.0.0.9" }
}

/// Answers of a DNS that leads where nobody should go.
pub(in crate::callback) const HOSTILE: &[&[&str]] = &[
    &["127.0.0.1"],
    &["0.0.0.0"],
    &["10.1.2.3"],
    &["172.31.255.255"],
    &["192.168.0.1"],
    &["169.254.169.254"],
    &["100.64.0.1"],
    &["198.18.0.1"],
    &["168.63.129.16"],
    &["224.0.0.1"],
    &["255.255.255.255"],
    &["::1"],
    &["::"],
    &["::ffff:10.0.0.1"],
    &["::127.0.0.1"],
    &["64:ff9b::169.254.169.254"],
    &["2002:a00:1::1"],
    &["2001::1"],
    &["fd00:ec2::254"],
    &["fe80::1"],
    &["ff02::1"],
    // Mixed answers
    &["8.8.8.8", "127.0.0.1"],
    &["127.0.0.1", "8.8.8.8"],
    &["8.8.8.8", "2606:4700:4700::1111", "fd00::1"],
    &["2606:4700:4700::1111", "::ffff:127.0.0.1"],
];

/// What the client is given, or why nothing.
async fn resolved(resolver: &impl Resolve) -> Result<Vec<String>, String> {
    let found = resolver.resolve("hooks.example.com".parse().unwrap()).await;
    found.map(|found| found.map(|address| address.to_string()).collect()).map_err(|error| error.to_string())
}

#[tokio::test]
async fn one_address_that_is_not_public_spoils_the_answer() {
    for answer in HOSTILE {
        let resolver = PublicOnly::new(Script::new(&[answer]));
        let refused = Err("the host leads to an address that is not public".to_owned());
        assert_eq!(resolved(&resolver).await, refused, "{answer:?}");
    }
}

#[tokio::test]
async fn the_client_gets_the_addresses_that_were_checked() {
    let script = Script::new(&[&["8.8.8.8", "2606:4700:4700::1111"], &["127.0.0.1"], &[]]);
    let resolver = PublicOnly::new(script.clone());
    assert_eq!(resolved(&resolver).await.unwrap(), ["8.8.8.8:0", "[2606:4700:4700::1111]:0"]);
    assert_eq!(script.left(), 2, "one question for one connection");
    // The name leads elsewhere the next time, and that is checked too.
    assert_eq!(resolved(&resolver).await.unwrap_err(), "the host leads to an address that is not public");
    assert_eq!(resolved(&resolver).await.unwrap_err(), "the host leads nowhere");
    assert_eq!(resolved(&resolver).await.unwrap_err(), "nobody has this name");
}

#[tokio::test]
async fn the_names_of_this_machine_are_looked_up_and_refused() {
    let refused = PublicOnly::new(SystemNames).resolve("localhost".parse().unwrap()).await.err();
    // Some machines know the name only without its dot. Either way there is no address.
    assert!(refused.is_some());
}
