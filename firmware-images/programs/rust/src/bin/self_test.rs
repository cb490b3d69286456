// SPDX-License-Identifier: Apache-2.0
//! Tests the kernel from inside, with a test framework of a few lines. `BREAK=yes` adds a check that
//! fails, to show what that looks like.
#![no_std]
#![no_main]

use programs::test_framework::Report;
use trainsos::syscalls::{self, CreateError, NoSuchTask, ReplyError};
use trainsos::{program, ArgumentBlock, Arguments, Tid};

program!(main);

const NOBODY: Tid = Tid(4000);

fn main(arguments: &Arguments) {
    if arguments.text("ROLE") == Some("echo") {
        return echo();
    }
    let mut report = Report::default();
    report.equal("the entry is task 1", syscalls::my_tid(), Tid(1));
    report.equal("a reply to nobody", syscalls::reply(NOBODY, b""), Err(ReplyError::NoSuchTask));
    report.equal("a send to nobody", syscalls::send(NOBODY, b"", &mut []), Err(NoSuchTask));
    report.equal("a priority of 21", syscalls::create(21, b""), Err(CreateError::BadPriority));
    test_echo(&mut report);
    test_pages(&mut report);
    if arguments.text("BREAK") == Some("yes") {
        report.equal("one and one", 1 + 1, 3);
    }
    report.finish()
}

fn test_echo(report: &mut Report) {
    let block = ArgumentBlock::<64>::program("user_entry").and_then(|block| block.with("ROLE", "echo"));
    let child = syscalls::create(1, block.expect("the arguments are short").bytes());
    let child = child.expect("the child should start");
    let mut answer = [0; 4];
    let length = syscalls::send(child, b"steam engine", &mut answer);
    report.equal("the length that was replied", length, Ok(12));
    report.equal("as much as fits", &answer, b"stea");
}

fn test_pages(report: &mut Report) {
    let first = syscalls::mmap(1).map(|page| page.as_ptr() as usize);
    let second = syscalls::mmap(1).map(|page| page.as_ptr() as usize);
    report.equal("two pages are two", first == second, false);
    report.equal("a page is aligned", first.map(|page| page % (1 << 20)), Some(0));
    report.equal("a page of 8 GiB", syscalls::mmap(8 << 30), None);
}

fn echo() {
    let mut message = [0; 64];
    let (sender, length) = syscalls::recv(&mut message);
    if syscalls::reply(sender, &message[..length.min(64)]).is_err() {
        trainsos::println!("echo: task {} is gone", sender.0);
    }
}
