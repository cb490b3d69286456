// SPDX-License-Identifier: Apache-2.0
//! What the serializer costs: `N` round trips of 1 KiB as raw bytes, then as a message, in
//! microseconds of the system timer.
#![no_std]
#![no_main]

use trainsos::message::{call, receive, reply, Array, MessageBox};
use trainsos::{messages, println, program, syscalls, ArgumentBlock, Arguments, Tid};

messages! {
    struct Payload<'a> { number: u64, words: Array<'a, u64> }
}

program!(main);

const SIZE: usize = 1024;
const HEADER: usize = 8 + 8 + 24;
const WORDS: usize = (SIZE - HEADER) / 8;
const WORDS_RAW: usize = SIZE / 8;

fn main(arguments: &Arguments) {
    let rounds = arguments.number("N").unwrap_or(1000);
    match arguments.text("ROLE") {
        Some("raw") => return echo_raw(rounds),
        Some("message") => return echo_messages(rounds),
        _ => {}
    }
    let raw = measure_raw(child("raw", rounds), rounds);
    let message = measure_message(child("message", rounds), rounds);
    println!("bench_msg: {rounds} round trips of {SIZE} bytes: raw {raw} us, message {message} us");
}

fn child(role: &str, rounds: u64) -> Tid {
    let mut count = trainsos::Line::new();
    core::fmt::Write::write_fmt(&mut count, format_args!("{rounds}")).expect("a number is short");
    let count = core::str::from_utf8(count.bytes()).expect("digits");
    let block = ArgumentBlock::<64>::program("user_entry")
        .and_then(|block| block.with("ROLE", role)?.with("N", count))
        .expect("the arguments are short");
    syscalls::create(1, block.bytes()).expect("the child should start")
}

/// Microseconds, wrapping: BCM2711 peripherals, 10.2, CLO.
fn microseconds() -> u32 {
    // SAFETY: a device register that every task can read.
    unsafe { (0xFE00_3004 as *const u32).read_volatile() }
}

fn measure(rounds: u64, mut round: impl FnMut(u64)) -> u32 {
    let start = microseconds();
    for number in 0..rounds {
        round(number);
    }
    microseconds().wrapping_sub(start)
}

/// A kibibyte of words, filled by its sender and looked at by its receiver in each round.
fn measure_raw(to: Tid, rounds: u64) -> u32 {
    let (mut message, mut answer) = ([0u64; WORDS_RAW], [0u64; WORDS_RAW]);
    measure(rounds, |number| {
        message.fill(number);
        assert_eq!(syscalls::send(to, bytes(&message), bytes_mut(&mut answer)), Ok(SIZE));
        assert_eq!(answer[WORDS_RAW - 1], number);
    })
}

/// The same as a message, which is filled and looked at in place too.
fn measure_message(to: Tid, rounds: u64) -> u32 {
    let (mut message, mut answer) = (MessageBox::<SIZE>::new(), MessageBox::<SIZE>::new());
    measure(rounds, |number| {
        fill(&mut message, number);
        call(to, &message, &mut answer).expect("the child should be there");
        let payload = answer.open::<Payload>().expect("the answer should hold together");
        assert_eq!(payload.words[WORDS - 1], number);
    })
}

fn fill(message: &mut MessageBox<SIZE>, number: u64) {
    let mut draft = message.begin::<Payload>();
    draft.number = number;
    let words = draft.attach(WORDS).expect("the words should fit");
    words.fill(number);
    draft.words = words.into();
}

fn echo_raw(rounds: u64) {
    let (mut message, mut answer) = ([0u64; WORDS_RAW], [0u64; WORDS_RAW]);
    for _ in 0..rounds {
        let (sender, _) = syscalls::recv(bytes_mut(&mut message));
        answer.fill(message[WORDS_RAW - 1]);
        assert_eq!(syscalls::reply(sender, bytes(&answer)), Ok(SIZE));
    }
}

fn echo_messages(rounds: u64) {
    let (mut message, mut answer) = (MessageBox::<SIZE>::new(), MessageBox::<SIZE>::new());
    for _ in 0..rounds {
        let sender = receive(&mut message);
        let payload = message.open::<Payload>().expect("the message should hold together");
        fill(&mut answer, payload.words[WORDS - 1]);
        assert!(reply(sender, &answer).is_ok());
    }
}

fn bytes(words: &[u64; WORDS_RAW]) -> &[u8] {
    // SAFETY: words are bytes.
    unsafe { core::slice::from_raw_parts(words.as_ptr().cast(), SIZE) }
}

fn bytes_mut(words: &mut [u64; WORDS_RAW]) -> &mut [u8] {
    // SAFETY: words are bytes, and any bytes are words.
    unsafe { core::slice::from_raw_parts_mut(words.as_mut_ptr().cast(), SIZE) }
}
