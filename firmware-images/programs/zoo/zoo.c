/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The crash zoo: one program per fault, built from this file with
 * -DZOO=<function>. Each prints a line before its fault, and another if it
 * lives on, which tells a fault that was reported from one that went by.
 * Functions are not inlined, so that a backtrace has something to show.
 * With ROLE=child a program is the second task that some faults need; the
 * children are made from the same file, as program user_entry.
 */
#include "board.h"
#include "trainsos.h"

enum {
    EQUAL_PRIORITY = 0, /* that of the entry: tid 1 */
    LOWER_PRIORITY = 1,
    ENTRY_TID = 1,
    MISSING_TID = 999,
    BUFFER_SIZE = 16,
    PIN_A = 5,
    PIN_B = 6,
    NO_PIN = 64,
};

/* Neither RAM nor a device; and the last bytes of the address space. */
static char *const OUTSIDE = (char *)0x8000000000;
static char *const LAST_BYTES = (char *)-8;

static _Alignas(16) char buffer[BUFFER_SIZE];

static void run_fault(void);
static void run_child(uint64_t number);

static int create_child(int priority, uint64_t number) {
    struct argument_block block;
    block.length = 0;
    argument_add(&block, "PROGRAM", "user_entry");
    argument_add(&block, "ROLE", "child");
    argument_add_number(&block, "NUMBER", number);
    return create_with(priority, &block);
}

static int send_to(int tid) {
    return ke_send(tid, buffer, BUFFER_SIZE, buffer, BUFFER_SIZE);
}

enum { TURNS = 8 };

/* Lets tasks of the entry's own priority run. */
static void let_equals_run(void) {
    for (int i = 0; i < TURNS; i++) {
        ke_yield();
    }
}

__attribute__((unused)) static int vanished_child(void) {
    int child = create_child(EQUAL_PRIORITY, 0);
    let_equals_run();
    return child;
}

#define TEXT(x) #x
#define NAME(x) TEXT(x)
#define JOIN(a, b) a##b
#define RUN(name) JOIN(run_, name)
#define CHILD(name) JOIN(child_, name)

void program_main(const struct arguments *args) {
    if (text_equal(argument_text(args, "ROLE", "entry"), "child")) {
        run_child(argument_number(args, "NUMBER", 0, 0, 1000));
        return;
    }
    print(NAME(ZOO) ": now\r\n");
    run_fault();
    print(NAME(ZOO) ": still running\r\n");
}

#define NO_CHILD(name)                                                                           \
    __attribute__((unused)) static void CHILD(name)(uint64_t number) {                           \
        (void)number;                                                                            \
    }
#define FAULT(name) __attribute__((unused, noinline)) static void RUN(name)(void)
#define CHILD_OF(name) __attribute__((unused, noinline)) static void CHILD(name)(uint64_t number)

/* ---- Processor faults --------------------------------------------------- */

NO_CHILD(null_read)
FAULT(null_read) {
    char *volatile null = NULL;
    buffer[0] = *(volatile char *)null;
}

NO_CHILD(null_write)
FAULT(null_write) {
    char *volatile null = NULL;
    *(volatile char *)(null + 8) = 1;
}

NO_CHILD(outside_read)
FAULT(outside_read) {
    buffer[0] = *(volatile char *)OUTSIDE;
}

NO_CHILD(wild_jump)
FAULT(wild_jump) {
    void (*volatile target)(void) = (void (*)(void))OUTSIDE;
    target();
}

NO_CHILD(null_call)
FAULT(null_call) {
    void (*volatile target)(void) = NULL;
    target();
}

NO_CHILD(misaligned_jump)
FAULT(misaligned_jump) {
    void (*volatile target)(void) = (void (*)(void))((uintptr_t)&ke_yield + 2);
    target();
}

NO_CHILD(undefined_instruction)
FAULT(undefined_instruction) {
    asm volatile("udf #0");
}

NO_CHILD(privileged_instruction)
FAULT(privileged_instruction) {
    asm volatile("msr vbar_el1, xzr");
}

NO_CHILD(breakpoint)
FAULT(breakpoint) {
    asm volatile("brk #42");
}

NO_CHILD(unaligned_exclusive)
FAULT(unaligned_exclusive) {
    asm volatile("ldxr x9, [%0]" : : "r"(buffer + 1) : "x9", "memory");
}

