// SPDX-License-Identifier: Apache-2.0
//! Where a program begins, and what a panic does.

use crate::{syscalls, Arguments, Tid};
use core::panic::PanicInfo;

/// Names the program's function, `fn(&Arguments)`. The task ends when it returns.
#[macro_export]
macro_rules! program {
    ($main:path) => {
        /// The loader calls this with the argument block and exits the task when it returns
        /// (loader/src/loader.c, load_elf, 9d49562).
        #[no_mangle]
        extern "C" fn _start(block: *const u8, length: usize) {
            let main: fn(&$crate::Arguments<'_>) = $main;
            // SAFETY: called once by the loader, with the block on this task's own stack.
            main(&unsafe { $crate::arguments_at_start(block, length) });
        }
    };
}

/// The arguments that `_start` was called with.
///
/// # Safety
///
/// `block` and `length` are what the loader passed to `_start`.
pub unsafe fn arguments_at_start(block: *const u8, length: usize) -> Arguments<'static> {
    if block.is_null() || length == 0 {
        return Arguments::new(&[]);
    }
    // SAFETY: the kernel put so many bytes above the stack, where they stay as long as the task.
    Arguments::new(unsafe { core::slice::from_raw_parts(block, length) })
}

/// Asks the emulator, or a debugger, to end the whole run with an exit code (`hlt #0xf000`, SYS_EXIT;
/// Arm Semihosting for AArch32 and AArch64, 2.0). Tests report by it. A chip without a debugger takes
/// it for an undefined instruction, and the kernel that for exit.
pub fn end_run(code: u8) -> ! {
    const SYS_EXIT: u64 = 0x18;
    const APPLICATION_EXIT: u64 = 0x20026;
    let block = [APPLICATION_EXIT, u64::from(code)];
    // SAFETY: the debugger reads the block, which lives on; the answer comes in x0.
    unsafe { core::arch::asm!("hlt #0xf000", inout("x0") SYS_EXIT => _, in("x1") block.as_ptr()) };
    syscalls::exit()
}

/// Says where and why, then ends the task: tasks that wait for it wait for ever, and the end of the
/// run tells who they are.
#[panic_handler]
fn panicked(info: &PanicInfo<'_>) -> ! {
    let Tid(tid) = syscalls::my_tid();
    match info.location() {
        Some(at) => {
            crate::println!("task {tid} panicked at {}:{}: {}", at.file(), at.line(), info.message())
        }
        None => crate::println!("task {tid} panicked: {}", info.message()),
    }
    syscalls::exit()
}
