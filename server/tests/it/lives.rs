//! The life of an upload over the API: sent twice, tried, read again, taken back, in its three modes.

use crate::support::{Member, SALES, TestApp, call, sales_file};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

async fn settled(app: &TestApp, member: &Member, id: &str) -> Value {
    for _ in 0..300 {
        let (_, upload) = call(member.get(app, &format!("/api/v1/uploads/{id}"))).await;
        if !["queued", "processing"].contains(&upload["status"].as_str().unwrap_or_default()) {
            return upload;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the upload was not settled in time");
}

async fn act(app: &TestApp, member: &Member, id: &str, verb: &str) -> (u16, Value) {
    call(member.request(app, Method::POST, &format!("/api/v1/uploads/{id}/{verb}"))).await
}

fn id_of(upload: &Value) -> String {
    upload["id"].as_str().unwrap_or_else(|| panic!("no id: {upload}")).to_owned()
}

#[tokio::test]
async fn a_file_under_a_key_is_one_upload_and_another_under_it_is_refused() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let send =
        |key: &str, text: &str| owner.request(&app, Method::POST, "/api/v1/uploads").header("idempotency-key", key).multipart(sales_file(text));
    let (one, two) = tokio::join!(call(send("may", SALES)), call(send("may", SALES)));
    let three = call(send("may", SALES)).await;
    assert_eq!([one.0, two.0, three.0], [202; 3], "{one:?} {two:?}");
    assert!(id_of(&one.1) == id_of(&two.1) && id_of(&two.1) == id_of(&three.1), "{one:?} {two:?} {three:?}");
    let (status, problem) = call(send("may", &format!("{SALES}1004,2024-04-06,A-1,Mug,1,1.00,France,c3\n"))).await;
    assert!(status == 409 && problem["detail"].as_str().is_some_and(|words| words.contains("stands for another file")), "{problem}");
    let of_stranger = Member::owner(&app).await.request(&app, Method::POST, "/api/v1/uploads").header("idempotency-key", "may");
    let (status, other) = call(of_stranger.multipart(sales_file(SALES))).await;
    assert!(status == 202 && id_of(&other) != id_of(&one.1), "a key is its shop's own: {other}");
    assert_eq!(call(send(&"x".repeat(201), SALES)).await.0, 422);
    assert_eq!(settled(&app, &owner, &id_of(&one.1)).await["rows_accepted"], 5);
    let (_, uploads) = call(owner.get(&app, "/api/v1/uploads")).await;
    assert_eq!(uploads.as_array().map(Vec::len), Some(1), "{uploads}");
    let files = std::fs::read_dir(app.folder.path().join("uploads")).expect("the folder reads").count();
    assert_eq!(files, 2, "what came twice is kept once, beside the stranger's");
}

#[tokio::test]
async fn an_upload_is_tried_read_again_and_taken_back() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let upload = owner.upload(&app, SALES).await;
    let id = id_of(&upload);
    let (_, preview) = call(owner.get(&app, &format!("/api/v1/uploads/{id}/mapping"))).await;
    let (status, trial) = call(owner.post(&app, &format!("/api/v1/uploads/{id}/mapping/preview"), &preview["guess"])).await;
    assert_eq!((status, &trial["rows_good"], &trial["rows_bad"], &trial["is_whole"]), (200, &json!(5), &json!(0), &json!(true)), "{trial}");
    assert_eq!(trial["rows"][0]["cells"][1], "1 Mar 2024, 10 h", "{trial}");

    let (status, waiting) = act(&app, &owner, &id, "reprocess").await;
    assert_eq!(status, 202, "{waiting}");
    let again = settled(&app, &owner, &id).await;
    assert_eq!((&again["status"], &again["rows_accepted"], &again["rows_duplicate"]), (&json!("completed"), &json!(5), &json!(0)), "{again}");
    assert_eq!(act(&app, &owner, &id, "cancel").await.0, 409, "it is read");
    let (status, told) = call(owner.get(&app, &format!("/api/v1/uploads/{id}/undo"))).await;
    let orders = json!({"thing": "orders", "removed": again["orders_new"], "restored": 0, "returned": 0, "kept": 0});
    assert_eq!((status, &told["parts"][0], &told["net_sales"][0]["now"]), (200, &orders, &again["net_sales"][0]), "{told}");
    assert_eq!(told["net_sales"][0]["then"]["minor"], 0, "{told}");
    assert_eq!(act(&app, &owner, &id, "undo").await.0, 202);
    assert_eq!(settled(&app, &owner, &id).await["status"], "undone");
    assert_eq!(act(&app, &owner, &id, "undo").await.0, 409);
    assert_eq!(call(owner.get(&app, &format!("/api/v1/uploads/{id}/undo"))).await.0, 409, "there is nothing to foretell");
    assert_eq!(act(&app, &owner, &id, "reprocess").await.0, 409);
    let (_, answer) = call(owner.post(&app, "/api/v1/query", &json!({"measures": ["orders"]}))).await;
    assert_eq!(answer["rows"], json!([[0]]), "{answer}");
}

