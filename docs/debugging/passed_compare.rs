//! A notifier that waits for a time that is over.
#![no_std]
#![no_main]

use trainsos::syscalls::{self, Event};
use trainsos::{println, program, Arguments};

program!(main);

/// The system timer's low counter, and compare 1 (BCM2711 ARM Peripherals, 10).
const COUNTER: *mut u32 = 0xfe00_3004 as *mut u32;
const COMPARE: *mut u32 = 0xfe00_3010 as *mut u32;

fn microseconds() -> u32 {
    // SAFETY: the register is there on every board.
    unsafe { COUNTER.read_volatile() }
}

fn main(_: &Arguments) {
    let start = microseconds();
    while microseconds().wrapping_sub(start) < 200 {}
    // SAFETY: nobody else uses compare 1.
    unsafe { COMPARE.write_volatile(start.wrapping_add(100)) };
    syscalls::await_event(Event::TIMER);
    println!("tick");
}
