use crate::accounts::{currency_groups, list_time_zones, time_zone_groups};
use crate::session::use_session;
use crate::settings::UpdateMerchant;
use crate::ui::{
    Button, ButtonKind, Card, Choice, ChoiceGroup, FormErrors, FormProblem, Loaded, Notice, PageHead, SelectField, TextField, Tone, checked,
    use_toasts,
};
use domain::{Permission, format};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The shop's name, currency, time zone, week and fiscal year.
#[component]
pub fn ShopPage() -> impl IntoView {
    let session = use_session();
    let zones = Resource::new(|| (), |()| list_time_zones());
    let form = |zones| view! { <ShopForm zones /> }.into_any();
    let facts = move || view! { <ShopFacts /> };
    view! {
        <PageHead title="Shop" lead="What the shop is called, and how its days and money are counted".to_owned() />
        <Show when=move || session.can(Permission::ManageShop) fallback=facts>
            <Card>
                <Loaded resource=zones render=form lines=5 />
            </Card>
        </Show>
    }
}

#[component]
fn ShopForm(zones: Vec<String>) -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let save = ServerAction::<UpdateMerchant>::new();
    let errors = FormErrors::of(save);
    let check = errors.check(|call: &UpdateMerchant| checked(&call.input));
    let shop = session.merchant();
    Effect::new(move |_| {
        if let Some(Ok(merchant)) = save.value().get() {
            session.set_merchant(merchant);
            toasts.done("Shop settings saved");
        }
    });
    let months = (1..=12).map(|month| Choice::new(month.to_string(), format::whole_month_name(month))).collect();
    let weekdays = (1..=7).map(|day| Choice::new(day.to_string(), format::weekday_name(day))).collect();
    view! {
        <ActionForm action=save attr:class="form" attr:novalidate=true on:submit:capture=check>
            <FormProblem errors />
            <TextField label="Shop name" name="input[name]" value=shop.name required=true error=errors.field("name") />
            <div class="form-row">
                <SelectField
                    label="Currency"
                    name="input[currency]"
                    groups=currency_groups()
                    selected=shop.currency.code().to_owned()
                    hint="Amounts in files are never converted; orders in other currencies are shown apart."
                    error=errors.field("currency")
                />
                <SelectField
                    label="Time zone"
                    name="input[time_zone]"
                    groups=time_zone_groups(&zones)
                    selected=shop.time_zone
                    hint="Decides on which day an order falls. Days already counted are counted anew."
                    error=errors.field("time_zone")
                />
                <SelectField
                    label="First day of the week"
                    name="input[week_start]"
                    groups=vec![ChoiceGroup { label: String::new(), choices: weekdays }]
                    selected=shop.week_start.to_string()
                    error=errors.field("week_start")
                />
                <SelectField
                    label="Fiscal year begins in"
                    name="input[fiscal_year_start]"
                    groups=vec![ChoiceGroup { label: String::new(), choices: months }]
                    selected=shop.fiscal_year_start.to_string()
                    hint="Fiscal years and quarters of boards and questions begin with this month."
                    error=errors.field("fiscal_year_start")
                />
            </div>
            <div class="form-actions">
                <Button kind=ButtonKind::Primary submit=true busy=save.pending()>"Save"</Button>
            </div>
        </ActionForm>
    }
}

/// The same, for those who may only read it.
#[component]
fn ShopFacts() -> impl IntoView {
    let shop = use_session().merchant();
    view! {
        <Card>
            <Notice tone=Tone::Info>"An admin or owner of the shop can change this."</Notice>
            <dl class="facts">
                <div><dt>"Shop name"</dt><dd>{shop.name}</dd></div>
                <div><dt>"Currency"</dt><dd>{format!("{} – {}", shop.currency.code(), shop.currency.name())}</dd></div>
                <div><dt>"Time zone"</dt><dd>{shop.time_zone}</dd></div>
                <div><dt>"Fiscal year begins in"</dt><dd>{format::whole_month_name(shop.fiscal_year_start)}</dd></div>
                <div><dt>"First day of the week"</dt><dd>{format::weekday_name(shop.week_start)}</dd></div>
            </dl>
        </Card>
    }
}
