// SPDX-License-Identifier: Apache-2.0
//! The fifteen system calls.
//!
//! Arguments go into x0..x4, then `svc #n`; the result comes in x0. The kernel goes on at the
//! address in x30 instead of behind the svc (exception.S and context_switch.S, 9d49562), so every
//! call is a leaf function of its own and never inlined.
//!
//! Every call is also a scheduling point: tasks that it made ready, and ready tasks of equal
//! priority, run before the caller goes on.
//!
//! Behind each number is the function of kernel/src/syscall_handler.c, 9d49562, that says what the
//! call does (yield has none: kernel/src/loop.c, `k_loop`).

use crate::Tid;
use core::ptr::NonNull;

core::arch::global_asm!(
    ".macro trainsos_call name, number",
    ".section .text.\\name, \"ax\", %progbits",
    ".balign 4",
    ".global \\name",
    ".type \\name, %function",
    "\\name:",
    "svc #\\number",
    "ret",
    ".size \\name, . - \\name",
    ".endm",
    "trainsos_call ke_exit, 0",
    "trainsos_call ke_yield, 1",
    "trainsos_call ke_create, 2",
    "trainsos_call ke_my_tid, 3",
    "trainsos_call ke_my_parent_tid, 4",
    "trainsos_call ke_send, 5",
    "trainsos_call ke_recv, 6",
    "trainsos_call ke_reply, 7",
    "trainsos_call ke_await_event, 8",
    "trainsos_call ke_mmap, 9",
    "trainsos_call ke_sys_health, 10",
    "trainsos_call ke_quadrature_encoder_init, 11",
    "trainsos_call ke_quadrature_encoder_get, 12",
    "trainsos_call ke_print_raw, 13",
    "trainsos_call ke_quit, 14",
    ".purgem trainsos_call",
    ".text",
);

extern "C" {
    fn ke_exit() -> !;
    fn ke_yield();
    fn ke_create(priority: i32, arguments: *const u8, length: usize) -> i32;
    fn ke_my_tid() -> i32;
    fn ke_my_parent_tid() -> i32;
    fn ke_send(tid: i32, message: *const u8, length: usize, reply: *mut u8, room: usize) -> i32;
    fn ke_recv(tid: *mut i32, message: *mut u8, room: usize) -> i32;
    fn ke_reply(tid: i32, reply: *const u8, length: usize) -> i32;
    fn ke_await_event(event: u32) -> i32;
    fn ke_mmap(target: *mut *mut u8, size: u64) -> i32;
    fn ke_sys_health(health: *mut i32) -> i32;
    fn ke_quadrature_encoder_init(pin_a: u32, pin_b: u32) -> i32;
    fn ke_quadrature_encoder_get(id: i32, counts: *mut EncoderCounts) -> i32;
    fn ke_print_raw(text: *const u8, length: i32) -> i32;
    fn ke_quit() -> !;
}

/// No task has this tid (any more).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NoSuchTask;

/// Why a task was not created.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CreateError {
    /// The priority is outside 0..=20. A tid and a stack are used up all the same.
    BadPriority,
    /// No memory or task descriptor is left.
    NoMemory,
}

/// Why a reply did not arrive.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ReplyError {
    /// No task has this tid (any more).
    NoSuchTask,
    /// The task does not wait for a reply.
    NotReplyBlocked,
}

/// What [`await_event`] can wait for: (GIC interrupt id << 16) + sub id.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Event(u32);

impl Event {
    /// Compare 1 of the system timer; the caller writes the compare register first.
    pub const TIMER: Event = Event(97 << 16);

    /// UART 0, 2, 3, 4 or 5; the caller writes IMSC first.
    pub const fn uart(number: u32) -> Event {
        Event((153 << 16) + number)
    }
}

/// svc 0 (`k_exit_handler`). Ends the task and frees its stack at once. Tasks that wait for a reply
/// from it, or are queued to send to it, then wait for ever.
pub fn exit() -> ! {
    // SAFETY: takes nothing.
    unsafe { ke_exit() }
}

/// svc 1 (`k_loop`). Sends the caller to the back of its priority.
pub fn yield_now() {
    // SAFETY: takes nothing.
    unsafe { ke_yield() }
}

/// svc 2 (`k_create_handler`). Creates a task from an argument block ([`crate::ArgumentBlock`]);
/// priority 0 is the highest, 20 the lowest. An unknown program still gives a tid, and ends the
/// system once it runs.
pub fn create(priority: i32, arguments: &[u8]) -> Result<Tid, CreateError> {
    // SAFETY: the kernel reads the slice only.
    match unsafe { ke_create(priority, arguments.as_ptr(), arguments.len()) } {
        -1 => Err(CreateError::BadPriority),
        tid if tid >= 0 => Ok(Tid(tid)),
        _ => Err(CreateError::NoMemory),
    }
}

/// svc 3 (`k_my_tid_handler`). The caller's tid.
pub fn my_tid() -> Tid {
    // SAFETY: takes nothing.
    Tid(unsafe { ke_my_tid() })
}

