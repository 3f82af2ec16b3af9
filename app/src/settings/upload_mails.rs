use crate::settings::ChooseNotices;
use crate::settings::api::get_notices;
use crate::ui::{Button, ButtonKind, Card, Choice, ChoiceGroup, FormErrors, FormProblem, Loaded, SelectField, toast_results};
use domain::sources::{NoticeChoice, UploadNotices};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Which mails about one's own uploads one gets.
#[component]
pub(crate) fn UploadMails() -> impl IntoView {
    let choose = ServerAction::<ChooseNotices>::new();
    toast_results(choose, "Your choice is kept");
    let errors = FormErrors::of(choose);
    let choice = Resource::new(move || choose.version().get(), |_| get_notices());
    let form = move |choice: NoticeChoice| {
        let choices = UploadNotices::ALL.map(|notices| Choice::new(notices.as_str(), notices.label())).to_vec();
        view! {
            <ActionForm action=choose attr:class="form">
                <FormProblem errors />
                <SelectField
                    label="Mail me about the files I bring"
                    name="choice[upload_notices]"
                    groups=vec![ChoiceGroup { label: String::new(), choices }]
                    selected=choice.upload_notices.as_str().to_owned()
                    hint="With the rejected rows attached. It holds for this shop, and for the keys you made."
                />
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary submit=true busy=choose.pending()>"Keep this choice"</Button>
                </div>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <Card title="Mail about your uploads">
            <Loaded resource=choice render=form />
        </Card>
    }
}
