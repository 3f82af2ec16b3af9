//! Forms: checked in the browser before they are sent, answered by the server, working without a script.

use crate::ui::{Notice, Tone, sentence, use_toasts};
use domain::AppError;
use leptos::form::FromFormData;
use leptos::server_fn::ServerFn;
use leptos::{ev, prelude::*};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;

/// What is wrong with a form: what the browser found before sending, else what the server answered.
#[derive(Clone, Copy)]
pub struct FormErrors {
    found_here: RwSignal<Option<AppError>>,
    /// The error to show now.
    pub shown: Signal<Option<AppError>>,
}

impl FormErrors {
    /// Follows an action. After a failed try the focus goes to the first wrong field.
    pub fn of<S>(action: ServerAction<S>) -> Self
    where
        S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
        S::Output: Clone + Send + Sync + 'static,
    {
        Self::following(answered(action))
    }

    // Not generic: what forms do is in the program once, not once an action.
    fn following(answered: Answered) -> Self {
        let found_here = RwSignal::new(None::<AppError>);
        let shown = Signal::derive(move || found_here.get().or_else(|| answered.get()?.err()));
        Effect::new(move |_| {
            if shown.with(Option::is_some) {
                request_animation_frame(focus_first_wrong_field);
            }
        });
        Self { found_here, shown }
    }

    /// The message for one field.
    pub fn field(self, name: &'static str) -> Signal<Option<String>> {
        crate::ui::field_error(self.shown, name)
    }

    /// For `on:submit:capture`: stops a form that the server would refuse anyway.
    pub fn check<S>(self, check: impl Fn(&S) -> Result<(), AppError> + 'static) -> impl Fn(ev::SubmitEvent) + 'static
    where
        S: DeserializeOwned,
    {
        move |event| {
            // What cannot be read here is sent all the same; the server says what is wrong with it.
            let found = S::from_event(event.as_ref()).ok().and_then(|call| check(&call).err());
            if found.is_some() {
                event.prevent_default();
            }
            self.found_here.set(found);
        }
    }
}

/// Any garde-checked input as a check for [`FormErrors::check`].
pub fn checked<T>(input: &T) -> Result<(), AppError>
where
    T: garde::Validate<Context = ()>,
{
    input.validate().map_err(AppError::from)
}

fn focus_first_wrong_field() {
    let field = document().query_selector("[aria-invalid=true]").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Focusing fails only for an element that cannot take it; inputs can.
        let _ = field.focus();
    }
}

/// The error of a whole form; errors of single fields stand at the fields.
#[component]
pub fn FormProblem(errors: FormErrors) -> impl IntoView {
    let message = move || {
        let error = errors.shown.get().filter(|error| error.fields.is_empty())?;
        let says_when = error.message.contains("again in");
        let wait = error.retry_after.filter(|_| !says_when).map(|seconds| format!(" Try again in {}.", in_words(seconds)));
        Some(format!("{}{}", sentence(&error.message), wait.unwrap_or_default()))
    };
    view! { <div class="form-problem" aria-live="assertive">{move || message().map(|message| view! { <Notice tone=Tone::Bad>{message}</Notice> })}</div> }
}

fn in_words(seconds: u64) -> String {
    if seconds < 90 { format!("{seconds} seconds") } else { format!("{} minutes", seconds.div_ceil(60)) }
}

/// Says by a toast how each run of an action ended.
pub fn toast_results<S>(action: ServerAction<S>, done: &'static str)
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    toast(answered(action), done);
}

fn toast(answered: Answered, done: &'static str) {
    let toasts = use_toasts();
    Effect::new(move |_| match answered.get() {
        Some(Ok(())) => toasts.done(done),
        Some(Err(error)) => toasts.failed(&error),
        None => {}
    });
}

/// How the last run of an action ended, whatever it answers with.
type Answered = Signal<Option<Result<(), AppError>>>;

fn answered<S>(action: ServerAction<S>) -> Answered
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let value = action.value();
    Signal::derive(move || value.with(|value| Some(value.as_ref()?.as_ref().map(drop).map_err(AppError::clone))))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn a_wait_is_said_in_the_unit_that_reads_best() {
        assert_eq!(in_words(40), "40 seconds");
        assert_eq!(in_words(601), "11 minutes");
    }
}
