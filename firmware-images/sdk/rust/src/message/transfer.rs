// SPDX-License-Identifier: Apache-2.0
//! Sending, receiving and replying with boxes.

use super::{Malformed, MessageBox};
use crate::syscalls::{self, NoSuchTask, ReplyError};
use crate::Tid;

/// Why a call of a server gave no answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CallError {
    /// No task has this tid (any more).
    NoSuchTask,
    /// The answer is not what it should be.
    Malformed(Malformed),
}

impl From<NoSuchTask> for CallError {
    fn from(_: NoSuchTask) -> Self {
        CallError::NoSuchTask
    }
}

impl From<Malformed> for CallError {
    fn from(why: Malformed) -> Self {
        CallError::Malformed(why)
    }
}

/// Sends a message and waits for the answer.
pub fn call<const S: usize, const R: usize>(
    to: Tid,
    message: &MessageBox<S>,
    answer: &mut MessageBox<R>,
) -> Result<(), NoSuchTask> {
    let length = syscalls::send(to, message.bytes(), answer.room())?;
    answer.received(length);
    Ok(())
}

/// Waits for a message and gives its sender.
pub fn receive<const N: usize>(message: &mut MessageBox<N>) -> Tid {
    let (sender, length) = syscalls::recv(message.room());
    message.received(length);
    sender
}

/// Answers a task that waits for it.
pub fn reply<const N: usize>(to: Tid, answer: &MessageBox<N>) -> Result<usize, ReplyError> {
    syscalls::reply(to, answer.bytes())
}
