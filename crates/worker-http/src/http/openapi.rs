//! The worker told to programs: OpenAPI 3.1, made from the routes themselves, and a page that shows it.

use std::sync::Arc;

use axum::{Json, Router, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Components,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_swagger_ui::{Config, SwaggerUi, Url};

use super::{Api, refusals, router};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "10-K change reports",
        description = "A ticker goes in, a report on what changed between a company's two latest annual reports comes out.\n\n\
Without `WORKER_SECRET` the worker answers this machine alone; with it, every route but `/health` and `/ready` needs the secret \
as a bearer. Browsers log in at `/login` and send a cookie. `POST /generate-report` may be signed after Standard Webhooks instead. Errors are problems (RFC 9457).",
        license(name = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "jobs", description = "Asking for reports and seeing them made"),
        (name = "reports", description = "What came of it"),
        (name = "worker", description = "The process itself")
    ),
    security(("bearer" = [])),
    modifiers(&Bearer)
)]
struct Description;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("One of WORKER_SECRET"))
            .build();
        let components = document.components.get_or_insert_with(Components::new);
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// The document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    let mut document = Description::openapi();
    document.merge(router::anybody().into_openapi());
    document.merge(router::those_who_are_let_in().into_openapi());
    refusals::tell(&mut document);
    document
}

/// The same as this worker has it: without a secret it asks for none.
fn document_of(api: &Api) -> utoipa::openapi::OpenApi {
    let mut document = document();
    if !api.access.has_secrets() {
        document.security = None;
        document.components.get_or_insert_default().security_schemes.clear();
    }
    document
}

pub(super) fn routes(api: &Api) -> Router<Arc<Api>> {
    let told = Json(document_of(api));
    // The page asks for the document once more, from us.
    let page = SwaggerUi::new("/docs").config(Config::new([Url::from("/openapi.json")]));
    Router::new().route("/openapi.json", get(async move || told)).merge(Router::<Arc<Api>>::from(page))
}
