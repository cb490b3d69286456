// SPDX-License-Identifier: Apache-2.0
//! Shares memory with a process of the host: counts a heartbeat each 10 ms, and answers each byte of
//! one ring in capitals in the other, until the host says stop or `BEATS` ticks are over.
//!
//! ```sh
//! truncate --size 4096 page
//! java Host.java page &       # or host.c, both in programs/shared_memory
//! roundhouse run shared_memory_rust.elf clock_server.elf clock_notifier.elf \
//!   --shared-memory page@0x7E000000 --realtime
//! ```
#![no_std]
#![no_main]

use core::sync::atomic::Ordering;
use programs::shared_memory::{SharedMem, ADDRESS};
use trainsos::services::{clock_stop, clock_wait};
use trainsos::{println, program, syscalls, ArgumentBlock, Arguments};

program!(main);

const CLOCK_PRIORITY: i32 = 0;
const MOST_BEATS: u64 = 6000;

fn main(arguments: &Arguments) {
    let most = arguments.number("BEATS").unwrap_or(MOST_BEATS);
    // SAFETY: RAM of the board, or the host's file, which nobody else in here uses; aligned; any
    // bytes are a value, and what the host writes to is atomic.
    let shared = unsafe { &*(ADDRESS as *const SharedMem) };
    let block = ArgumentBlock::<64>::program("clock_server").expect("the name is short");
    let clock = syscalls::create(CLOCK_PRIORITY, block.bytes()).expect("the clock should start");
    let (mut beats, mut answered) = (0, 0);
    while beats < most && shared.stop.load(Ordering::Acquire) == 0 {
        clock_wait(clock, 1).expect("the clock should wake us");
        beats += 1;
        shared.heartbeat.store(beats, Ordering::Release);
        answered += answer(shared);
    }
    let why = match shared.stop.load(Ordering::Acquire) {
        0 => "nobody said stop",
        _ => "stopped by the host",
    };
    clock_stop(clock).expect("the clock should stop");
    println!("shared_memory_rust: {answered} bytes answered, {why}");
}

/// As long as there are questions and room for their answers. Gives how many bytes it answered.
fn answer(shared: &SharedMem) -> u64 {
    let mut answered = 0;
    while !shared.to_host.is_full() {
        let Some(byte) = shared.to_guest.take() else { break };
        shared.to_host.put(byte.to_ascii_uppercase());
        answered += 1;
    }
    answered
}
