// SPDX-License-Identifier: Apache-2.0
//! The messages of `msg_demo` and `msg_peer`. `programs/msg_demo_c/trains.h` has them in C: the
//! same names, the same layout.

use trainsos::message::Array;
use trainsos::messages;

messages! {
    /// Where a train was seen.
    pub struct TrainReport<'a> {
        pub train: u32,
        pub speed: u32,
        pub name: Array<'a, u8>,
        pub sensors: Array<'a, u16>,
        pub ticks: Array<'a, u64>,
    }

    /// What the peer made of it.
    pub struct TrainSummary<'a> {
        pub train: u32,
        pub sensor_sum: u32,
        pub last_tick: u64,
        pub shout: Array<'a, u8>,
    }

    /// No more reports.
    pub struct TrainsDone {}

    /// What the peer understands.
    pub enum PeerRequest<'a> {
        Report(TrainReport<'a>),
        Done(TrainsDone),
    }
}
