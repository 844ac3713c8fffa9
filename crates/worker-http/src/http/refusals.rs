//! Refusals that many routes have in common. They are told once in the document and pointed to, so that no route forgets one.

use utoipa::openapi::{
    Components, Content, HeaderBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder, path::Operation,
    schema::Type,
};

use super::problem::MEDIA_TYPE;

/// What a route may answer beside what is particular to it.
struct Refusal {
    status: &'static str,
    name: &'static str,
    description: &'static str,
    /// What else is told, by a header.
    header: Option<(&'static str, Type)>,
    concerns: fn(&Operation) -> bool,
}

const REFUSALS: [Refusal; 7] = [
    Refusal {
        status: "400",
        name: "Unreadable",
        description: "A parameter cannot be read",
        header: None,
        concerns: |operation| operation.parameters.is_some(),
    },
    Refusal {
        status: "401",
        name: "Unauthorized",
        description: "No right secret was shown",
        header: Some(("WWW-Authenticate", Type::String)),
        concerns: is_guarded,
    },
    Refusal {
        status: "403",
        name: "Forbidden",
        description: "There is no secret, and another machine or a page in a browser asks",
        header: None,
        concerns: is_guarded,
    },
    Refusal {
        status: "408",
        name: "Late",
        description: "The request took too long",
        header: None,
        concerns: |_| true,
    },
    Refusal {
        status: "429",
        name: "TooMany",
        description: "Too many tries without a right secret, from the same address",
        header: Some(("Retry-After", Type::Integer)),
        concerns: is_guarded,
    },
    Refusal {
        status: "500",
        name: "Failed",
        description: "The worker had an internal error",
        header: None,
        concerns: is_guarded,
    },
    Refusal {
        status: "503",
        name: "Unavailable",
        description: "The store is out of reach; try again",
        header: None,
        concerns: is_guarded,
    },
];

/// Adds to each route what it may answer and does not say itself.
pub(super) fn tell(document: &mut OpenApi) {
    for path in document.paths.paths.values_mut() {
        let operations = [&mut path.get, &mut path.post, &mut path.delete];
        for operation in operations.into_iter().flatten() {
            for refusal in REFUSALS.iter().filter(|refusal| (refusal.concerns)(operation)).collect::<Vec<_>>()
            {
                let pointer = RefOr::Ref(Ref::from_response_name(refusal.name));
                operation.responses.responses.entry(refusal.status.to_owned()).or_insert(pointer);
            }
        }
    }
    let components = document.components.get_or_insert_with(Components::new);
    components
        .responses
        .extend(REFUSALS.iter().map(|refusal| (refusal.name.to_owned(), refusal.response().into())));
}

/// A route that is open says so itself.
fn is_guarded(operation: &Operation) -> bool {
    operation.security.is_none()
}

impl Refusal {
    fn response(&self) -> Response {
        let problem = Content::new(Some(Ref::from_schema_name("Problem")));
        let mut response = ResponseBuilder::new().description(self.description).content(MEDIA_TYPE, problem);
        if let Some((name, kind)) = &self.header {
            let schema = utoipa::openapi::ObjectBuilder::new().schema_type(kind.clone()).build();
            response = response.header(*name, HeaderBuilder::new().schema(Some(schema)).build());
        }
        response.build()
    }
}
