use crate::rendered;
use app::ui::{Choice, ChoiceGroup, SelectField, TextField, field_error};
use domain::AppError;
use leptos::prelude::*;

fn error_of(field: &str) -> Signal<Option<AppError>> {
    let error = AppError::invalid(field, "enter an e-mail address such as ada@example.com");
    Signal::derive(move || Some(error.clone()))
}

#[test]
fn a_wrong_field_says_so_where_it_is_read_with_its_input() {
    let html = rendered(
        || view! { <TextField label="E-mail address" name="input[email]" hint="We never share it." error=field_error(error_of("email"), "email") /> },
    );
    assert!(html.contains(r#"for="field-input-email""#), "{html}");
    assert!(html.contains(r#"aria-describedby="field-input-email-hint field-input-email-error""#), "{html}");
    assert!(html.contains(r#"aria-invalid="true""#), "{html}");
    assert!(html.contains("Enter an e-mail address such as ada@example.com."), "{html}");
}

#[test]
fn a_field_is_not_blamed_for_another() {
    let html =
        rendered(|| view! { <TextField label="Shop name" name="input[merchant_name]" error=field_error(error_of("email"), "merchant_name") /> });
    assert!(!html.contains("aria-invalid") && !html.contains("ada@example.com"), "{html}");
}

#[test]
fn what_a_person_typed_is_never_markup() {
    let html = rendered(|| view! { <TextField label="<b>Name</b>" name="name" value="\"><script>alert(1)</script>" /> });
    assert!(!html.contains("<script>") && !html.contains("<b>Name"), "{html}");
}

#[test]
fn a_select_arrives_with_its_choice_made() {
    let choices = vec![Choice::new("EUR", "Euro"), Choice::new("GBP", "<Pound>")];
    let groups = vec![ChoiceGroup { label: "Currencies".to_owned(), choices }];
    let html = rendered(|| view! { <SelectField label="Currency" name="currency" groups selected="GBP".to_owned() /> });
    assert!(html.contains(r#"<optgroup label="Currencies">"#), "{html}");
    assert!(html.contains(r#"<option value="GBP" selected>&lt;Pound&gt;"#), "{html}");
}
