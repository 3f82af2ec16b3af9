use leptos::prelude::*;

/// How far something is, as a bar and in words.
#[component]
pub fn Progress(
    #[prop(into)] label: Signal<String>,
    /// 0 to 100; `None` while unknown.
    #[prop(into)]
    percent: Signal<Option<i32>>,
) -> impl IntoView {
    view! {
        <div class="progress">
            <div class="progress-words">
                <span>{move || label.get()}</span>
                <span class="progress-percent">{move || percent.get().map(|percent| format!("{percent}\u{a0}%"))}</span>
            </div>
            <progress max="100" value=move || percent.get().map(|percent| percent.to_string()) aria-label=move || label.get()></progress>
        </div>
    }
}

/// A grey stand-in in the final shape while data is on its way.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
    /// `line`, `card`, `chart` or `figure`.
    #[prop(default = "line")]
    shape: &'static str,
) -> impl IntoView {
    let parts = (0..lines).map(|_| view! { <span class=format!("skeleton skeleton-{shape}")></span> }).collect_view();
    view! { <div class=format!("skeleton-group skeleton-group-{shape}") aria-hidden="true">{parts}</div> }
}
