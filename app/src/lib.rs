//! The user interface: every page, rendered on the server and taken over by the browser.
#![expect(unreachable_pub, reason = "the component macro makes public items in private places")]

pub mod accounts;
pub mod charts;
pub mod dashboards;
pub mod embeds;
pub mod jobs;
pub mod session;
pub mod settings;
pub mod shell;
pub mod sources;
pub mod ui;
pub mod welcome;
pub mod wire;

use crate::accounts::{ForgotPasswordPage, InvitationPage, ResetPasswordPage, SignInPage, SignUpPage};
use crate::dashboards::{CardRowsPage, ChangedPage, DashboardPage, EditDashboardPage, NewDashboardPage, SalesPage, SharedPage, SharingPage, TvPage};
use crate::embeds::{AddBoardPage, BoardPage, BoardSettingsPage, BoardsPage, EditBoardPage};
use crate::jobs::JobsPage;
use crate::settings::{ApiKeysPage, AuditPage, MembersPage, SecurityPage, SettingsFrame, ShopPage};
use crate::shell::{Frame, NotFoundPage, PublicFrame};
use crate::sources::{AddDataPage, MappingPage, QualityPage, RowsPage, UploadPage, UploadsPage};
use crate::welcome::WelcomePage;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

#[cfg(feature = "ssr")]
pub use shell::document;

/// The application: its routes are the list of all pages. Who may open which is decided by the server's middleware and
/// by each use case; a page only says it in words.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    ui::provide_toasts();

    view! {
        <Title formatter=|title: String| if title.is_empty() { "Tradepost".to_owned() } else { format!("{title} · Tradepost") } />
        <Router>
            <Routes fallback=NotFoundPage>
                // Open to everybody.
                <ParentRoute path=path!("") view=PublicFrame ssr=SsrMode::Async>
                    <Route path=path!("") view=WelcomePage ssr=SsrMode::Async />
                    <Route path=path!("sign-up") view=SignUpPage ssr=SsrMode::Async />
                    <Route path=path!("sign-in") view=SignInPage ssr=SsrMode::Async />
                    <Route path=path!("forgot-password") view=ForgotPasswordPage ssr=SsrMode::Async />
                    <Route path=path!("reset-password") view=ResetPasswordPage ssr=SsrMode::Async />
                    <Route path=path!("invitation") view=InvitationPage ssr=SsrMode::Async />
                </ParentRoute>
                // For whoever has the link.
                <Route path=path!("shared/:token") view=SharedPage ssr=SsrMode::Async />
                // For members of a shop, on a wall.
                <Route path=path!("dashboards/:key/tv") view=TvPage ssr=SsrMode::Async />
                // For members of a shop.
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::PartiallyBlocked>
                    <Route path=path!("sales") view=SalesPage ssr=SsrMode::PartiallyBlocked />
                    <Route path=path!("dashboards/new") view=NewDashboardPage ssr=SsrMode::Async />
                    <Route path=path!("dashboards/:key") view=DashboardPage ssr=SsrMode::Async />
                    <Route path=path!("dashboards/:key/cards/:place/rows") view=CardRowsPage ssr=SsrMode::Async />
                    <Route path=path!("dashboards/:key/edit") view=EditDashboardPage ssr=SsrMode::Async />
                    <Route path=path!("changes/:measure") view=ChangedPage ssr=SsrMode::Async />
                    <Route path=path!("dashboards/:key/sharing") view=SharingPage ssr=SsrMode::Async />
                    <Route path=path!("boards") view=BoardsPage ssr=SsrMode::Async />
                    <Route path=path!("boards/:id") view=BoardPage ssr=SsrMode::Async />
                    <Route path=path!("data/add") view=AddDataPage ssr=SsrMode::Async />
                    <Route path=path!("data/uploads") view=UploadsPage ssr=SsrMode::Async />
                    <Route path=path!("data/uploads/:id") view=UploadPage ssr=SsrMode::Async />
                    <Route path=path!("data/uploads/:id/mapping") view=MappingPage ssr=SsrMode::Async />
                    <Route path=path!("data/uploads/:id/quality") view=QualityPage ssr=SsrMode::Async />
                    <Route path=path!("data/uploads/:id/rows") view=RowsPage ssr=SsrMode::Async />
                    <ParentRoute path=path!("settings") view=SettingsFrame ssr=SsrMode::Async>
                        <Route path=path!("shop") view=ShopPage ssr=SsrMode::Async />
                        <Route path=path!("members") view=MembersPage ssr=SsrMode::Async />
                        <Route path=path!("boards") view=BoardSettingsPage ssr=SsrMode::Async />
                        <Route path=path!("boards/add") view=AddBoardPage ssr=SsrMode::Async />
                        <Route path=path!("boards/:id") view=EditBoardPage ssr=SsrMode::Async />
                        <Route path=path!("api-keys") view=ApiKeysPage ssr=SsrMode::Async />
                        <Route path=path!("security") view=SecurityPage ssr=SsrMode::Async />
                        <Route path=path!("audit") view=AuditPage ssr=SsrMode::Async />
                        <Route path=path!("jobs") view=JobsPage ssr=SsrMode::Async />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
        <ui::ToastRegion />
    }
}