NO_CHILD(wild_stack)
FAULT(wild_stack) {
    asm volatile("mov sp, %0\n\tstp x0, x1, [sp, #-16]!" : : "r"(OUTSIDE) : "memory");
}

/* The kernel saves the caller's registers below its SP. */
NO_CHILD(wild_stack_call)
FAULT(wild_stack_call) {
    asm volatile("mov sp, %0\n\tbl ke_my_tid" : : "r"(OUTSIDE) : "x30", "memory");
}

/* No fault: the kernel leaves SCTLR_EL1.SA0 clear (boot.S, 9d49562). */
NO_CHILD(misaligned_stack)
FAULT(misaligned_stack) {
    asm volatile("sub sp, sp, #8\n\tstr x0, [sp]\n\tadd sp, sp, #8" : : : "memory");
}

/* Far more than the stack's 1 MiB, and bounded where nothing stops it. */
__attribute__((noinline)) static uint64_t recurse(uint64_t depth) {
    volatile char frame[1024];
    frame[0] = (char)depth;
    return depth == 0 ? (uint64_t)frame[0] : recurse(depth - 1) + (uint64_t)frame[0];
}

NO_CHILD(stack_overflow)
FAULT(stack_overflow) {
    buffer[0] = (char)recurse(4 * 1024 * 1024);
}

/* ---- Loops that end only by a time limit -------------------------------- */

NO_CHILD(endless_loop)
FAULT(endless_loop) {
    for (;;) {
        asm volatile("" : : : "memory");
    }
}

NO_CHILD(endless_yield)
FAULT(endless_yield) {
    for (;;) {
        ke_yield();
    }
}

/* ---- Bad pointers that the kernel would follow -------------------------- */

CHILD_OF(send_bad_message) {
    (void)number;
    int tid;
    ke_recv(&tid, buffer, BUFFER_SIZE);
    ke_reply(tid, buffer, BUFFER_SIZE);
}
FAULT(send_bad_message) {
    int child = create_child(LOWER_PRIORITY, 0);
    ke_send(child, OUTSIDE, BUFFER_SIZE, buffer, BUFFER_SIZE);
}

CHILD_OF(send_bad_reply_buffer) {
    (void)number;
    int tid;
    ke_recv(&tid, buffer, BUFFER_SIZE);
    ke_reply(tid, buffer, BUFFER_SIZE);
}
FAULT(send_bad_reply_buffer) {
    int child = create_child(LOWER_PRIORITY, 0);
    ke_send(child, buffer, BUFFER_SIZE, OUTSIDE, BUFFER_SIZE);
}

CHILD_OF(send_wrapping_length) {
    (void)number;
    int tid;
    ke_recv(&tid, buffer, BUFFER_SIZE);
    ke_reply(tid, buffer, BUFFER_SIZE);
}
FAULT(send_wrapping_length) {
    int child = create_child(LOWER_PRIORITY, 0);
    ke_send(child, buffer, SIZE_MAX, buffer, BUFFER_SIZE);
}

CHILD_OF(recv_bad_tid) {
    (void)number;
    send_to(ENTRY_TID);
}
FAULT(recv_bad_tid) {
    create_child(LOWER_PRIORITY, 0);
    ke_recv((int *)OUTSIDE, buffer, BUFFER_SIZE);
}

CHILD_OF(recv_bad_buffer) {
    (void)number;
    send_to(ENTRY_TID);
}
FAULT(recv_bad_buffer) {
    int tid;
    create_child(LOWER_PRIORITY, 0);
    ke_recv(&tid, OUTSIDE, BUFFER_SIZE);
}

CHILD_OF(reply_bad_message) {
    (void)number;
    send_to(ENTRY_TID);
}
FAULT(reply_bad_message) {
    int tid;
    create_child(LOWER_PRIORITY, 0);
    ke_recv(&tid, buffer, BUFFER_SIZE);
    ke_reply(tid, OUTSIDE, BUFFER_SIZE);
}

NO_CHILD(print_bad_pointer)
FAULT(print_bad_pointer) {
    ke_print_raw(OUTSIDE, BUFFER_SIZE);
}

NO_CHILD(print_wrapping_pointer)
FAULT(print_wrapping_pointer) {
    ke_print_raw(LAST_BYTES, BUFFER_SIZE);
}

