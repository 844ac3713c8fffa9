use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use standardwebhooks::Webhook;
use subtle::ConstantTimeEq as _;

/// How long whoever was sent a link may open it.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Links to single reports that open without a secret until they expire.
pub(crate) struct Links {
    /// The first one signs; the others still open what they signed before.
    keys: Vec<Webhook>,
}

impl Links {
    pub(crate) fn new(secrets: &[SecretString]) -> Self {
        // A key of its own: no signature here is one of a request.
        let key = |secret: &SecretString| {
            let digest =
                Sha256::new().chain_update("report links\0").chain_update(secret.expose_secret()).finalize();
            Webhook::from_bytes(digest.to_vec()).ok()
        };
        Self { keys: secrets.iter().filter_map(key).collect() }
    }

    /// The address of a report on this worker; the same whenever it is asked for. `None` without a secret, where no
    /// signature is needed.
    pub(crate) fn to(&self, report_id: &str, ended_at: Timestamp) -> Option<String> {
        let expires = (ended_at + GOOD_FOR).as_second();
        let signature = signature(self.keys.first()?, report_id, expires)?;
        Some(format!("/reports/{report_id}?expires={expires}&signature={signature}"))
    }

    /// Whether this query opens a report; `name` may have the ending of a format.
    pub(super) fn admit(&self, name: &str, query: Option<&str>) -> bool {
        let report_id = name.split_once('.').map_or(name, |(report_id, _)| report_id);
        let Some((expires, given)) = query.and_then(parsed) else { return false };
        expires >= Timestamp::now().as_second()
            && self.keys.iter().any(|key| {
                signature(key, report_id, expires)
                    .is_some_and(|signature| signature.as_bytes().ct_eq(given.as_bytes()).into())
            })
    }
}

fn signature(key: &Webhook, report_id: &str, expires: i64) -> Option<String> {
    let signed = key.sign(report_id, expires, b"").ok()?;
    Some(URL_SAFE_NO_PAD.encode(Sha256::digest(signed.as_bytes())))
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
