use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{Method, StatusCode},
};
use secrecy::{ExposeSecret as _, SecretString};
use standardwebhooks::{HEADER_WEBHOOK_SIGNATURE, Webhook};

use crate::http::{Problem, router::LARGEST_BODY_BYTES};

/// The one request whose body says all there is to it: the signature is over the body and not over the address.
const PATH: &str = "/generate-report";

/// Callers that sign their requests after Standard Webhooks, with a secret of ours instead of bearing it.
pub(super) struct Signers(Vec<Webhook>);

impl Signers {
    /// A secret that is written as Standard Webhooks does is base64; any other is its letters.
    pub(super) fn new(secrets: &[SecretString]) -> Self {
        let signer = |secret: &SecretString| {
            let secret = secret.expose_secret();
            let encoded = secret.starts_with("whsec_").then(|| Webhook::new(secret).ok()).flatten();
            encoded.or_else(|| Webhook::from_bytes(secret.as_bytes().to_vec()).ok())
        };
        Self(secrets.iter().filter_map(signer).collect())
    }

    /// Whether the request is signed, at most five minutes ago.
    pub(super) async fn admit(&self, request: Request) -> Result<(Request, bool), Problem> {
        let may_be_signed = request.method() == Method::POST
            && request.uri().path() == PATH
            && request.headers().contains_key(HEADER_WEBHOOK_SIGNATURE);
        if !may_be_signed {
            return Ok((request, false));
        }
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, LARGEST_BODY_BYTES).await;
        let body = body.map_err(|_| Problem::of(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large"))?;
        // Every signer is asked, whichever it is.
        let fits =
            self.0.iter().fold(false, |fits, signer| fits | signer.verify(&body, &parts.headers).is_ok());
        Ok((Request::from_parts(parts, Body::from(body)), fits))
    }
}