#[tokio::test]
async fn an_upload_is_read_again_with_the_mapping_of_the_body_and_undo_restores_what_was_there() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let form = |text: &str| Form::new().text("source", "Till").part("file", Part::text(text.to_owned()).file_name("sales.csv"));
    let send = async |text: &str| {
        let (status, upload) = call(owner.request(&app, Method::POST, "/api/v1/uploads").multipart(form(text))).await;
        assert_eq!(status, 202, "{upload}");
        settled(&app, &owner, &id_of(&upload)).await
    };
    let net = async || call(owner.post(&app, "/api/v1/query", &json!({"measures": ["net_sales", "orders"]}))).await.1["rows"].clone();
    // One source: both files have the same columns.
    let first: Vec<String> = SALES.lines().map(|line| format!("{line},{}", if line.starts_with("Order") { "Foo" } else { "1.00" })).collect();
    send(&(first.join("\n") + "\n")).await;
    assert_eq!(net().await, json!([[4_750, 3]]));
    let header = &first[0];
    let rows = "1001,2024-03-01 10:15,A-1,Blue mug,2,7.50,United Kingdom,c1,8.00\n1002,2024-03-02 16:40,A-1,Blue mug,1,4.00,Germany,c2,5.00\n";
    let upload = send(&format!("{header}\n{rows}")).await;
    // 1001 is 2 × 7.50 now, 1002 4.00; 1003 stays at 12.50.
    assert_eq!((&upload["status"], net().await), (&json!("completed"), json!([[1_500 + 400 + 1_250, 3]])), "{upload}");

    let id = id_of(&upload);
    let path = format!("/api/v1/uploads/{id}/reprocess");
    let (_, preview) = call(owner.get(&app, &format!("/api/v1/uploads/{id}/mapping"))).await;
    let mut mapping = preview["guess"].clone();
    mapping["columns"]["unit_price"] = json!("Foo");
    let (status, waiting) = call(owner.post(&app, &path, &mapping)).await;
    assert_eq!(status, 202, "{waiting}");
    assert_eq!(settled(&app, &owner, &id).await["status"], "completed");
    assert_eq!(net().await, json!([[1_600 + 500 + 1_250, 3]]), "2 × 8.00 and 5.00");

    let refused = |body: Value| call(owner.post(&app, &path, &body));
    mapping["columns"]["unit_price"] = json!("Bar");
    let (status, problem) = refused(mapping).await;
    assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("columns.unit_price")), "{problem}");
    let (status, problem) = refused(json!({"columns": {"price_of_fish": "Foo"}})).await;
    assert!(status == 422 && problem["fields"][0]["field"].as_str().is_some_and(|field| field.starts_with("columns")), "{problem}");
    let (status, problem) = refused(json!({"columns": {}, "collumns": {"sku": "SKU"}})).await;
    assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("collumns")), "{problem}");
    let text = |kind: &'static str, body: &'static str| owner.request(&app, Method::POST, &path).header("content-type", kind).body(body);
    assert_eq!(call(text("application/json", "{")).await.0, 400);
    assert_eq!(call(text("text/plain", "unit_price=Foo")).await.0, 415);
    assert_eq!(net().await, json!([[1_600 + 500 + 1_250, 3]]), "what was refused changed nothing");
    assert_eq!(call(text("application/json", "")).await.0, 202, "no body: as it was read before");
    assert_eq!(settled(&app, &owner, &id).await["status"], "completed");
    assert_eq!(net().await, json!([[1_600 + 500 + 1_250, 3]]));
    assert_eq!(act(&app, &owner, &id, "undo").await.0, 202);
    assert_eq!(settled(&app, &owner, &id).await["status"], "undone");
    assert_eq!(net().await, json!([[4_750, 3]]));
}

