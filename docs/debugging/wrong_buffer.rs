//! The length of a text where its address should be, in a call of one's own.
#![no_std]
#![no_main]

use trainsos::{program, Arguments, Tid};

program!(main);

extern "C" {
    fn ke_send(tid: i32, message: *const u8, length: usize, reply: *mut u8, room: usize) -> i32;
}

fn main(_: &Arguments) {
    let order = b"go 24";
    let mut answer = [0; 8];
    // SAFETY: wrong: the address and the length are exchanged.
    unsafe { ke_send(Tid::NAME_SERVER.0, order.len() as *const u8, 6, answer.as_mut_ptr(), 8) };
}
