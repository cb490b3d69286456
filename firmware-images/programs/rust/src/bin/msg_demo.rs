// SPDX-License-Identifier: Apache-2.0
//! The sending half of the message demo. `PEER` names the program that answers: `msg_peer` in Rust,
//! or `msg_peer_c`, which has the same messages in C.
#![no_std]
#![no_main]

use programs::trains::{TrainReport, TrainSummary, TrainsDone};
use trainsos::message::{call, MessageBox};
use trainsos::{println, program, syscalls, ArgumentBlock, Arguments, Tid};

program!(main);

const PEER_PRIORITY: i32 = 1;

fn main(arguments: &Arguments) {
    let program = arguments.text("PEER").unwrap_or("msg_peer");
    let block = ArgumentBlock::<64>::program(program).expect("the peer's name should be short");
    let peer = syscalls::create(PEER_PRIORITY, block.bytes()).expect("the peer should start");
    report(peer, 24, "express", &[3, 5, 80]);
    report(peer, 58, "freight", &[]);
    forge(peer);
    let mut message = MessageBox::<64>::new();
    drop(message.begin::<TrainsDone>());
    call(peer, &message, &mut MessageBox::<64>::new()).expect("the peer should be there");
    println!("msg_demo: done");
}

/// Sends a report and shows the answer.
fn report(peer: Tid, train: u32, name: &str, sensors: &[u16]) {
    let mut message = MessageBox::<1024>::new();
    let mut draft = message.begin::<TrainReport>();
    draft.train = train;
    draft.speed = 10;
    draft.name = draft.attach_copy(name.as_bytes()).expect("the name should fit").into();
    draft.sensors = draft.attach_copy(sensors).expect("the sensors should fit").into();
    // An array can also be filled where it lies.
    draft.ticks = draft.attach(sensors.len()).expect("the ticks should fit").into();
    for (i, tick) in draft.ticks.iter_mut().enumerate() {
        *tick = 100 * (i as u64 + 1);
    }
    drop(draft);
    show(&message, peer);
}

/// Sends a report whose name claims to be far longer than the message.
fn forge(peer: Tid) {
    const COUNT_OF_NAME: usize = 16 + 8 + 4;
    let mut message = MessageBox::<1024>::new();
    message.begin::<TrainReport>().train = 1;
    let length = message.bytes().len();
    message.room()[COUNT_OF_NAME..COUNT_OF_NAME + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    message.received(length);
    show(&message, peer);
}

fn show(message: &MessageBox<1024>, peer: Tid) {
    let mut answer = MessageBox::<1024>::new();
    call(peer, message, &mut answer).expect("the peer should be there");
    match answer.open::<TrainSummary>() {
        Ok(summary) => println!(
            "msg_demo: {} (train {}): sensors add up to {}, last tick {}",
            core::str::from_utf8(&summary.shout).unwrap_or("?"),
            summary.train,
            summary.sensor_sum,
            summary.last_tick
        ),
        Err(why) => println!("msg_demo: no summary, {why:?}"),
    }
}
