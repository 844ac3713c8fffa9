use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use sec_fetch::{Amount, Cache, CacheStats};

use super::{stdout, summary::thousands};
use crate::{
    app,
    config::{Config, MEGABYTE},
};

/// `worker-http cache stats|clear`
#[derive(Debug, clap::Args)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    command: CacheCommand,
}

#[derive(Debug, clap::Subcommand)]
enum CacheCommand {
    /// Says how much is kept, and where
    Stats,
    /// Removes all of it
    Clear,
}

pub(super) fn run(args: &CacheArgs, config: &Config) -> anyhow::Result<()> {
    let dir = app::cache_dir(&config.storage.user_dir()?);
    let cache = Cache::new(&dir);
    let said = match args.command {
        CacheCommand::Stats => kept(&cache.stats()?, config.storage.cache_limit_bytes),
        CacheCommand::Clear => removed(&cache.clear()?),
    };
    Ok(stdout::line(&format!("{said}{:<12}{}", "Folder", dir.display()))?)
}

fn kept(stats: &CacheStats, limit_bytes: u64) -> String {
    let tickers = stats.tickers_read_at.map(|read_at| Timestamp::now().duration_since(read_at));
    let tickers = tickers.map(|age| format!("; the tickers were read {} ago", span(age))).unwrap_or_default();
    lines(&[
        ("Filings", files(stats.documents)),
        ("Lists", files(stats.lists) + &tickers),
        ("In all", format!("{} of at most {} (CACHE_MAX_MB)", size(stats.total().bytes), size(limit_bytes))),
    ])
}

fn removed(stats: &CacheStats) -> String {
    lines(&[("Removed", files(stats.total()))])
}

fn lines(lines: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (what, how) in lines {
        let _ = writeln!(text, "{what:<12}{how}");
    }
    text
}

/// `2 files, 14 kB`
fn files(amount: Amount) -> String {
    let plural = if amount.files == 1 { "" } else { "s" };
    format!("{} file{plural}, {}", thousands(amount.files), size(amount.bytes))
}

fn size(bytes: u64) -> String {
    if bytes < 10 * MEGABYTE {
        format!("{} kB", thousands(bytes.div_ceil(1000)))
    } else {
        format!("{} MB", thousands(bytes.div_ceil(MEGABYTE)))
    }
}

/// `2 hours`
pub(super) fn span(age: SignedDuration) -> String {
    let minutes = age.as_mins().max(0);
    let (number, unit) = match minutes {
        0..=59 => (minutes, "minute"),
        60..=2879 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_commands_say_how_much() {
        let stats = CacheStats {
            documents: Amount { files: 1204, bytes: 312_400_000 },
            lists: Amount { files: 1, bytes: 200 },
            tickers_read_at: Some(Timestamp::now() - SignedDuration::from_mins(121)),
        };
        insta::assert_snapshot!(kept(&stats, 1_000_000_000), @"
        Filings     1,204 files, 313 MB
        Lists       1 file, 1 kB; the tickers were read 2 hours ago
        In all      313 MB of at most 1,000 MB (CACHE_MAX_MB)
        ");
        insta::assert_snapshot!(removed(&stats), @"Removed     1,205 files, 313 MB");
        insta::assert_snapshot!(kept(&CacheStats::default(), 10_000_000), @"
        Filings     0 files, 0 kB
        Lists       0 files, 0 kB
        In all      0 kB of at most 10 MB (CACHE_MAX_MB)
        ");
    }

    #[test]
    fn ages_are_rounded_down() {
        let minutes = [-5, 0, 1, 59, 60, 119, 2879, 2880, 14_400];
        let said: Vec<_> = minutes.map(|minutes| span(SignedDuration::from_mins(minutes))).into();
        assert_eq!(
            said.join(", "),
            "0 minutes, 0 minutes, 1 minute, 59 minutes, 1 hour, 1 hour, 47 hours, 2 days, 10 days"
        );
    }
}
