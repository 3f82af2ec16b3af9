use super::SetAllowedHosts;
use crate::ui::{Button, Card, Field, FormErrors, FormProblem, toast_results};
use leptos::prelude::*;

/// The hosts that boards may come from.
#[component]
pub(super) fn HostsCard(hosts: Vec<String>) -> impl IntoView {
    let save = ServerAction::<SetAllowedHosts>::new();
    let errors = FormErrors::of(save);
    toast_results(save, "Allowed hosts saved");
    let text = RwSignal::new(hosts.join("\n"));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let hosts =
            text.with_untracked(|text| text.split([',', ' ', '\n']).map(str::trim).filter(|host| !host.is_empty()).map(str::to_owned).collect());
        save.dispatch(SetAllowedHosts { hosts });
    };
    view! {
        <details class="more-options">
            <summary>"Limit where boards may come from"</summary>
            <Card>
                <form class="stack" on:submit=send novalidate=true>
                    <FormProblem errors />
                    <Field
                        id="allowed-hosts"
                        label="Allowed hosts"
                        hint="One a line, for example metabase.example.com. Boards of other hosts are then refused. Leave it empty to allow any."
                        error=errors.field("hosts")
                    >
                        <textarea
                            class="input"
                            id="allowed-hosts"
                            rows="3"
                            spellcheck="false"
                            aria-describedby="allowed-hosts-hint allowed-hosts-error"
                            prop:value=move || text.get()
                            on:input=move |event| text.set(event_target_value(&event))
                        ></textarea>
                    </Field>
                    <div><Button submit=true busy=save.pending()>"Save the list"</Button></div>
                </form>
            </Card>
        </details>
    }
}
