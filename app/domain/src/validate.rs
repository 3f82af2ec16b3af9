//! Rules shared by forms and the server, usable as `#[garde(custom(…))]`.

use garde::Error;

/// The shortest password that is accepted, in characters (NIST SP 800-63B asks for at least 8; we ask for more).
pub const PASSWORD_MIN: usize = 10;
/// The longest password that is accepted, in bytes, so that hashing stays bounded.
pub const PASSWORD_MAX: usize = 256;

/// An e-mail address as `HTML`'s `input type=email` accepts it, with a dot in the domain or `localhost`.
pub fn email<C>(value: &str, _: &C) -> garde::Result {
    if is_email(value) { Ok(()) } else { Err(Error::new("enter an e-mail address such as ada@example.com")) }
}

/// Whether a text is an e-mail address by the rule of [`email`].
pub fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let local_ok = !local.is_empty()
        && local.len() <= 64
        && local.chars().all(|c| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c))
        && !local.starts_with('.')
        && !local.ends_with('.');
    let label_ok = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    local_ok && value.len() <= 254 && (domain == "localhost" || domain.contains('.')) && domain.split('.').all(label_ok)
}

/// A password that is long enough and not one of the commonest.
pub fn password<C>(value: &str, _: &C) -> garde::Result {
    if value.chars().count() < PASSWORD_MIN {
        return Err(Error::new(format!("use at least {PASSWORD_MIN} characters; a few words in a row are easy to remember")));
    }
    if value.len() > PASSWORD_MAX {
        return Err(Error::new(format!("use at most {PASSWORD_MAX} characters")));
    }
    let lowered = value.to_lowercase();
    let common =
        ["1234567890", "password123", "qwertyuiop", "passwordpassword", "0123456789", "1q2w3e4r5t", "iloveyou123", "password12", "password1234"];
    let first = value.chars().next();
    if common.contains(&lowered.as_str()) || value.chars().all(|c| Some(c) == first) {
        return Err(Error::new("this password is among the first that anyone would try; choose another"));
    }
    Ok(())
}

/// A name of a person, shop or key: 1 to 120 characters, none of them a control character.
pub fn name<C>(value: &str, _: &C) -> garde::Result {
    let trimmed = value.trim();
    if trimmed.is_empty() {
        return Err(Error::new("enter a name"));
    }
    if trimmed.chars().count() > 120 {
        return Err(Error::new("use at most 120 characters"));
    }
    if trimmed.chars().any(char::is_control) {
        return Err(Error::new("leave out line breaks and other control characters"));
    }
    Ok(())
}

/// A currency code of ISO 4217.
pub fn currency<C>(value: &str, _: &C) -> garde::Result {
    value.parse::<crate::Currency>().map(|_| ()).map_err(|error| Error::new(error.message))
}

/// The shape of an IANA time zone name. The server also looks the zone up.
pub fn time_zone<C>(value: &str, _: &C) -> garde::Result {
    let shape =
        !value.is_empty() && value.len() <= 64 && value.chars().all(|c| c.is_ascii_alphanumeric() || "/_+-".contains(c)) && !value.starts_with('/');
    if shape { Ok(()) } else { Err(Error::new("choose a time zone such as Europe/London")) }
}

/// A month where one is given: 1 (January) to 12 (December).
pub fn month<C>(value: &Option<u32>, _: &C) -> garde::Result {
    if value.is_none_or(|month| (1..=12).contains(&month)) { Ok(()) } else { Err(Error::new("choose a month, 1 for January to 12 for December")) }
}

/// An ISO weekday: 1 (Monday) to 7 (Sunday).
pub fn weekday<C>(value: &u32, _: &C) -> garde::Result {
    if (1..=7).contains(value) { Ok(()) } else { Err(Error::new("choose a day of the week, 1 for Monday to 7 for Sunday")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e_mail_addresses_are_told_from_other_texts() {
        for good in ["ada@example.com", "a.b+c@sub.example.co.uk", "o'neil@example.ie", "ada@bücher.example", "root@localhost"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@example",
            "a b@example.com",
            "ada@-x.com",
            ".a@example.com",
            "ada@exa mple.com",
            "ada@example..com",
            "a\n@example.com",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn short_common_and_monotonous_passwords_are_refused() {
        for bad in ["short", "1234567890", "aaaaaaaaaaaa", "Password1234"] {
            assert!(password(bad, &()).is_err(), "{bad}");
        }
        assert!(password("four words in a row", &()).is_ok());
        assert!(password(&"x".repeat(300), &()).is_err());
    }
}