/// svc 4 (`k_my_parent_tid_handler`). The creator's tid; `None` once it is gone. `Tid(0)` for the
/// kernel's own tasks.
pub fn my_parent_tid() -> Option<Tid> {
    // SAFETY: takes nothing.
    let tid = unsafe { ke_my_parent_tid() };
    (tid >= 0).then_some(Tid(tid))
}

/// svc 5 (`k_send_handler`). Sends and waits for the reply, of which as much as fits is stored.
/// Gives the length that the replier sent, even where it is more than fits. Sending to oneself, or
/// to a task that exits first, waits for ever; the 65th sender queued on one task crashes the
/// kernel.
pub fn send(to: Tid, message: &[u8], reply: &mut [u8]) -> Result<usize, NoSuchTask> {
    // SAFETY: the kernel reads one slice and writes the other, no further than their lengths.
    let length = unsafe {
        ke_send(to.0, message.as_ptr(), message.len(), reply.as_mut_ptr(), reply.len())
    };
    usize::try_from(length).map_err(|_| NoSuchTask)
}

/// svc 6 (`k_recv_handler`). Waits for a message and stores as much as fits. Gives the sender and
/// the length that was sent, even where it is more than fits. First come, first served, whatever
/// the priorities.
pub fn recv(message: &mut [u8]) -> (Tid, usize) {
    let mut sender = 0;
    // SAFETY: the kernel writes the tid, and the slice no further than its length.
    let length = unsafe { ke_recv(&mut sender, message.as_mut_ptr(), message.len()) };
    (Tid(sender), usize::try_from(length).unwrap_or(0))
}

/// svc 7 (`k_reply_handler`). Replies without blocking. Gives the number of bytes copied, cut to
/// the sender's room.
pub fn reply(to: Tid, reply: &[u8]) -> Result<usize, ReplyError> {
    // SAFETY: the kernel reads the slice only.
    match unsafe { ke_reply(to.0, reply.as_ptr(), reply.len()) } {
        -1 => Err(ReplyError::NoSuchTask),
        length if length >= 0 => Ok(length as usize),
        _ => Err(ReplyError::NotReplyBlocked),
    }
}

/// svc 8 (`k_await_event_handler`). Waits until the event's interrupt comes; every task that waits
/// for it wakes. The kernel arms nothing. Gives the UART's masked interrupt status, or 0 for the
/// timer.
pub fn await_event(event: Event) -> i32 {
    // SAFETY: takes a number.
    unsafe { ke_await_event(event.0) }
}

/// svc 9 (`k_mmap_handler`). Takes a page of memory: the next power of two of `size`, at least 1
/// MiB, aligned to its size. It is never given back, nor cleared. `None` when none is left.
pub fn mmap(size: usize) -> Option<NonNull<u8>> {
    let mut page = core::ptr::null_mut();
    // SAFETY: the kernel writes one pointer.
    unsafe { ke_mmap(&mut page, size as u64) };
    NonNull::new(page)
}

/// svc 10 (`k_sys_health`). The share of idle time since the last such call by any task, in
/// hundredths of a percent.
pub fn idle_hundredths_of_percent() -> i32 {
    let mut health = 0;
    // SAFETY: the kernel writes one int.
    unsafe { ke_sys_health(&mut health) };
    health
}

/// What a quadrature encoder counted since it was last asked.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct EncoderCounts {
    /// Steps forwards.
    pub forward: u64,
    /// Steps backwards.
    pub backward: u64,
    /// Edges that are no step, first kind.
    pub invalid_1: u64,
    /// Edges that are no step, second kind.
    pub invalid_2: u64,
    /// The kernel's own.
    pub debug: u64,
}

/// svc 11 (`k_quadrature_encoder_init`). Starts to count an encoder on two GPIO pins; `None` when
/// both encoders are in use.
pub fn quadrature_encoder_init(pin_a: u32, pin_b: u32) -> Option<i32> {
    // SAFETY: takes numbers.
    let id = unsafe { ke_quadrature_encoder_init(pin_a, pin_b) };
    (id >= 0).then_some(id)
}

/// svc 12 (`k_quadrature_encoder_get`). An encoder's counts, which start again from zero; all zero
/// for an unknown id.
pub fn quadrature_encoder_get(id: i32) -> EncoderCounts {
    let mut counts = EncoderCounts::default();
    // SAFETY: the kernel writes one structure of this layout.
    unsafe { ke_quadrature_encoder_get(id, &mut counts) };
    counts
}

/// svc 13 (`k_print_raw`). Writes to UART2 by polling inside the kernel, with interrupts off: about
/// 87 us a byte once the FIFO is full.
pub fn print_raw(text: &[u8]) {
    let length = i32::try_from(text.len()).unwrap_or(i32::MAX);
    // SAFETY: the kernel reads the slice only.
    unsafe { ke_print_raw(text.as_ptr(), length) };
}

/// svc 14 (`k_quit`). Clears the terminal, prints BYE-BYE and reboots the machine.
pub fn quit() -> ! {
    // SAFETY: takes nothing.
    unsafe { ke_quit() }
}
