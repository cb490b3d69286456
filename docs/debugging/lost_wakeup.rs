//! A server that wakes sleepers, and drops the wake-up that comes before the sleeper.
#![no_std]
#![no_main]

use trainsos::{println, program, syscalls, ArgumentBlock, Arguments};

program!(main);

fn serve() {
    let mut sleeper = None;
    loop {
        let mut what = [0; 8];
        let (client, _) = syscalls::recv(&mut what);
        if what[0] == b's' {
            sleeper = Some(client);
            continue;
        }
        syscalls::reply(client, b"").unwrap();
        if let Some(tid) = sleeper.take() {
            syscalls::reply(tid, b"").unwrap();
        }
    }
}

fn main(arguments: &Arguments) {
    if arguments.text("ROLE") == Some("server") {
        serve();
    }
    let block = ArgumentBlock::<64>::program("lost_wakeup").unwrap().with("ROLE", "server").unwrap();
    let server = syscalls::create(0, block.bytes()).unwrap();
    syscalls::send(server, b"wake", &mut []).unwrap();
    syscalls::send(server, b"sleep", &mut []).unwrap();
    println!("woken");
}
