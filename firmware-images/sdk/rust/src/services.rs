// SPDX-License-Identifier: Apache-2.0
//! The name server and the clock server: their messages (pie-rust/src/api/name_server.rs and
//! clock.rs, 9d49562) and calls.

use crate::message::Array;
use crate::messages;
use crate::plain::Maybe;

/// A tick of the clock server is 10 ms.
pub const TICK_MICROSECONDS: u64 = 10_000;

messages! {
    /// Registers the sender under a name.
    pub struct NsSetReq<'a> {
        /// The name.
        pub name: Array<'a, u8>,
    }
    /// Asks who has a name.
    pub struct NsGetReq<'a> {
        /// The name.
        pub name: Array<'a, u8>,
    }
    /// The name server's answer to both.
    pub struct NsResp {
        /// The tid; none for a name that is taken, or that nobody has.
        pub tid: Maybe<i32>,
    }
    /// Asks to be answered after so many ticks.
    pub struct ClockWaitReq {
        /// Ticks from now on.
        pub ticks: u64,
    }
    /// The ticks have passed.
    pub struct ClockWaitResp {}
    /// Asks for the time.
    pub struct ClockCurTickReq {}
    /// The time.
    pub struct ClockCurTickResp {
        /// Ticks since the clock server's start.
        pub cur_tick: u64,
    }
    /// Stops the bundled clock server (the real one does not know this), so that a run can end.
    pub struct ClockStopReq {}
    /// The clock stops.
    pub struct ClockStopResp {}
}

#[cfg(target_os = "none")]
pub use calls::{clock_now, clock_stop, clock_wait, lookup, register};

#[cfg(target_os = "none")]
mod calls {
    use super::*;
    use crate::message::{call, CallError, MessageBox};
    use crate::Tid;

    const SMALL: usize = 128;

    fn ask_name_server(message: &MessageBox<SMALL>) -> Result<Option<Tid>, CallError> {
        let mut answer = MessageBox::<SMALL>::new();
        call(Tid::NAME_SERVER, message, &mut answer)?;
        Ok(answer.open::<NsResp>()?.tid.get().map(Tid))
    }

    /// Registers the caller. `false` when the name is taken, too long, or the server is full.
    pub fn register(name: &str) -> Result<bool, CallError> {
        let mut message = MessageBox::new();
        let mut draft = message.begin::<NsSetReq>();
        let Ok(bytes) = draft.attach_copy(name.as_bytes()) else {
            return Ok(false);
        };
        draft.name = bytes.into();
        drop(draft);
        Ok(ask_name_server(&message)?.is_some())
    }

    /// The task that registered a name.
    pub fn lookup(name: &str) -> Result<Option<Tid>, CallError> {
        let mut message = MessageBox::new();
        let mut draft = message.begin::<NsGetReq>();
        let Ok(bytes) = draft.attach_copy(name.as_bytes()) else {
            return Ok(None);
        };
        draft.name = bytes.into();
        drop(draft);
        ask_name_server(&message)
    }

    /// Waits for so many ticks.
    pub fn clock_wait(clock: Tid, ticks: u64) -> Result<(), CallError> {
        let mut message = MessageBox::<SMALL>::new();
        message.begin::<ClockWaitReq>().ticks = ticks;
        let mut answer = MessageBox::<SMALL>::new();
        call(clock, &message, &mut answer)?;
        answer.open::<ClockWaitResp>()?;
        Ok(())
    }

    /// Ticks since the clock server's start.
    pub fn clock_now(clock: Tid) -> Result<u64, CallError> {
        let mut message = MessageBox::<SMALL>::new();
        drop(message.begin::<ClockCurTickReq>());
        let mut answer = MessageBox::<SMALL>::new();
        call(clock, &message, &mut answer)?;
        Ok(answer.open::<ClockCurTickResp>()?.cur_tick)
    }

    /// Stops the bundled clock server.
    pub fn clock_stop(clock: Tid) -> Result<(), CallError> {
        let mut message = MessageBox::<SMALL>::new();
        drop(message.begin::<ClockStopReq>());
        let mut answer = MessageBox::<SMALL>::new();
        call(clock, &message, &mut answer)?;
        answer.open::<ClockStopResp>()?;
        Ok(())
    }
}
