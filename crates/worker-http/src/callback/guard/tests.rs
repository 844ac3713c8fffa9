#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::*;

pub(in crate::callback) const LISTED: [&str; 2] = ["https://project.supabase.co", "http://127.0.0.1:9"];

pub(in crate::callback) fn config(any_https: bool) -> CallbackConfig {
    let origins = LISTED.iter().map(|text| Url::parse(text).unwrap().origin()).collect();
    CallbackConfig { origins, any_https, ..CallbackConfig::default() }
}

/// Addresses that a stranger might try where any https address may be called, by what refuses them.
pub(in crate::callback) const HOSTILE: &[(Refusal, &[&str])] = &[
    (
        // In every spelling: decimal, octal, hex, short, with a dot at the end, IPv6, with IPv4 inside
        Refusal::IpAddress,
        &[
            "https://127.0.0.1/",
            "https://127.0.0.1./",
            "https://127.1/",
            "https://127.0.1/",
            "https://0/",
            "https://2130706433/",
            "https://017700000001/",
            "https://0177.0.0.1/",
            "https://0177.0.0.0x1/",
            "https://0x7f000001/",
            "https://0x7f.0x0.0x0.0x1/",
            "https://0X7F.1/",
            "https://10.0.0.1/",
            "https://172.16.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://2852039166/latest/meta-data/",
            "https://0xa9fea9fe/",
            "https://0251.0376.0251.0376/",
            "https://100.100.100.200/",
            "https://168.63.129.16/",
            "https://8.8.8.8/",
            "https://[::]/",
            "https://[::1]/",
            "https://[0:0:0:0:0:0:0:1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[::127.0.0.1]/",
            "https://[64:ff9b::10.0.0.1]/",
            "https://[64:ff9b:1::10.0.0.1]/",
            "https://[2002:7f00:1::]/",
            "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
            "https://[fd00:ec2::254]/",
            "https://[fe80::1]/",
            "https://[fec0::1]/",
            "https://[ff02::1]/",
            "https://[2606:4700:4700::1111]/",
        ],
    ),
    (
        Refusal::NotAnAddress,
        &[
            "https://",
            "https:///127.0.0.1/",
            "https:////hooks.example.com/",
            "https://?x",
            "https://:443/",
            "https://256.256.256.256/",
            "https://1.2.3.4.5/",
            "https://hooks.example.0x7g.1/",
            "https://127.0.0.08/",
            "https://hooks.example.com:99999/",
            "https://hooks.example.com:port/",
            "https://[::1/",
            "https://a<b.example.com/",
        ],
    ),
    (
        // Where the host is, depends on who reads
        Refusal::UserInfo,
        &[
            "https://user@hooks.example.com/",
            "https://user:word@hooks.example.com/",
            "https://@hooks.example.com/",
            "https://:@hooks.example.com/",
            "https://hooks.example.com@127.0.0.1/",
            "https://hooks.example.com:443@[::1]/",
            "https://project.supabase.co@evil.example.com/",
            "https://user@project.supabase.co/",
            "http://user:word@127.0.0.1:9/",
        ],
    ),
    (
        Refusal::EncodedHost,
        &[
            "https://127.0.0.%31/",
            "https://%31%32%37.0.0.1/",
            "https://%6cocalhost/",
            "https://[fe80::1%25eth0]/",
            "https://project.supabase.co%2f.evil.example.com/",
            "https://hooks.example.com%00.evil.example.org/",
        ],
    ),
    (
        Refusal::Characters,
        &[
            "https://１２７.０.０.１/",
            "https://127。0。0。1/",
            "https://①②⑦.⓪.⓪.①/",
            "https://ｌocalhost/",
            "https://hooks.example.com\\@127.0.0.1/",
            "https:\\\\127.0.0.1\\",
            " https://hooks.example.com/",
            "https://hooks.example.com/\n",
            "https://127.0\t.0.1/",
            "https://hooks.example.com/\r\nHost: 127.0.0.1",
            "ht\ntps://127.0.0.1/",
        ],
    ),
    (
        Refusal::NotHttps,
        &[
            "",
            "hooks.example.com",
            "//hooks.example.com/",
            "https:hooks.example.com",
            "https:/hooks.example.com/",
            "http://hooks.example.com/",
            "HTTP://hooks.example.com/",
            "http://169.254.169.254/",
            "http://127.0.0.1:10/",
            "http://project.supabase.co/",
            "ftp://hooks.example.com/",
            "file:///etc/passwd",
            "gopher://127.0.0.1:6379/_FLUSHALL",
            "dict://127.0.0.1:11211/",
            "ws://hooks.example.com/",
            "wss://hooks.example.com/",
            "unix:///var/run/docker.sock",
            "javascript://hooks.example.com/%0aalert(1)",
            "data:text/plain,x",
            "blob:https://hooks.example.com/x",
            "view-source:https://hooks.example.com/",
        ],
    ),
    (
        // They lead near to the worker, or nobody knows where
        Refusal::HostName,
        &[
            "https://localhost/",
            "https://LOCALHOST/",
            "https://localhost./",
            "https://a.localhost/",
            "https://localhost.localdomain/",
            "https://printer.local/",
            "https://metadata.google.internal/",
            "https://host.docker.internal/",
            "https://router.home.arpa/",
            "https://1.0.0.127.in-addr.arpa/",
            "https://kubernetes.default.svc/",
            "https://kubernetes.default.svc.cluster.local/",
            "https://wiki.corp/",
            "https://nas.lan/",
            "https://metadata/",
            "https://hooks.example.com./",
            "https://hooks..example.com/",
            "https://.example.com/",
            "https://-.example.com/",
            "https://hooks_.example.com/",
            "https://a$b.example.com/",
            "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com/",
        ],
    ),
    (
        Refusal::Port,
        &[
            "https://hooks.example.com:22/",
            "https://hooks.example.com:6379/",
            "https://hooks.example.com:8443/",
            "https://project.supabase.co:80/",
            "https://hooks.example.com:0/",
        ],
    ),
    (
        Refusal::Fragment,
        &[
            "https://hooks.example.com/#",
            "https://hooks.example.com#@127.0.0.1/",
            "https://project.supabase.co/#x",
        ],
    ),
];

