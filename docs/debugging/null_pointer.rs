//! A table without the switch that is asked for, looked up as C would.
#![no_std]
#![no_main]

use core::ptr;
use trainsos::{println, program, Arguments};

program!(main);

struct Turnout {
    number: u64,
    direction: char,
}

static TURNOUTS: [Turnout; 2] =
    [Turnout { number: 1, direction: 'S' }, Turnout { number: 2, direction: 'C' }];

fn find(number: u64) -> *const Turnout {
    TURNOUTS.iter().find(|turnout| turnout.number == number).map_or(ptr::null(), ptr::from_ref)
}

fn main(arguments: &Arguments) {
    let number = arguments.number("TURNOUT").unwrap_or(3);
    // SAFETY: forgotten to think about.
    println!("{number}: {}", unsafe { (&raw const (*find(number)).direction).read_volatile() });
}
