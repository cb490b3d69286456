//! Answers one message with itself, and ends.
#![no_std]
#![no_main]

use trainsos::{program, syscalls, Arguments};

program!(main);

fn main(_: &Arguments) {
    let mut message = [0; 32];
    let (sender, length) = syscalls::recv(&mut message);
    let received = length.min(message.len());
    syscalls::reply(sender, &message[..received]).expect("the sender should wait");
}
