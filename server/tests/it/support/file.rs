//! A small sales file whose figures are known.

/// Three orders, one of them with a return: net sales 47.50, gross sales 52.50, returns 5.00.
pub(crate) const SALES: &str = "Order number,Order date,SKU,Product name,Quantity,Unit price,Country,Customer number\n\
    1001,2024-03-01 10:15,A-1,Blue mug,2,7.50,United Kingdom,c1\n\
    1001,2024-03-01 10:15,B-2,Tea towel,1,12.50,United Kingdom,c1\n\
    1002,2024-03-02 16:40,A-1,Blue mug,1,7.50,Germany,c2\n\
    1003,2024-04-05 09:05,C-3,Kettle,1,17.50,France,c3\n\
    1003,2024-04-05 09:05,A-1,Blue mug,-1,5.00,France,c3\n";

/// A multipart body with a file.
pub(crate) fn sales_file(text: &str) -> reqwest::multipart::Form {
    let part = reqwest::multipart::Part::text(text.to_owned()).file_name("sales.csv").mime_str("text/csv").expect("a media type");
    reqwest::multipart::Form::new().part("file", part)
}
