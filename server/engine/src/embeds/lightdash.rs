//! Lightdash: a token in the fragment, which never reaches a log.

use super::claims::{Claims, MintProblem, Minted, Secret};
use super::json_web_token::{Header, sign};
use serde::Serialize;
use std::collections::BTreeMap;
use url::Url;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    content: Content<'a>,
    user: User<'a>,
    user_attributes: &'a BTreeMap<String, String>,
    iat: i64,
    exp: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    r#type: &'static str,
    dashboard_uuid: &'a str,
    dashboard_filters_interactivity: Interactivity,
    can_export_csv: bool,
    can_export_images: bool,
    can_export_page_pdf: bool,
    can_date_zoom: bool,
}

#[derive(Serialize)]
struct Interactivity {
    enabled: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct User<'a> {
    external_id: &'a str,
    email: &'a str,
}

pub(super) fn mint(secret: &Secret, claims: &Claims<'_>) -> Result<Minted, MintProblem> {
    let key = secret.required("secret")?;
    let wrong = || MintProblem::WrongResource("a dashboard of a project");
    let project = claims.resource.group.as_deref().filter(|_| claims.resource.kind == "dashboard").ok_or_else(wrong)?;
    let payload = Payload {
        content: Content {
            r#type: "dashboard",
            dashboard_uuid: &claims.resource.id,
            dashboard_filters_interactivity: Interactivity { enabled: "none" },
            can_export_csv: false,
            can_export_images: false,
            can_export_page_pdf: false,
            can_date_zoom: false,
        },
        user: User { external_id: &claims.viewer.id, email: &claims.viewer.email },
        user_attributes: claims.locked,
        iat: claims.now_s,
        exp: claims.expires_at_s(),
    };
    let mut url = Url::parse(claims.url).map_err(|_| wrong())?;
    url.set_path(&format!("/embed/{project}"));
    url.set_fragment(Some(&sign(key, &Header::default(), &payload)));
    Ok(Minted { url: url.into(), token: None, expires_at_s: claims.expires_at_s() })
}
