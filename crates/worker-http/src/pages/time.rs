use jiff::{Timestamp, civil::Date, tz::TimeZone};
use maud::{Markup, html};

/// `just now`, `41 s ago`, `3 minutes ago`; of another day its date.
pub(super) fn ago(then: Timestamp, now: Timestamp) -> Markup {
    let text = match since(then, now) {
        Some(_) if now.duration_since(then).as_secs() < 1 => "just now".to_owned(),
        Some(span) => format!("{span} ago"),
        None => format!("on {}", day(then)),
    };
    html! { time datetime=(then) title=(then) { (text) } }
}

/// `41 s`, `3 minutes`; `None` from a day on.
pub(super) fn since(then: Timestamp, now: Timestamp) -> Option<String> {
    let seconds = now.duration_since(then).as_secs().max(0);
    let counted = |count: i64, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match seconds {
        0 => Some("less than 1 s".to_owned()),
        1..120 => Some(format!("{seconds} s")),
        120..7200 => Some(counted(seconds / 60, "minute")),
        7200..86400 => Some(counted(seconds / 3600, "hour")),
        _ => None,
    }
}

/// `March 2, 2026`, in UTC
pub(super) fn day(then: Timestamp) -> String {
    date(then.to_zoned_datetime(TimeZone::UTC).date())
}

/// `March 2, 2026`
pub(super) fn date(date: Date) -> String {
    date.strftime("%B %-d, %Y").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn times_are_told_as_people_tell_them() {
        let now: Timestamp = "2026-03-02T12:00:00Z".parse().unwrap();
        let told = |seconds| ago(now - SignedDuration::from_secs(seconds), now).into_string();
        for (seconds, text) in [
            (-5, ">just now<"),
            (41, ">41 s ago<"),
            (180, ">3 minutes ago<"),
            (7200, ">2 hours ago<"),
            (86_400, ">on March 1, 2026<"),
        ] {
            assert!(told(seconds).contains(text), "{}", told(seconds));
        }
    }
}
