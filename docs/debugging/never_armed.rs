//! A notifier that forgets to set the timer's compare register.
#![no_std]
#![no_main]

use trainsos::syscalls::{self, Event};
use trainsos::{println, program, Arguments};

program!(main);

fn main(_: &Arguments) {
    println!("waiting for the first tick");
    syscalls::await_event(Event::TIMER);
    println!("tick");
}
