//! The files that hosts read, held against the worker: there is no host here, so what they say is compared with what is true.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use regex::Regex;

/// What a worker on a host cannot do without, or should not.
const NEEDED: [&str; 9] = [
    "WORKER_SECRET",
    "CALLBACK_SECRET",
    "SUPABASE_URL",
    "SUPABASE_SERVICE_KEY",
    "SEC_USER_AGENT",
    "ANTHROPIC_API_KEY",
    "CHARGE",
    "SHUTDOWN_GRACE_SECONDS",
    "LOG_FORMAT",
];

/// Values that must never stand in a file of the repository.
const SECRET: [&str; 5] =
    ["WORKER_SECRET", "CALLBACK_SECRET", "SUPABASE_SERVICE_KEY", "ANTHROPIC_API_KEY", "SENTRY_DSN"];

/// After the grace period: the last callbacks and those who are still answered (`server.rs`).
const AFTER_GRACE_SECONDS: u32 = 4;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Instructions of the Dockerfile with what follows them, continued lines in one.
fn instructions() -> Vec<(String, String)> {
    let text = read("Dockerfile");
    let lines = text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    let lines = lines.replace("\\\n", " ");
    let parts = lines.lines().filter_map(|line| line.split_once(' '));
    parts
        .map(|(name, rest)| (name.to_owned(), rest.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect()
}

/// What follows an instruction of the image that runs, the last stage.
fn last_stage(name: &str) -> Vec<String> {
    let all = instructions();
    let from = all.iter().rposition(|(name, _)| name == "FROM").unwrap();
    all[from..].iter().filter(|(found, _)| found == name).map(|(_, rest)| rest.clone()).collect()
}

/// Variables of render.yaml; a value that is not written there is `None`.
fn render() -> BTreeMap<String, Option<String>> {
    let text = read("render.yaml");
    let entry =
        Regex::new(r"- key: ([A-Z_0-9]+)\n +(?:value: (.+)|generateValue: true|sync: false)\n").unwrap();
    let found: BTreeMap<_, _> = entry
        .captures_iter(&text)
        .map(|found| (found[1].to_owned(), found.get(2).map(|value| unquoted(value.as_str()))))
        .collect();
    assert_eq!(found.len(), text.matches("- key:").count(), "an entry has another form");
    found
}

/// Variables of railway.ts; one whose value is kept on the host is `None`.
fn railway() -> BTreeMap<String, Option<String>> {
    let entry = Regex::new(r#"(?m)^ +([A-Z][A-Z_0-9]+): (preserve\(\)|".*"),$"#).unwrap();
    let value = |written: &str| (written != "preserve()").then(|| unquoted(written));
    let text = read(".railway/railway.ts");
    entry.captures_iter(&text).map(|found| (found[1].to_owned(), value(&found[2]))).collect()
}

fn unquoted(text: &str) -> String {
    text.trim_matches('"').to_owned()
}

/// Names that the worker reads.
fn known() -> BTreeSet<String> {
    let line = Regex::new(r"(?m)^# ([A-Z][A-Z_0-9]+)=").unwrap();
    line.captures_iter(&read(".env.example")).map(|found| found[1].to_owned()).collect()
}

fn setting(text: &str, name: &str) -> String {
    let line = Regex::new(&format!(r#"(?m)^ *{name}: "?([^",\n]+)"?,?$"#)).unwrap();
    line.captures(text).unwrap_or_else(|| panic!("no {name}"))[1].to_owned()
}

#[test]
fn the_image_is_built_by_the_toolchain_of_the_workspace() {
    let toolchain = read("rust-toolchain.toml");
    let channel = Regex::new(r#"channel = "(.+)""#).unwrap().captures(&toolchain).unwrap()[1].to_owned();
    let all = instructions();
    assert!(all.contains(&("ARG".to_owned(), format!("RUST_VERSION={channel}"))));
    let rust: Vec<_> = all.iter().filter(|(name, rest)| name == "FROM" && rest.contains("rust:")).collect();
    assert!(!rust.is_empty() && rust.iter().all(|(_, rest)| rest.starts_with("rust:${RUST_VERSION}-")));
    // The worker is linked against the libraries of where it runs.
    let release = Regex::new("-slim-([a-z]+) ").unwrap().captures(&rust[0].1).unwrap()[1].to_owned();
    assert!(all.contains(&("FROM".to_owned(), format!("debian:{release}-slim AS run"))));
    for (_, command) in all.iter().filter(|(name, rest)| name == "RUN" && rest.starts_with("cargo build")) {
        assert!(command.contains("--release --locked --package worker-http"), "{command}");
    }
}

#[test]
fn the_worker_in_the_image_is_not_root_gets_signals_and_is_asked_by_itself() {
    let user = last_stage("USER");
    let id = user.last().unwrap().split(':').next().unwrap().parse::<u32>().unwrap();
    assert!(id >= 1_000);
    assert_eq!(last_stage("ENTRYPOINT"), [r#"["worker-http"]"#]);
    assert_eq!(last_stage("CMD"), [r#"["serve"]"#]);
    assert!(last_stage("HEALTHCHECK")[0].ends_with(r#"CMD ["worker-http", "healthcheck"]"#));
    assert!(last_stage("RUN")[0].contains("ca-certificates"));
    let port = last_stage("EXPOSE").concat();
    assert!(last_stage("ENV").concat().contains(&format!("PORT={port}")));
    // Railway refuses an image that declares a volume.
    assert!(instructions().iter().all(|(name, _)| name != "VOLUME"));
}

#[test]
fn the_image_is_built_of_what_cargo_reads_and_nothing_else() {
    for (_, rest) in instructions().iter().filter(|(name, rest)| name == "COPY" && !rest.contains("--from="))
    {
        assert_eq!(rest, ". .", "what may be copied is said in .dockerignore");
    }
    let ignored = read(".dockerignore");
    let rules: Vec<&str> =
        ignored.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(rules[0], "*", "everything is left out at first");
    let admitted: Vec<&str> = rules.iter().filter_map(|rule| rule.strip_prefix('!')).collect();
    for path in &admitted {
        assert!(root().join(path).exists(), "{path} is not there");
        assert!(!path.contains(".env") && !path.contains("data"), "{path}");
    }
    // The members of the workspace, and what build.rs packs.
    for needed in ["Cargo.toml", "Cargo.lock", "crates", "examples/Cargo.toml", "examples/src", "xtask"] {
        assert!(admitted.contains(&needed), "{needed} is left out");
    }
    assert!(admitted.contains(&"fixtures/recordings/demo"));
    for last in ["**/.env", "**/target", "**/node_modules"] {
        assert!(rules.contains(&last), "{last}");
    }
}

#[test]
fn no_secret_is_in_the_image_or_in_a_file_for_a_host() {
    for (name, rest) in
        instructions().iter().filter(|(name, _)| matches!(name.as_str(), "ENV" | "ARG" | "RUN"))
    {
        for secret in SECRET {
            assert!(!rest.contains(secret), "{name} {rest}");
        }
    }
    for (file, variables) in [("render.yaml", render()), ("railway.ts", railway())] {
        for secret in SECRET {
            assert_eq!(variables[secret], None, "{secret} has a value in {file}");
        }
    }
}

#[test]
fn hosts_set_what_the_worker_reads_and_what_it_needs() {
    let known = known();
    let of_image = last_stage("ENV").join(" ");
    let image = of_image.split(' ').filter_map(|pair| pair.split_once('=')).map(|(name, _)| name.to_owned());
    for name in render().into_keys().chain(railway().into_keys()).chain(image) {
        assert!(known.contains(&name) || name.starts_with("RAILWAY_"), "the worker does not read {name}");
    }
    for needed in NEEDED {
        assert!(render().contains_key(needed), "{needed} is not in render.yaml");
        assert!(railway().contains_key(needed), "{needed} is not in railway.ts");
    }
}

#[test]
fn hosts_wait_for_longer_than_the_worker_takes_to_stop() {
    let (yaml, ts) = (read("render.yaml"), read(".railway/railway.ts"));
    let seconds = |text: String| text.parse::<u32>().unwrap();
    let grace = |variables: BTreeMap<String, Option<String>>| {
        seconds(variables["SHUTDOWN_GRACE_SECONDS"].clone().unwrap()) + AFTER_GRACE_SECONDS
    };
    assert!(seconds(setting(&yaml, "maxShutdownDelaySeconds")) >= grace(render()));
    assert!(seconds(setting(&ts, "RAILWAY_DEPLOYMENT_DRAINING_SECONDS")) >= grace(railway()));
}

#[test]
fn hosts_ask_what_anybody_may_ask() {
    // Render restarts what does not answer, so it must not ask for the store; Railway asks once, so it should.
    assert_eq!(setting(&read("render.yaml"), "healthCheckPath"), "/health");
    assert_eq!(setting(&read(".railway/railway.ts"), "healthcheck"), "/ready");
}
