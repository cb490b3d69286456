/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The TrainsOS programming interface for C: the fifteen system calls, the
 * start of a program, its arguments, and formatted printing.
 *
 * Names and signatures are those of the kernel's own C interface
 * (lib/include/uapi.h, 9d49562), so a program builds against either.
 *
 * A program defines program_main(); the start code calls it with the
 * arguments that the creator passed, and the task exits when it returns.
 */
#ifndef TRAINSOS_H
#define TRAINSOS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- System calls ------------------------------------------------------- */

/*
 * How a call is made: arguments in x0..x4, `svc #n`, result in x0. The kernel
 * goes on at the address in x30 instead of behind the svc (exception.S and
 * context_switch.S, 9d49562), therefore every call is a leaf function of its
 * own (syscalls.S) and must never be inlined. x1..x18 are lost, as in any C
 * call. FP and SIMD registers are shared by all tasks and saved by nobody.
 *
 * Every call is also a scheduling point: tasks that it made ready, and ready
 * tasks of equal priority, run before the caller goes on.
 *
 * Behind each number is the function of kernel/src/syscall_handler.c, 9d49562,
 * that says what the call does (yield has none: kernel/src/loop.c, k_loop).
 * The kernel follows every pointer as it is given: the emulator reports those
 * that lead out of RAM.
 */

enum {
    KE_PRIORITY_HIGHEST = 0,
    KE_PRIORITY_LOWEST = 20,
    KE_NAME_SERVER_TID = 2,
};

/* Event ids of ke_await_event: (GIC interrupt id << 16) + sub id. */
enum {
    KE_EVENT_TIMER = 97 << 16, /* system timer compare 1 */
    KE_EVENT_UART = 153 << 16, /* add the UART's number: 0, 2, 3, 4 or 5 */
};

/* svc 0 (k_exit_handler). Ends the task and frees its stack at once. Tasks that wait for a
 * reply from it, or are queued to send to it, then wait for ever. */
_Noreturn void ke_exit(void);

/* svc 1 (k_loop). Sends the caller to the back of its priority. Returns nothing of use: x0
 * holds the result of the caller's previous call. */
void ke_yield(void);

/*
 * svc 2 (k_create_handler). Creates a task. `args` is a block KEY\0VALUE\0KEY\0VALUE\0... of
 * `args_len` bytes that is copied to the top of the new task's stack; the value of the last
 * PROGRAM key names the program to load.
 * Returns the new tid; -1 for a priority outside 0..20 (a tid and a stack are used up all the
 * same); -2 when no memory or task descriptor is left. An unknown program still gives a valid
 * tid, and kills the kernel once it runs.
 */
int ke_create(int priority, const char *args, size_t args_len);

/* svc 3 (k_my_tid_handler). Returns the caller's tid, 1 or greater. */
int ke_my_tid(void);

/* svc 4 (k_my_parent_tid_handler). Returns the tid of the task that created the caller; -1
 * once that task is gone; 0 for the tasks that the kernel itself made. */
int ke_my_parent_tid(void);

/*
 * svc 5 (k_send_handler). Sends `msglen` bytes to task `tid` and waits for its reply, of which
 * at most `rplen` bytes are stored at `reply`.
 * Returns the length that the replier gave, even where it exceeds `rplen`; -1 when there is no
 * task `tid`. Sending to oneself waits for ever; so does sending to a task that exits first.
 * At most 64 senders may be queued on one task: the 65th crashes the kernel.
 */
int ke_send(int tid, const char *msg, size_t msglen, char *reply, size_t rplen);

/*
 * svc 6 (k_recv_handler). Waits for a message: stores the sender's tid at `tid` and at most
 * `msglen` bytes at `msg`. Senders are served first come, first served, whatever their
 * priority.
 * Returns the length that was sent, even where it exceeds `msglen`.
 */
int ke_recv(int *tid, char *msg, size_t msglen);

/*
 * svc 7 (k_reply_handler). Replies to a task that waits for a reply, and does not block.
 * Returns the number of bytes copied, cut to the sender's buffer; -1 when there is no task
 * `tid`; -2 when it is not reply-blocked.
 */
int ke_reply(int tid, const char *reply, size_t rplen);

/*
 * svc 8 (k_await_event_handler). Waits until the interrupt of event `irq` comes; every task
 * that waits for it wakes. The kernel arms nothing and never checks the id: write the compare
 * register or IMSC first, or have another task do it.
 * Arm it again before each wait: when the interrupt comes the kernel sets compare 1 to 0, or the
 * UART's IMSC (interrupt.c, 9d49562). Compare 1 must lie ahead: a time that has passed, or one that
 * comes before the wait begins, wakes nobody for 71 minutes.
 * Returns the UART's masked interrupt status, or 0 for the timer.
 */
