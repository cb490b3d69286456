//! A server that answers every question but the last.
#![no_std]
#![no_main]

use trainsos::{program, syscalls, ArgumentBlock, Arguments};

program!(main);

fn serve() {
    let mut served = 0;
    loop {
        let mut question = [0; 8];
        let (client, _) = syscalls::recv(&mut question);
        if served < 2 {
            syscalls::reply(client, b"yes").unwrap();
        }
        served += 1;
    }
}

fn main(arguments: &Arguments) {
    if arguments.text("ROLE") == Some("server") {
        serve();
    }
    let block = ArgumentBlock::<64>::program("forgotten_reply").unwrap().with("ROLE", "server").unwrap();
    let server = syscalls::create(1, block.bytes()).unwrap();
    for _ in 0..3 {
        let mut answer = [0; 8];
        syscalls::send(server, b"ready?", &mut answer).unwrap();
    }
}
