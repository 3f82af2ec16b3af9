mod boards;
mod framing;
mod power_bi;
mod rotation;
mod secrets;
mod sharing;
mod shop;
mod viewing;
