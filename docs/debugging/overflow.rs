//! A path finder whose recursion does not end in time.
#![no_std]
#![no_main]

use core::hint::black_box;
use trainsos::{println, program, syscalls, Arguments};

program!(main);

fn visit(node: u8, depth: u32) -> u8 {
    let mut path = [0_u8; 4096];
    black_box(&mut path)[0] = node;
    if depth == 0 {
        syscalls::yield_now();
        return path[0];
    }
    visit(node.wrapping_add(1), depth - 1).wrapping_add(black_box(&path)[0])
}

fn main(_: &Arguments) {
    println!("{}", visit(0, 300));
}
