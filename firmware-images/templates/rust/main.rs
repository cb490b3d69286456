//! Task 1: creates a task, sends it a message and prints the answer.
#![no_std]
#![no_main]

use trainsos::{println, program, syscalls, ArgumentBlock, Arguments};

program!(main);

const ECHO_PRIORITY: i32 = 1;

fn main(arguments: &Arguments) {
    let name = arguments.text("NAME").unwrap_or("TrainsOS");
    println!("Hello, {name}! I am task {}.", syscalls::my_tid().0);

    // The program is found by its file name, build/echo.elf.
    let block = ArgumentBlock::<64>::program("echo").expect("the name is short");
    let echo = syscalls::create(ECHO_PRIORITY, block.bytes()).expect("echo should start");
    let mut reply = [0; 32];
    let length = syscalls::send(echo, b"all aboard", &mut reply).expect("echo should be there");
    let text = core::str::from_utf8(&reply[..length.min(reply.len())]).unwrap_or("?");
    println!("Task {} answered {length} bytes: {text}", echo.0);
}
