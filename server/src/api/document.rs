//! The API's document as a whole.

use super::table::problem_schema;
use domain::FieldError;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder};
use utoipa::{PartialSchema as _, ToSchema as _};

const DESCRIPTION: &str = "A shop's sales, from files of every channel to answers. Instants are milliseconds since 1970-01-01 UTC, days `YYYY-MM-DD` \
    in the shop's time zone, money whole minor units. Every refusal is a problem (RFC 9457) that says what to do next.";

/// The document before any operation is in it.
pub fn empty() -> OpenApi {
    let license = LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build();
    let info = InfoBuilder::new().title("Tradepost").version("1").description(Some(DESCRIPTION)).license(Some(license)).build();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("An access token of POST /api/v1/auth/sign-in, or an API key (it begins with `tp_`)."))
        .build();
    let cookie = ApiKeyValue::with_description("tradepost_access", "The browser's session. Writes must come from our own pages.");
    let (name, schema) = problem_schema();
    let components = ComponentsBuilder::new()
        .security_scheme("bearer", SecurityScheme::Http(bearer))
        .security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)))
        .schema(name, schema)
        .schema(FieldError::name(), FieldError::schema())
        .build();
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}
