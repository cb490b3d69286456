//! A server that replies to the length of the message, not to its sender.
#![no_std]
#![no_main]

use trainsos::{program, syscalls, ArgumentBlock, Arguments, Tid};

program!(main);

fn serve() {
    let mut question = [0; 8];
    let (_, length) = syscalls::recv(&mut question);
    let _ = syscalls::reply(Tid(length as i32), b"yes");
    syscalls::recv(&mut question);
}

fn main(arguments: &Arguments) {
    if arguments.text("ROLE") == Some("server") {
        serve();
    }
    let block = ArgumentBlock::<64>::program("wrong_tid").unwrap().with("ROLE", "server").unwrap();
    let server = syscalls::create(1, block.bytes()).unwrap();
    let mut answer = [0; 8];
    syscalls::send(server, b"ready?", &mut answer).unwrap();
}
