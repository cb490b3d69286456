//! A poll loop at the highest priority: its answer comes from a task that never runs.
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicBool, Ordering};
use trainsos::{println, program, syscalls, ArgumentBlock, Arguments};

program!(main);

static ANSWERED: AtomicBool = AtomicBool::new(false);

fn main(arguments: &Arguments) {
    if arguments.text("ROLE") == Some("poller") {
        while !ANSWERED.load(Ordering::Relaxed) {}
        syscalls::exit();
    }
    let block = ArgumentBlock::<64>::program("endless_loop").unwrap().with("ROLE", "poller").unwrap();
    syscalls::create(0, block.bytes()).unwrap();
    println!("started");
}