#[test]
fn hostile_addresses_are_refused_each_for_its_own_reason() {
    let guard = Guard::new(&config(true));
    for (refusal, addresses) in HOSTILE {
        for address in *addresses {
            assert_eq!(guard.admits(address), Err(*refusal), "{address:?}");
        }
    }
    let count: usize = HOSTILE.iter().map(|(_, addresses)| addresses.len()).sum();
    assert!(count >= 60, "{count}");
}

#[test]
fn public_https_addresses_are_admitted_only_where_the_operator_says_so() {
    for address in [
        "https://hooks.example.com",
        "https://hooks.example.com/",
        "https://hooks.example.com:443/done",
        "HTTPS://Hooks.Example.COM/done?token=a%40b&next=http://127.0.0.1/",
        "https://hooks.example.com/a@b",
        "https://xn--bcher-kva.example.com/",
        "https://a-b.c1.example.org/%2e%2e/x",
        "https://1e100.net/",
        "https://127.0.0.1.example.com/",
    ] {
        assert!(Guard::new(&config(true)).admits(address).is_ok(), "{address}");
        assert_eq!(Guard::new(&config(false)).admits(address), Err(Refusal::NotListed), "{address}");
    }
}

#[test]
fn a_listed_origin_is_admitted_as_it_is() {
    let guard = Guard::new(&config(false));
    for address in [
        "https://project.supabase.co/functions/v1/report-callback",
        "https://project.supabase.co:443/x?y=1",
        "http://127.0.0.1:9/done",
        "http://127.1:9/done",
    ] {
        assert!(guard.admits(address).is_ok(), "{address}");
    }
}

#[test]
fn what_only_looks_like_a_listed_origin_is_not() {
    let guard = Guard::new(&config(false));
    for address in [
        "http://project.supabase.co/x",
        "https://project.supabase.co:444/x",
        "https://project.supabase.co.example.com/x",
        "https://project.supabase.co./x",
        "https://a.project.supabase.co/x",
        "http://127.0.0.1:10/done",
        "http://127.0.0.1/done",
        "http://127.0.0.2:9/done",
        "http://[::ffff:127.0.0.1]:9/done",
        "https://127.0.0.1:9/done",
        "http://localhost:9/done",
    ] {
        assert_eq!(guard.admits(address), Err(Refusal::NotListed), "{address}");
    }
}

#[test]
fn an_address_has_an_end() {
    let address = |bytes: usize| format!("https://hooks.example.com/{}", "a".repeat(bytes - 26));
    let guard = Guard::new(&config(true));
    assert!(guard.admits(&address(LONGEST_BYTES)).is_ok());
    assert_eq!(guard.admits(&address(LONGEST_BYTES + 1)), Err(Refusal::TooLong));
    let long_name = format!("https://{}com/", "a.".repeat(126));
    assert_eq!(guard.admits(&long_name), Err(Refusal::HostName));
}
