// SPDX-License-Identifier: Apache-2.0
//! Clients of the name server and the clock server, as most programs are.
#![no_std]
#![no_main]

use trainsos::services::{clock_now, clock_stop, clock_wait, lookup, register};
use trainsos::{println, program, syscalls, ArgumentBlock, Arguments, Tid};

program!(main);

const CLOCK_PRIORITY: i32 = 1;

fn main(_: &Arguments) {
    println!("registered: {:?}", register("rust client"));
    println!("registered again: {:?}", register("rust client"));
    println!("nobody: {:?}", lookup("nobody"));
    let clock = start_clock();
    let before = clock_now(clock).expect("the clock should answer");
    clock_wait(clock, 5).expect("the clock should wake us");
    let after = clock_now(clock).expect("the clock should answer");
    println!("ticks that passed: {}", after - before);
    clock_stop(clock).expect("the clock should stop");
}

/// Creates the clock server. This task has a higher priority: the server has registered its name at
/// the latest when it answers for the first time.
fn start_clock() -> Tid {
    let block = ArgumentBlock::<64>::program("clock_server").expect("the name is short");
    let created = syscalls::create(CLOCK_PRIORITY, block.bytes()).expect("the clock should start");
    clock_now(created).expect("the clock should answer");
    let found = lookup("clock_server").expect("the name server should answer");
    println!("found by its name: {}", found == Some(created));
    created
}