#[tokio::test]
async fn the_history_is_read_page_by_page_and_by_how_uploads_came() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let first = owner.upload(&app, SALES).await;
    let order = json!({"id": "J-1", "ordered_at": "2026-01-08T10:00:00Z", "currency": "GBP", "lines": [{"sku": "M", "title": "Mug", "quantity": 1, "unit_price": "7.00"}]});
    let (status, receipt) = call(owner.post(&app, "/api/v1/orders", &json!({"orders": [order]}))).await;
    assert_eq!(status, 200, "{receipt}");
    let page = async |asked: &str| call(owner.get(&app, &format!("/api/v1/uploads?{asked}"))).await;
    let ids = async |asked: &str| -> Vec<String> { page(asked).await.1.as_array().expect("a list").iter().map(id_of).collect() };
    let (file, batch) = (id_of(&first), id_of(&receipt["upload"]));
    assert_eq!(ids("limit=1").await, [batch.as_str()]);
    assert_eq!(ids(&format!("before={batch}")).await, [file.as_str()]);
    assert_eq!(ids(&format!("before={file}")).await, Vec::<String>::new());
    assert_eq!((ids("origin=api").await, ids("origin=file").await, ids("origin=watched").await), (vec![batch.clone()], vec![file.clone()], vec![]));
    assert_eq!((page("origin=pigeon").await.0, page("before=1").await.0, page("limit=0").await.0), (400, 400, 422));
    let (status, kept) = call(owner.get(&app, &format!("/api/v1/uploads/{file}/file"))).await;
    assert_eq!((status, kept), (200, json!({"is_kept": true, "until": null})));
}

#[tokio::test]
async fn what_a_file_does_to_what_is_there_is_said_with_it() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    owner.upload(&app, SALES).await;
    let changed = "Order number,Order date,SKU,Product name,Quantity,Unit price,Country,Customer number\n\
        1001,2024-03-01 10:15,A-1,Blue mug,1,1.00,United Kingdom,c1\n1009,2024-03-02 10:15,A-1,Blue mug,1,2.00,Germany,c1\n";
    let form = |mode: &str| Form::new().text("mode", mode.to_owned()).part("file", Part::text(changed).file_name("more.csv"));
    let net = async || call(owner.post(&app, "/api/v1/query", &json!({"measures": ["net_sales", "orders"]}))).await.1["rows"].clone();
    let send = async |mode: &str| {
        let (status, upload) = call(owner.request(&app, Method::POST, "/api/v1/uploads").multipart(form(mode))).await;
        assert_eq!((status, &upload["mode"]), (202, &json!(mode)), "{upload}");
        settled(&app, &owner, &id_of(&upload)).await
    };
    let only_added = send("append").await;
    assert_eq!((&only_added["rows_accepted"], &only_added["rows_duplicate"]), (&json!(1), &json!(1)), "{only_added}");
    assert_eq!(net().await, json!([[4_750 + 200, 4]]));
    let replaced = send("replace_period").await;
    assert_eq!(replaced["status"], "completed", "{replaced}");
    // Order 1002 of the second of March is not in the file; 1003 of April lies outside of its days.
    assert_eq!(net().await, json!([[100 + 200 + 1_250, 3]]));
    let (status, problem) = call(owner.request(&app, Method::POST, "/api/v1/uploads").multipart(form("delete"))).await;
    assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!("mode")), "{problem}");
}

#[tokio::test]
async fn which_mails_one_gets_is_ones_own_choice() {
    let app = TestApp::start().await;
    let owner = Member::owner(&app).await;
    let path = "/api/v1/me/notices";
    assert_eq!(call(owner.get(&app, path)).await, (200, json!({"upload_notices": "all"})));
    let put = |choice: &str| owner.request(&app, Method::PUT, path).json(&json!({ "upload_notices": choice }));
    assert_eq!(call(put("problems")).await, (200, json!({"upload_notices": "problems"})));
    assert_eq!(call(owner.get(&app, path)).await.1["upload_notices"], "problems");
    assert_eq!(call(put("sometimes")).await.0, 422);
    let (_, key) = call(owner.post(&app, "/api/v1/api-keys", &json!({"name": "a key", "role": "admin"}))).await;
    assert_eq!(call(app.get(path).bearer_auth(key["secret"].as_str().expect("a secret"))).await.0, 403, "a key reads no mail");
}
