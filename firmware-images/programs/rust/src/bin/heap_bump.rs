// SPDX-License-Identifier: Apache-2.0
//! A program with a heap: the allocator `Bump` over pages of `mmap`.
#![no_std]
#![no_main]

#[path = "../shared/heap_user.rs"]
mod heap_user;

use heap_user::use_heap;
use trainsos::heap::Bump;
use trainsos::{program, syscalls, Arguments};

#[global_allocator]
static HEAP: Bump = Bump::new(syscalls::mmap);

program!(main);

fn main(_: &Arguments) {
    use_heap("heap_bump");
}
