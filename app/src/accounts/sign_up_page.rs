use crate::accounts::entry::Entry;
use crate::accounts::{SignUp, currency_groups, guess, list_time_zones, time_zone_groups};
use crate::ui::{Button, ButtonKind, FormErrors, FormProblem, Loaded, SelectField, TextField, checked};
use leptos::form::ActionForm;
use leptos::html;
use leptos::prelude::*;

/// Opening a shop. Time zone and currency are guessed from the browser and can be changed.
#[component]
pub fn SignUpPage() -> impl IntoView {
    let zones = Resource::new(|| (), |()| list_time_zones());
    let form = |zones| view! { <SignUpForm zones /> }.into_any();
    view! {
        <Entry title="Sign up" lead="Two minutes, no card. Everything can be changed later, and your figures stay on this machine.">
            <Loaded resource=zones lines=5 render=form />
            <p class="entry-else">"Have an account already? " <a href="/sign-in">"Sign in"</a></p>
        </Entry>
    }
}

#[component]
fn SignUpForm(zones: Vec<String>) -> impl IntoView {
    let sign_up = ServerAction::<SignUp>::new();
    let errors = FormErrors::of(sign_up);
    let check = errors.check(|call: &SignUp| checked(&call.input));
    let (zone, zone_select) = (RwSignal::new(String::new()), NodeRef::<html::Select>::new());
    let (currency, currency_select) = (RwSignal::new(String::new()), NodeRef::<html::Select>::new());
    let groups = time_zone_groups(&zones);
    Effect::new(move |_| {
        propose(zone, zone_select, guess::time_zone().filter(|guess| zones.contains(guess)));
        propose(currency, currency_select, guess::currency().map(str::to_owned));
    });
    view! {
        <ActionForm action=sign_up attr:class="form" attr:novalidate=true on:submit:capture=check>
            <FormProblem errors />
            <TextField label="Shop name" name="input[merchant_name]" autocomplete="organization" required=true error=errors.field("merchant_name") />
            <TextField label="E-mail address" name="input[email]" kind="email" autocomplete="email" required=true error=errors.field("email") />
            <TextField
                label="Password"
                name="input[password]"
                kind="password"
                autocomplete="new-password"
                hint="At least 10 characters. A few words in a row are easy to remember."
                required=true
                error=errors.field("password")
            />
            <div class="form-row">
                <SelectField
                    label="Currency"
                    name="input[currency]"
                    groups=currency_groups()
                    selected=currency
                    required=true
                    error=errors.field("currency")
                    node_ref=currency_select
                />
                <SelectField
                    label="Time zone"
                    name="input[time_zone]"
                    groups
                    selected=zone
                    required=true
                    error=errors.field("time_zone")
                    node_ref=zone_select
                />
            </div>
            <Button kind=ButtonKind::Primary submit=true busy=sign_up.pending()>"Sign up"</Button>
        </ActionForm>
    }
}

/// Chooses a guess unless the person has chosen before the page was ready.
fn propose(chosen: RwSignal<String>, select: NodeRef<html::Select>, guess: Option<String>) {
    let is_untouched = select.get_untracked().is_none_or(|select| select.value().is_empty());
    if let Some(guess) = guess.filter(|_| is_untouched) {
        chosen.set(guess);
    }
}