NO_CHILD(create_bad_arguments)
FAULT(create_bad_arguments) {
    ke_create(LOWER_PRIORITY, OUTSIDE, BUFFER_SIZE);
}

/* Longer than the new task's stack of 1 MiB. */
NO_CHILD(create_huge_arguments)
FAULT(create_huge_arguments) {
    ke_create(LOWER_PRIORITY, buffer, 64 * 1024 * 1024);
}

NO_CHILD(mmap_bad_target)
FAULT(mmap_bad_target) {
    ke_mmap((void **)OUTSIDE, BUFFER_SIZE);
}

NO_CHILD(mmap_huge)
FAULT(mmap_huge) {
    void *page = buffer;
    int result = ke_mmap(&page, UINT64_MAX);
    print("mmap_huge: %d, page %p\r\n", result, page);
}

NO_CHILD(health_bad_pointer)
FAULT(health_bad_pointer) {
    ke_sys_health((struct keSysHealth *)OUTSIDE);
}

NO_CHILD(encoder_bad_pointer)
FAULT(encoder_bad_pointer) {
    int encoder = ke_quadrature_encoder_init(PIN_A, PIN_B);
    ke_quadrature_encoder_get(encoder, (struct keQuadEncoderStat *)OUTSIDE);
}

/* ---- Calls that break the contract -------------------------------------- */

void unknown_call(void);
asm(".section .text.unknown_call, \"ax\"\n.balign 4\n.global unknown_call\n"
    ".type unknown_call, %function\nunknown_call:\n\tsvc #99\n\tret\n"
    ".size unknown_call, . - unknown_call\n.text");

NO_CHILD(unknown_system_call)
FAULT(unknown_system_call) {
    unknown_call();
}

NO_CHILD(unknown_program)
FAULT(unknown_program) {
    print("unknown_program: tid %d\r\n", create_program(LOWER_PRIORITY, "no_such_program"));
    int tid;
    ke_recv(&tid, buffer, BUFFER_SIZE);
}

/* The tid that the failed create used up still takes a message. */
NO_CHILD(bad_priority)
FAULT(bad_priority) {
    int last = create_child(LOWER_PRIORITY, 0);
    print("bad_priority: %d\r\n", create_child(KE_PRIORITY_LOWEST + 1, 0));
    send_to(last + 1);
}

/* The pairs are whole but for the last NUL: the loader reads on behind them. */
CHILD_OF(unterminated_arguments) {
    print("unterminated_arguments: child %lu\r\n", number);
}
FAULT(unterminated_arguments) {
    static const char block[] = "PROGRAM\0user_entry\0ROLE\0child\0X\0y";
    ke_create(LOWER_PRIORITY, block, sizeof block - 1);
}

NO_CHILD(send_to_self)
FAULT(send_to_self) {
    send_to(ke_my_tid());
}

NO_CHILD(send_to_missing_task)
FAULT(send_to_missing_task) {
    print("send_to_missing_task: %d\r\n", send_to(MISSING_TID));
}

/* The child ends in the meantime, for it is the entry's equal. */
CHILD_OF(send_to_vanished_task) {
    (void)number;
}
FAULT(send_to_vanished_task) {
    print("send_to_vanished_task: %d\r\n", send_to(vanished_child()));
}

CHILD_OF(reply_to_vanished_task) {
    (void)number;
}
FAULT(reply_to_vanished_task) {
    print("reply_to_vanished_task: %d\r\n", ke_reply(vanished_child(), buffer, BUFFER_SIZE));
}

NO_CHILD(reply_to_missing_task)
FAULT(reply_to_missing_task) {
    print("reply_to_missing_task: %d\r\n", ke_reply(MISSING_TID, buffer, BUFFER_SIZE));
}

NO_CHILD(reply_to_ready_task)
FAULT(reply_to_ready_task) {
    int child = create_child(LOWER_PRIORITY, 0);
    print("reply_to_ready_task: %d\r\n", ke_reply(child, buffer, BUFFER_SIZE));
}

/* Child 1 receives the message of the entry; child 0 replies to it. */
CHILD_OF(reply_by_third_task) {
    int tid;
    if (number == 1) {
        ke_recv(&tid, buffer, BUFFER_SIZE);
        create_child(LOWER_PRIORITY, 0);
    } else {
        ke_reply(ENTRY_TID, buffer, BUFFER_SIZE);
    }
}
FAULT(reply_by_third_task) {
    print("reply_by_third_task: %d\r\n", send_to(create_child(LOWER_PRIORITY, 1)));
}

