//! Mails about uploads: to who brought the file, as they want them, with the rejected rows.

use super::{HEADER, bring, csv};
use crate::support::TestServices;
use domain::Role;
use domain::accounts::NewApiKey;
use domain::sources::{NoticeChoice, UploadNotices};
use services::accounts::{authenticate, choose_notices, create_api_key, notice_choice, remove_member};
use services::sources::{ImportOptions, TakenBy, import_file_with};
use services::{Actor, mail};

/// What came of the outbox as files, and who got it.
async fn letters(services: &TestServices) -> Vec<(String, String)> {
    let mut letters = Vec::new();
    for row in services.outbox().await {
        if row.state == "queued" && !row.subject.contains("invites you") {
            mail::deliver(services, row.id).await.expect("delivered");
            let name = format!("{}-{}.eml", row.created_at, row.id.simple());
            let file = std::fs::read_to_string(services.config.data_dir.join("mail").join(name)).expect("the letter reads");
            letters.push((row.to_address, file));
        }
    }
    letters
}

async fn choose(services: &TestServices, member: &Actor, upload_notices: UploadNotices) {
    choose_notices(services, member, NoticeChoice { upload_notices }).await.expect("chosen");
}

#[tokio::test]
async fn who_brought_a_file_hears_what_came_of_it_with_the_rejected_rows() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let member = services.member(&owner, "ben@example.com", Role::Analyst).await;
    bring(&services, &member, "good.csv", &csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"])).await;
    let letters_of_good = letters(&services).await;
    let [(to, good)] = letters_of_good.as_slice() else { panic!("one letter: {letters_of_good:?}") };
    assert_eq!(to, "ben@example.com");
    assert!(good.contains("Subject: good.csv was read: 1 row") && !good.contains("attachment"), "{good}");
    assert!(good.contains("1 row accepted, 0 rejected") && good.contains("http://127.0.0.1:3000/data/uploads/"), "{good}");

    bring(&services, &member, "some.csv", &csv(&[HEADER, "2,2026-01-05,A,Tea,1,2.50,GBP", "3,never,A,Tea,1,2.50,GBP"])).await;
    let (_, some) = letters(&services).await.remove(0);
    assert!(some.contains("Subject: some.csv: 1 row could not be read"), "{some}");
    assert!(some.contains("Content-Disposition: attachment; filename=\"rejected-rows.csv\""), "{some}");
    assert!(some.contains("line,column,reason,row\r\n3,Order Date,") && some.contains("3,never,A,Tea"), "{some}");

    bring(&services, &member, "none.csv", &csv(&[HEADER, "4,never,A,Tea,1,2.50,GBP"])).await;
    let (_, none) = letters(&services).await.remove(0);
    assert!(none.contains("Subject: none.csv could not be read") && none.contains("The figures are as they were."), "{none}");
    assert!(none.contains("line,column,reason,row\r\n2,Order Date,"), "{none}");

    bring(&services, &member, "odd.csv", &csv(&["Foo,Bar,Baz", "1,2,3"])).await;
    let (_, odd) = letters(&services).await.remove(0);
    assert!(odd.contains("Subject: odd.csv waits for you"), "{odd}");
}

#[tokio::test]
async fn each_member_says_which_mails_they_want() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    assert_eq!(notice_choice(&services, &owner).await.expect("a choice").upload_notices, UploadNotices::All);
    let good = csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"]);
    let bad = csv(&[HEADER, "1,never,A,Tea,1,2.50,GBP"]);
    choose(&services, &owner, UploadNotices::Problems).await;
    bring(&services, &owner, "good.csv", &good).await;
    assert_eq!(letters(&services).await.len(), 0);
    bring(&services, &owner, "bad.csv", &bad).await;
    assert_eq!(letters(&services).await.len(), 1);
    choose(&services, &owner, UploadNotices::None).await;
    bring(&services, &owner, "bad.csv", &bad).await;
    assert_eq!(letters(&services).await.len(), 0);
    bring(&services, &Actor::program(owner.merchant_id), "good.csv", &good).await;
    assert_eq!(letters(&services).await.len(), 0, "nobody hears of what the command line brings");
}

#[tokio::test]
async fn the_owners_hear_of_files_in_a_watched_folder_as_they_want_it() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let partner = services.member(&owner, "bea@example.com", Role::Owner).await;
    services.member(&owner, "ben@example.com", Role::Admin).await;
    choose(&services, &partner, UploadNotices::Problems).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("till.csv");
    let watched = async |rows: &[&str]| {
        std::fs::write(&path, csv(rows)).expect("written");
        let options = ImportOptions { taken_by: TakenBy::Watch, ..ImportOptions::default() };
        import_file_with(&services, &Actor::program(owner.merchant_id), &path, options).await.expect("taken");
        let mut letters = letters(&services).await;
        letters.sort();
        letters
    };
    let good = watched(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"]).await;
    assert_eq!(good.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["ada@example.com"]);
    assert!(good[0].1.contains("Subject: till.csv was read: 1 row"), "{good:?}");
    let bad = watched(&[HEADER, "2,never,A,Tea,1,2.50,GBP"]).await;
    assert_eq!(bad.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["ada@example.com", "bea@example.com"]);
    assert!(bad.iter().all(|(_, letter)| letter.contains("Subject: till.csv could not be read")), "{bad:?}");
}

#[tokio::test]
async fn who_made_a_key_hears_of_its_files_and_who_left_hears_nothing() {
    let services = TestServices::start().await;
    let owner = services.owner("ada@example.com").await;
    let made = create_api_key(&services, &owner, NewApiKey { name: "till".to_owned(), role: Role::Analyst }).await.expect("made");
    let key = authenticate(&services, &made.secret, "203.0.113.7").await.expect("it opens");
    let file = csv(&[HEADER, "1,2026-01-05,A,Tea,1,2.50,GBP"]);
    bring(&services, &key, "till.csv", &file).await;
    assert_eq!(letters(&services).await.remove(0).0, "ada@example.com");
    let member = services.member(&owner, "ben@example.com", Role::Analyst).await;
    remove_member(&services, &owner, member.user_id.expect("a person")).await.expect("removed");
    bring(&services, &member, "late.csv", &file).await;
    assert_eq!(letters(&services).await.len(), 0);
}
