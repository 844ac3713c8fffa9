use reqwest::header::HeaderValue;

use crate::FetchError;

/// EDGAR wants a name and a mail address, and blocks whoever gives none.
pub(super) fn user_agent(given: &str) -> Result<HeaderValue, FetchError> {
    let bad = |reason| FetchError::BadUserAgent { user_agent: given.chars().take(100).collect(), reason };
    let given = given.trim();
    if given.is_empty() {
        return Err(FetchError::MissingUserAgent);
    }
    if !given.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
        return Err(bad("it may hold ASCII letters, digits and signs alone"));
    }
    if !given.split(' ').any(is_mail_address) {
        return Err(bad("it names no mail address"));
    }
    HeaderValue::from_str(given).map_err(|_| bad("it cannot be sent"))
}

fn is_mail_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "()<>[],;".contains(c));
    word.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_agent_names_a_mail_address() {
        for given in ["Acme Research ops@acme.example", " ops@acme.example ", "Acme/1.0 (ops@acme.example)"] {
            assert!(user_agent(given).is_ok(), "{given}");
        }
        for given in ["", "  "] {
            assert!(matches!(user_agent(given), Err(FetchError::MissingUserAgent)), "{given:?}");
        }
        for given in
            ["Mozilla/5.0", "Acme @", "Acme a@b", "Acmé ops@acme.example", "Acme\r\nX: ops@acme.example"]
        {
            assert!(matches!(user_agent(given), Err(FetchError::BadUserAgent { .. })), "{given:?}");
        }
    }
}
