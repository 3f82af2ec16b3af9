//! Small files in the shapes that vendors really write, with figures computed by hand.

mod amazon;
mod ebay;
mod etsy;
mod payments;
mod shapes;
mod tiktok_shop;
mod toast;
