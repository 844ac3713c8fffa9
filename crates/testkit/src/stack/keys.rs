//! Keys as Supabase gives them out; the secrets are known to everyone and good for tests only.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::json;
use uuid::Uuid;

const SIGNING_SECRET: &[u8] = b"a secret of the tests that signs tokens and is of no use elsewhere";

/// The new kind of key; the gateway turns it into a token.
pub(super) const SECRET_KEY: &str = "sb_secret_of_the_tests_and_of_no_use_elsewhere";

/// Good until the year 2100.
const EXPIRES: u64 = 4_102_444_800;

/// A token for a role, signed.
pub(super) fn token(role: &str, user_id: Option<Uuid>) -> String {
    let claims = json!({
        "iss": "supabase", "aud": "authenticated", "role": role, "sub": user_id, "iat": 1_700_000_000, "exp": EXPIRES,
    });
    jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(SIGNING_SECRET))
        .expect("the claims are plain JSON")
}

pub(super) fn decoding_key() -> DecodingKey {
    DecodingKey::from_secret(SIGNING_SECRET)
}

pub(super) fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.required_spec_claims.clear();
    validation.validate_aud = false;
    validation
}
