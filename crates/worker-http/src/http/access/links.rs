use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::seals::Seals;

/// How long whoever was sent a link may open it.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Links to single reports that open without a secret until they expire.
pub(crate) struct Links(Seals);

impl Links {
    pub(crate) fn new(secrets: &[SecretString]) -> Self {
        Self(Seals::new("report links", secrets))
    }

    /// The address of a report on this worker; the same whenever it is asked for. `None` without a secret, where no
    /// signature is needed.
    pub(crate) fn to(&self, report_id: &str, ended_at: Timestamp) -> Option<String> {
        let expires = (ended_at + GOOD_FOR).as_second();
        let signature = self.0.seal(report_id, expires)?;
        Some(format!("/reports/{report_id}?expires={expires}&signature={signature}"))
    }

    /// Whether this query opens a report; `name` may have the ending of a format.
    pub(super) fn admit(&self, name: &str, query: Option<&str>) -> bool {
        let report_id = name.split_once('.').map_or(name, |(report_id, _)| report_id);
        query.and_then(parsed).is_some_and(|(expires, signature)| self.0.hold(report_id, expires, signature))
    }
}

fn parsed(query: &str) -> Option<(i64, &str)> {
    let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    Some((value("expires")?.parse().ok()?, value("signature")?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn links(secrets: &[&str]) -> Links {
        let secrets: Vec<SecretString> = secrets.iter().map(|&secret| secret.into()).collect();
        Links::new(&secrets)
    }

    fn opens(links: &Links, link: &str) -> bool {
        let (name, query) = link.strip_prefix("/reports/").unwrap().split_once('?').unwrap();
        links.admit(name, Some(query))
    }

    #[test]
    fn a_link_opens_its_report_in_every_format_and_no_other() {
        let links = links(&["new", "old"]);
        let link = links.to("r-1", Timestamp::now()).unwrap();
        assert!(opens(&links, &link) && opens(&links, &link.replace("r-1", "r-1.json")));
        assert!(!opens(&links, &link.replace("r-1", "r-2")));
        assert!(!opens(&links, &link.replace("expires=", "expires=9")));
        assert!(!opens(&links, &link.replace("signature=", "signature=x")));
        assert!(!links.admit("r-1", None));
    }

    #[test]
    fn a_link_outlives_the_rotation_of_its_secret_but_not_its_time() {
        let old = links(&["old"]).to("r-1", Timestamp::now()).unwrap();
        assert!(opens(&links(&["new", "old"]), &old) && !opens(&links(&["new"]), &old));
        let late = links(&["old"]).to("r-1", Timestamp::now() - SignedDuration::from_hours(31 * 24)).unwrap();
        assert!(!opens(&links(&["old"]), &late));
    }
}
