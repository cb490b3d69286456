// SPDX-License-Identifier: Apache-2.0
//! The receiving half of the message demo: opens what comes as one of the messages it knows, reads
//! the arrays where they lie, and answers. A message that does not hold together is answered too.
#![no_std]
#![no_main]

use programs::trains::{PeerRequest, TrainReport, TrainSummary};
use trainsos::message::{receive, reply, Malformed, MessageBox, NoRoom};
use trainsos::{print, println, program, Arguments};

program!(main);

fn main(_: &Arguments) {
    let mut request = MessageBox::<1024>::new();
    let mut answer = MessageBox::<1024>::new();
    loop {
        let sender = receive(&mut request);
        let is_over = match PeerRequest::open(&mut request) {
            Ok(PeerRequest::Report(report)) => {
                if summarize(report, &mut answer).is_err() {
                    println!("msg_peer: the summary does not fit");
                }
                false
            }
            Ok(PeerRequest::Done(_)) => {
                answer = MessageBox::new();
                true
            }
            Err(why) => {
                refuse(why, &mut answer);
                false
            }
        };
        if reply(sender, &answer).is_err() {
            println!("msg_peer: task {} does not wait for an answer", sender.0);
        }
        if is_over {
            return;
        }
    }
}

fn summarize(report: &mut TrainReport, answer: &mut MessageBox<1024>) -> Result<(), NoRoom> {
    print!("msg_peer: train {} ", report.train);
    println!("seen by {} sensors", report.sensors.len());
    let mut summary = answer.begin::<TrainSummary>();
    summary.train = report.train;
    summary.sensor_sum = report.sensors.iter().map(|sensor| u32::from(*sensor)).sum();
    summary.last_tick = report.ticks.last().copied().unwrap_or(0);
    // In place: the name becomes upper case in the request, then it is copied into the answer.
    report.name.make_ascii_uppercase();
    summary.shout = summary.attach_copy(&report.name)?.into();
    Ok(())
}

fn refuse(why: Malformed, answer: &mut MessageBox<1024>) {
    println!("msg_peer: refused, {why:?}");
    *answer = MessageBox::new();
}
