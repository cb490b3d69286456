//! A task of high priority asks a server of low priority, while one in between computes.
#![no_std]
#![no_main]

use core::hint::black_box;
use trainsos::{println, program, syscalls, ArgumentBlock, Arguments, Tid};

program!(main);

const MIDDLE: i32 = 5;
const LOW: i32 = 9;

fn start(priority: i32, role: &str) -> Tid {
    let block = ArgumentBlock::<64>::program("priority_inversion").unwrap().with("ROLE", role).unwrap();
    syscalls::create(priority, block.bytes()).unwrap()
}

fn serve() {
    let mut question = [0; 8];
    loop {
        let (client, _) = syscalls::recv(&mut question);
        syscalls::reply(client, b"yes").unwrap();
    }
}

fn compute() {
    let mut n = 0_u64;
    loop {
        n = black_box(n + 1);
    }
}

fn control(server: Tid) {
    let mut answer = [0; 8];
    syscalls::send(server, b"stop?", &mut answer).unwrap();
    println!("stopped");
}

fn main(arguments: &Arguments) {
    match arguments.text("ROLE") {
        Some("server") => serve(),
        Some("compute") => compute(),
        _ => {}
    }
    let server = start(LOW, "server");
    start(MIDDLE, "compute");
    control(server);
}
