// SPDX-License-Identifier: Apache-2.0
//! Three functions take turns inside one task: two with timers, one that only yields.
#![no_std]
#![no_main]

use core::pin::pin;
use trainsos::executor::{run, yield_turn, ServerClock, Timers};
use trainsos::services::clock_stop;
use trainsos::{println, program, syscalls, ArgumentBlock, Arguments, Tid};

program!(main);

const CLOCK_PRIORITY: i32 = 1;

fn main(_: &Arguments) {
    let clock = start_clock();
    let timers = Timers::new(ServerClock(clock));
    let start = timers.now();
    let mut signal = pin!(async {
        for state in ["red", "green", "red"] {
            println!("tick {}: signal {state}", timers.now() - start);
            timers.sleep(4).await;
        }
    });
    let mut train = pin!(async {
        for sensor in 1..=3 {
            timers.sleep(3).await;
            println!("tick {}: train at sensor {sensor}", timers.now() - start);
        }
    });
    let mut count = pin!(async {
        for turn in 1..=2 {
            println!("turn {turn}: nothing to wait for");
            yield_turn().await;
        }
    });
    let end = run(&timers, &mut [signal.as_mut(), train.as_mut(), count.as_mut()]);
    println!("tick {}: {end:?}", timers.now() - start);
    clock_stop(clock).expect("the clock should stop");
}

fn start_clock() -> Tid {
    let block = ArgumentBlock::<64>::program("clock_server").expect("the name is short");
    syscalls::create(CLOCK_PRIORITY, block.bytes()).expect("the clock should start")
}
