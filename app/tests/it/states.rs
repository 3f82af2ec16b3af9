use crate::rendered;
use app::ui::{EmptyState, ErrorState, Table};
use domain::AppError;
use leptos::prelude::*;

#[test]
fn an_ended_session_offers_to_sign_in() {
    let html = rendered(|| view! { <ErrorState error=AppError::unauthorized() /> });
    assert!(html.contains("Your session has ended") && html.contains(r#"href="/sign-in""#), "{html}");
    assert!(html.contains(r#"role="alert""#), "{html}");
}

#[test]
fn words_of_an_error_are_never_markup() {
    let html = rendered(|| view! { <ErrorState error=AppError::conflict("<img src=x onerror=alert(1)> is taken") /> });
    assert!(!html.contains("<img"), "{html}");
}

#[test]
fn an_empty_page_says_what_to_do() {
    let html = rendered(|| view! { <EmptyState title="No uploads yet" text="Add a file.">"Add data"</EmptyState> });
    assert!(html.contains("No uploads yet") && html.contains("Add data"), "{html}");
}

#[test]
fn a_table_can_be_scrolled_by_keyboard_and_names_its_columns() {
    let html = rendered(|| view! { <Table caption="Members" headings=vec!["Name", "#Orders", ""]><tr></tr></Table> });
    assert!(html.contains(r#"tabindex="0""#) && html.contains(r#"aria-label="Members""#), "{html}");
    assert!(html.contains(r#"<th scope="col" class="number">Orders"#) && html.contains("Actions"), "{html}");
}
