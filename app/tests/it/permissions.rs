use crate::rendered;
use app::jobs::JobsPage;
use app::session::Session;
use app::settings::{ApiKeysPage, AuditPage, MembersPage};
use app::ui::provide_toasts;
use domain::Role;
use domain::accounts::{Me, MerchantSummary};
use domain::ids::MerchantId;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;

type Page = fn() -> AnyView;

fn member(role: Role) -> Me {
    let currency = "GBP".parse().expect("a currency");
    let merchant = MerchantSummary {
        id: MerchantId(1),
        name: "Hearth".to_owned(),
        currency,
        time_zone: "Europe/London".to_owned(),
        week_start: 1,
        fiscal_year_start: 1,
        is_demo: false,
    };
    Me { user_id: None, email: "ada@example.com".to_owned(), role, is_visitor: false, upload_max_bytes: 4 << 30, merchant, merchants: Vec::new() }
}

fn page_for<V: IntoView + 'static>(role: Role, page: impl FnOnce() -> V) -> String {
    rendered(move || {
        provide_meta_context();
        provide_toasts();
        provide_context(Session::new(member(role)));
        page()
    })
}

#[test]
fn an_analyst_is_told_who_can_manage_instead_of_being_offered_it() {
    let pages: [(&str, Page); 4] = [
        ("members", || view! { <MembersPage /> }.into_any()),
        ("keys", || view! { <ApiKeysPage /> }.into_any()),
        ("audit", || view! { <AuditPage /> }.into_any()),
        ("jobs", || view! { <JobsPage /> }.into_any()),
    ];
    for (name, page) in pages {
        let html = page_for(Role::Analyst, page);
        assert!(html.contains("An admin or owner of this shop can do this"), "{name}: {html}");
        assert!(!html.contains("<form") && !html.contains("<table"), "{name}: {html}");
    }
}

#[test]
fn a_session_knows_what_its_role_may_do() {
    let owner = Owner::new();
    owner.with(|| {
        let session = Session::new(member(Role::Analyst));
        assert!(session.can(domain::Permission::AddData) && !session.can(domain::Permission::ManageShop));
        assert_eq!(session.merchant().name, "Hearth");
    });
}
