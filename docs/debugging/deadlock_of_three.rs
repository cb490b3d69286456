//! Three servers each of which asks the next one before it answers.
#![no_std]
#![no_main]

use trainsos::{program, syscalls, ArgumentBlock, Arguments, Tid};

program!(main);

fn ask(server: Tid) {
    let mut answer = [0; 8];
    syscalls::send(server, b"where?", &mut answer).unwrap();
}

fn main(arguments: &Arguments) {
    let next = arguments.number("NEXT").unwrap_or(0) as i32;
    if next != 0 {
        return ask(Tid(next));
    }
    for after in ["4", "1"] {
        let block = ArgumentBlock::<64>::program("deadlock_of_three").unwrap().with("NEXT", after).unwrap();
        syscalls::create(1, block.bytes()).unwrap();
    }
    ask(Tid(3));
}
