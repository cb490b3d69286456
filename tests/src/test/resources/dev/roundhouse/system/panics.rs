#![no_std]
#![no_main]
use trainsos::{program, println, Arguments};
program!(main);
#[inline(never)]
fn pick(table: &[u32], at: usize) -> u32 {
    table[at]
}
fn main(arguments: &Arguments) {
    let at = arguments.text("AT").map_or(5, |t| t.len());
    println!("picked {}", pick(&[1, 2, 3], at));
}
