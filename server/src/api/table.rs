//! A table of operations: each stands there with who may call it, and cannot stand there without.

use crate::http::access::{Access, guard};
use crate::problem::{CONTENT_TYPE, Problem};
use crate::state::App;
use axum::middleware::from_fn_with_state;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, ResponseBuilder, SecurityRequirement};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

/// The name of an operation's extension that says who may call it.
pub const ACCESS: &str = "x-access";

/// Operations and their document.
pub struct Table(OpenApiRouter<App>);

impl Table {
    /// Empty, with what the document says of the API as a whole.
    pub fn new(document: OpenApi) -> Self {
        Self(OpenApiRouter::with_openapi(document))
    }

    /// Operations that the same people may call.
    #[must_use]
    pub fn add(self, access: Access, routes: UtoipaMethodRouter<App>) -> Self {
        let (schemas, mut paths, handlers) = routes;
        for operation in paths.paths.values_mut().flat_map(operations_mut) {
            describe(operation, access);
        }
        // Only where a method matches: what is not there is nobody's secret.
        let handlers = handlers.route_layer(from_fn_with_state(access, guard));
        Self(self.0.routes((schemas, paths, handlers)))
    }

    /// The routes and the document.
    pub fn into_parts(self) -> (axum::Router<App>, OpenApi) {
        self.0.split_for_parts()
    }
}

fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete].into_iter().filter_map(Option::as_mut)
}

/// Adds to an operation who may call it and how it refuses.
fn describe(operation: &mut Operation, access: Access) {
    operation.security = Some(match access {
        Access::Public => Vec::new(),
        _ => vec![SecurityRequirement::new("bearer", Vec::<String>::new()), SecurityRequirement::new("cookie", Vec::<String>::new())],
    });
    let extension = utoipa::openapi::extensions::ExtensionsBuilder::new().add(ACCESS, access.word()).build();
    operation.extensions.get_or_insert_default().merge(extension);
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let refusal = ResponseBuilder::new().description("A problem: what happened and what to do next.").content(CONTENT_TYPE, problem).build();
    operation.responses.responses.insert("default".to_owned(), refusal.into());
    for response in operation.responses.responses.values_mut() {
        if let utoipa::openapi::RefOr::T(response) = response
            && response.description.is_empty()
        {
            response.description = "Done.".to_owned();
        }
    }
}

/// The schema that every refusal has.
pub(super) fn problem_schema() -> (String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>) {
    use utoipa::{PartialSchema as _, ToSchema as _};
    (Problem::name().into_owned(), Problem::schema())
}
