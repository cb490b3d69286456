// SPDX-License-Identifier: Apache-2.0
//! The smallest Rust program: says who it is and ends.
#![no_std]
#![no_main]

use trainsos::{println, program, syscalls, Arguments};

program!(main);

fn main(arguments: &Arguments) {
    let name = arguments.text("NAME").unwrap_or("TrainsOS");
    println!("Hello, {name}! I am task {}, written in Rust.", syscalls::my_tid().0);
}
