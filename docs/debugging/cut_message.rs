//! A server whose buffer is shorter than its clients' messages.
#![no_std]
#![no_main]

use trainsos::{program, syscalls, ArgumentBlock, Arguments};

program!(main);

fn serve() {
    let mut order = [0; 8];
    let (client, _) = syscalls::recv(&mut order);
    syscalls::reply(client, b"ok").unwrap();
}

fn main(arguments: &Arguments) {
    if arguments.text("ROLE") == Some("server") {
        serve();
        return;
    }
    let block = ArgumentBlock::<64>::program("cut_message").unwrap().with("ROLE", "server").unwrap();
    let server = syscalls::create(1, block.bytes()).unwrap();
    let train_speed_delay = [24, 0, 0, 0, 8, 0, 0, 0, 100, 0, 0, 0];
    let mut answer = [0; 4];
    syscalls::send(server, &train_speed_delay, &mut answer).unwrap();
}