int ke_await_event(uint32_t irq);

/*
 * svc 9 (k_mmap_handler). Takes a page of memory: the next power of two of `mem_sz` bytes, at
 * least 1 MiB, aligned to its size. It is never given back, nor cleared.
 * Returns 0 always; *target is the page, or NULL when none is left.
 */
int ke_mmap(void **target, uint64_t mem_sz);

struct keSysHealth {
    int idle_percent; /* hundredths of a percent: 9950 is 99.50 % */
};

/* svc 10 (k_sys_health). Stores the share of idle time since the last such call, by any task.
 * Returns 0. */
int ke_sys_health(struct keSysHealth *health);

/* svc 11 (k_quadrature_encoder_init). Starts to count a quadrature encoder on two GPIO pins.
 * Returns its id, or -1 when both encoders are in use. */
int ke_quadrature_encoder_init(uint32_t pin_a, uint32_t pin_b);

struct keQuadEncoderStat {
    uint64_t forward_cnt;
    uint64_t backward_cnt;
    uint64_t invalid_1_cnt;
    uint64_t invalid_2_cnt;
    uint64_t debug;
};

/* svc 12 (k_quadrature_encoder_get). Stores an encoder's counters and sets them to zero; for
 * an unknown id it stores nothing. Returns 0 in both cases. */
int ke_quadrature_encoder_get(int id, struct keQuadEncoderStat *stat);

/* svc 13 (k_print_raw). Writes `len` bytes to UART2 by polling inside the kernel, with
 * interrupts off: about 87 us a byte once the FIFO is full. Returns 0. */
int ke_print_raw(const char *msg, int len);

/* svc 14 (k_quit). Clears the terminal, prints BYE-BYE and reboots the machine. */
_Noreturn void ke_quit(void);

/*
 * No system call: asks the emulator, or a debugger, to end the whole run with an exit code of 0 to
 * 255 (`hlt #0xf000`, SYS_EXIT; Arm Semihosting for AArch32 and AArch64, 2.0). Tests report by it.
 * A chip without a debugger takes it for an undefined instruction, and the kernel that for exit.
 */
_Noreturn void end_run(int code);

/* ---- Start and arguments ------------------------------------------------ */

/* The argument block of ke_create, as the task found it. Untrusted: it may
 * lack its last NUL, or a value. */
struct arguments {
    const char *block;
    size_t length;
};

/* Written by the program. The task exits when it returns. */
void program_main(const struct arguments *args);

/* Value of the last pair with this key, or `fallback` if there is none. The
 * text lives in the block and ends with a NUL. */
const char *argument_text(const struct arguments *args, const char *key, const char *fallback);

/* Value of a key as a decimal number from `least` to `most`. A value that is
 * none prints one line and ends the task. */
uint64_t argument_number(const struct arguments *args, const char *key, uint64_t fallback,
                         uint64_t least, uint64_t most);

/* An argument block under construction. Pairs that do not fit, and blocks
 * that are created nevertheless, end the task with one line. */
enum { ARGUMENT_BLOCK_SIZE = 256 };

struct argument_block {
    char bytes[ARGUMENT_BLOCK_SIZE];
    size_t length;
};

void argument_add(struct argument_block *block, const char *key, const char *value);
void argument_add_number(struct argument_block *block, const char *key, uint64_t value);

/* Creates `program` without further arguments. Result as ke_create. */
int create_program(int priority, const char *program);

/* Creates a task from a block that was built with argument_add, PROGRAM
 * included. Result as ke_create. */
int create_with(int priority, const struct argument_block *block);

/* ---- Text --------------------------------------------------------------- */

/*
 * Formats into `out`, always NUL-terminated, cut to `size` bytes.
 * Conversions: %d %u %x (int), %ld %lu %lx (64 bit), %s %c %p %%, each with an
 * optional width, `-` for left and `0` for zero padding.
 * Returns the length of what is in `out`, without the NUL.
 */
size_t format(char *out, size_t size, const char *text, ...)
    __attribute__((format(printf, 3, 4)));
size_t format_list(char *out, size_t size, const char *text, va_list values)
    __attribute__((format(printf, 3, 0)));

/* Formats and writes with one ke_print_raw; cut to PRINT_LINE_SIZE bytes. */
enum { PRINT_LINE_SIZE = 256 };
void print(const char *text, ...) __attribute__((format(printf, 1, 2)));

/* As print(), then ends the task. */
_Noreturn void fail(const char *text, ...) __attribute__((format(printf, 1, 2)));

size_t text_length(const char *text);
bool text_equal(const char *a, const char *b);

/* The compiler calls these for assignments of large structures. */
void *memcpy(void *to, const void *from, size_t length);
void *memset(void *to, int value, size_t length);
int memcmp(const void *a, const void *b, size_t length);

#endif