CHILD_OF(message_cut_short) {
    (void)number;
    int tid;
    int length = ke_recv(&tid, buffer, BUFFER_SIZE / 2);
    ke_reply(tid, buffer, (size_t)length);
}
FAULT(message_cut_short) {
    int child = create_child(LOWER_PRIORITY, 0);
    print("message_cut_short: %d\r\n", ke_send(child, buffer, BUFFER_SIZE, buffer, 2));
}

NO_CHILD(unknown_event)
FAULT(unknown_event) {
    ke_await_event(12345);
}

CHILD_OF(two_waiters) {
    (void)number;
    ke_await_event(KE_EVENT_TIMER);
}
FAULT(two_waiters) {
    create_child(LOWER_PRIORITY, 0);
    create_child(LOWER_PRIORITY, 0);
}

/* ---- Tasks that wait for ever ------------------------------------------- */

CHILD_OF(deadlock_cycle) {
    (void)number;
    send_to(ENTRY_TID);
}
FAULT(deadlock_cycle) {
    send_to(create_child(LOWER_PRIORITY, 0));
}

/* The child exits with the entry queued on it. */
CHILD_OF(send_to_exiting_task) {
    (void)number;
}
FAULT(send_to_exiting_task) {
    send_to(create_child(LOWER_PRIORITY, 0));
}

/* The child exits between recv and reply. */
CHILD_OF(receiver_exits) {
    (void)number;
    int tid;
    ke_recv(&tid, buffer, BUFFER_SIZE);
}
FAULT(receiver_exits) {
    send_to(create_child(LOWER_PRIORITY, 0));
}

/* The child receives, and then waits for another message. */
CHILD_OF(silent_receiver) {
    (void)number;
    int tid;
    ke_recv(&tid, buffer, BUFFER_SIZE);
    ke_recv(&tid, buffer, BUFFER_SIZE);
}
FAULT(silent_receiver) {
    send_to(create_child(LOWER_PRIORITY, 0));
}

/* The entry lets its equals run but does not receive. */
enum { SENDERS = 65 };
CHILD_OF(senders_65) {
    (void)number;
    send_to(ENTRY_TID);
}
FAULT(senders_65) {
    for (uint64_t i = 0; i < SENDERS; i++) {
        create_child(EQUAL_PRIORITY, i);
    }
    let_equals_run();
}

/* More than 200 tasks are ready at once. */
enum { CROWD = 240 };
CHILD_OF(ready_crowd) {
    print("ready_crowd: child %lu\r\n", number);
}
FAULT(ready_crowd) {
    for (uint64_t i = 0; i < CROWD; i++) {
        create_child(LOWER_PRIORITY, i);
    }
}

/* ---- Devices that the kernel does not expect so -------------------------- */

/* The kernel's table of pins has 64 rows. */
NO_CHILD(bad_pin)
FAULT(bad_pin) {
    print("bad_pin: %d\r\n", ke_quadrature_encoder_init(PIN_A, NO_PIN));
}

/* Enables the interrupt of system timer compare 3 (GIC-400 TRM, 3.1; BCM2711 peripherals, 6.2.4),
 * which the kernel does not serve, and lets it come. */
NO_CHILD(unexpected_interrupt)
FAULT(unexpected_interrupt) {
    enum { TIMER_3 = 99, SOON = 100, LATER = 1000 };
    volatile uint32_t *const enable = (volatile uint32_t *)0xFF841100;
    volatile uint8_t *const target = (volatile uint8_t *)0xFF841800;
    target[TIMER_3] = 1;
    enable[TIMER_3 / 32] = 1u << TIMER_3 % 32;
    uint32_t start = microseconds();
    system_timer()->compare[3] = start + SOON;
    while (microseconds() - start < LATER) {
    }
}

/* Switches off the UART that print_raw polls. */
NO_CHILD(console_stuck)
FAULT(console_stuck) {
    struct pl011 *console = pl011(2);
    while (console->fr & PL011_FR_BUSY) {
    }
    console->cr = 0;
    print("console_stuck: this is more than the transmit FIFO takes, so the kernel waits\r\n");
}

static void run_fault(void) {
    RUN(ZOO)();
}

static void run_child(uint64_t number) {
    CHILD(ZOO)(number);
}
