use leptos::prelude::*;

/// A table that scrolls sideways by itself on a small screen. The caption is read aloud and may be hidden from view.
/// A heading that begins with `#` belongs to a column of numbers; an empty heading to a column of actions.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    headings: Vec<&'static str>,
    /// `<tr>` elements.
    children: Children,
) -> impl IntoView {
    let heads = headings
        .into_iter()
        .map(|heading| match heading.strip_prefix('#') {
            Some(number) => view! { <th scope="col" class="number">{number}</th> }.into_any(),
            None if heading.is_empty() => view! { <th scope="col"><span class="visually-hidden">"Actions"</span></th> }.into_any(),
            None => view! { <th scope="col">{heading}</th> }.into_any(),
        })
        .collect_view();
    let label = caption.clone();
    view! {
        <div class="table-scroll" role="region" aria-label=label tabindex="0">
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
