// SPDX-License-Identifier: Apache-2.0
//! A cooperative executor: several `async` functions take turns inside one task, with timers.
//!
//! ```ignore
//! let timers = Timers::new(ServerClock(clock_server));
//! let mut blink = pin!(async { loop_of_sleeps(&timers).await });
//! let mut count = pin!(async { timers.sleep(5).await; println!("five ticks later") });
//! run(&timers, &mut [blink.as_mut(), count.as_mut()])?;
//! ```
//!
//! In each turn every function that is not done is polled, in the order of the list. When none of
//! them asked for another turn, the task waits for the earliest timer.

use core::cell::Cell;
use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

/// Time in ticks.
pub trait Clock {
    /// Ticks since some start.
    fn now(&self) -> u64;

    /// Blocks the task until this tick.
    fn wait_until(&self, tick: u64);
}

/// Functions wait for something, but neither a timer nor a waker can come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Stuck;

/// The timers of one executor.
pub struct Timers<C: Clock> {
    clock: C,
    now: Cell<u64>,
    earliest: Cell<Option<u64>>,
}

impl<C: Clock> Timers<C> {
    /// Timers by a clock.
    pub fn new(clock: C) -> Self {
        let now = Cell::new(clock.now());
        Timers { clock, now, earliest: Cell::new(None) }
    }

    /// The time of the present turn.
    pub fn now(&self) -> u64 {
        self.now.get()
    }

    /// Lets the others run until so many ticks have passed.
    pub fn sleep(&self, ticks: u64) -> impl Future<Output = ()> + '_ {
        self.sleep_until(self.now().saturating_add(ticks))
    }

    /// Lets the others run until this tick.
    pub fn sleep_until(&self, tick: u64) -> impl Future<Output = ()> + '_ {
        core::future::poll_fn(move |_| {
            if self.now() >= tick {
                return Poll::Ready(());
            }
            let earliest = self.earliest.get().map_or(tick, |other| other.min(tick));
            self.earliest.set(Some(earliest));
            Poll::Pending
        })
    }
}

/// Lets the others have a turn.
pub fn yield_turn() -> impl Future<Output = ()> {
    let mut has_yielded = false;
    core::future::poll_fn(move |context| {
        if core::mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
}

/// Runs the functions until all are done.
pub fn run<C: Clock>(
    timers: &Timers<C>,
    functions: &mut [Pin<&mut dyn Future<Output = ()>>],
) -> Result<(), Stuck> {
    let mut left = functions.len();
    let mut context = Context::from_waker(&WAKER);
    while left > 0 {
        WOKEN.store(false, Ordering::Relaxed);
        timers.earliest.set(None);
        timers.now.set(timers.clock.now());
        let mut at = 0;
        while at < left {
            if functions[at].as_mut().poll(&mut context).is_ready() {
                functions[at..left].rotate_left(1);
                left -= 1;
            } else {
                at += 1;
            }
        }
        if left > 0 && !WOKEN.load(Ordering::Relaxed) {
            timers.clock.wait_until(timers.earliest.get().ok_or(Stuck)?);
        }
    }
    Ok(())
}

/// Whether a function asked for another turn. One task runs one executor at a time, and statics are
/// a task's own.
static WOKEN: AtomicBool = AtomicBool::new(false);

// SAFETY: the functions of the table use no data and nothing but an atomic.
static WAKER: Waker = unsafe { Waker::from_raw(RawWaker::new(core::ptr::null(), &TABLE)) };

static TABLE: RawWakerVTable = RawWakerVTable::new(
    |_| RawWaker::new(core::ptr::null(), &TABLE),
    |_| WOKEN.store(true, Ordering::Relaxed),
    |_| WOKEN.store(true, Ordering::Relaxed),
    |_| {},
);

/// The clock server's ticks.
#[cfg(target_os = "none")]
pub struct ServerClock(pub crate::Tid);

#[cfg(target_os = "none")]
impl Clock for ServerClock {
    fn now(&self) -> u64 {
        crate::services::clock_now(self.0).expect("the clock server should tell the time")
    }

    fn wait_until(&self, tick: u64) {
        let ticks = tick.saturating_sub(self.now());
        crate::services::clock_wait(self.0, ticks).expect("the clock server should wake us");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::pin::pin;
    use std::cell::RefCell;

    #[derive(Default)]
    struct TestClock(Cell<u64>);

    impl Clock for TestClock {
        fn now(&self) -> u64 {
            self.0.get()
        }

        fn wait_until(&self, tick: u64) {
            assert!(tick > self.0.get(), "a wait for what is past");
            self.0.set(tick);
        }
    }

    #[test]
    fn functions_wake_in_the_order_of_their_timers() {
        let timers = Timers::new(TestClock::default());
        let log = RefCell::new(Vec::new());
        let step = |name: &'static str, period: u64, count: u32| {
            let (timers, log) = (&timers, &log);
            async move {
                for _ in 0..count {
                    timers.sleep(period).await;
                    log.borrow_mut().push((timers.now(), name));
                }
            }
        };
        let mut a = pin!(step("a", 3, 3));
        let mut b = pin!(step("b", 2, 3));
        assert_eq!(run(&timers, &mut [a.as_mut(), b.as_mut()]), Ok(()));
        let expected = [(2, "b"), (3, "a"), (4, "b"), (6, "a"), (6, "b"), (9, "a")];
        assert_eq!(*log.borrow(), expected);
    }

    #[test]
    fn a_function_that_yields_lets_the_other_have_its_turn_without_time_passing() {
        let timers = Timers::new(TestClock::default());
        let log = RefCell::new(Vec::new());
        let mut first = pin!(async {
            log.borrow_mut().push(1);
            yield_turn().await;
            log.borrow_mut().push(3);
        });
        let mut second = pin!(async { log.borrow_mut().push(2) });
        assert_eq!(run(&timers, &mut [first.as_mut(), second.as_mut()]), Ok(()));
        assert_eq!((&log.borrow()[..], timers.now()), (&[1, 2, 3][..], 0));
    }

    #[test]
    fn functions_that_nothing_can_wake_are_reported() {
        let timers = Timers::new(TestClock::default());
        let mut never = pin!(core::future::pending());
        assert_eq!(run(&timers, &mut [never.as_mut()]), Err(Stuck));
    }
}
