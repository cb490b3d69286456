/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small kernel as those of CS452: runs at EL1 with the MMU on, its tasks at EL0, pre-empts them by
 * the system timer every 10 ms, and reads UART0 by interrupts.
 *
 * Tasks: a clock that prints five ticks, a counter that proves that its registers survive being
 * pre-empted, an echo that answers in upper case until "q", and idle. After five ticks the timer is
 * stopped, so that the kernel waits for keys alone.
 */
#include "kernel.h"

enum { CALL_YIELD, CALL_PRINT, CALL_AWAIT_TICK, CALL_AWAIT_KEY, CALL_EXIT };
enum { READY, AWAITS_TICK, AWAITS_KEY, GONE };
enum { TASKS = 4, STACK_BYTES = 4096, TICK_MICROS = 10000, TICKS = 5 };
enum { UART_RX_INTERRUPTS = 1 << 4 | 1 << 6, FR_RXFE = 1 << 4, EC_SVC = 0x15 };

struct task {
  struct frame frame;
  int state;
};

const int stay_at_el2 = 0;
static struct task tasks[TASKS];
static uint8_t stacks[TASKS][STACK_BYTES] __attribute__((aligned(16)));
static int active;
static uint32_t ticks, next_tick, start_micros;

static uint64_t call1(uint64_t argument) {
  register uint64_t x0 asm("x0") = argument;
  asm volatile("svc #1" : "+r"(x0)::"memory");
  return x0;
}

#define CALL(number) ({ register uint64_t x0 asm("x0"); \
    asm volatile("svc %1" : "=r"(x0) : "i"(number) : "memory"); x0; })

static void say(const char *text) {
  call1((uint64_t)text);
}

static void clock_task(void) {
  char line[] = "tick 0 after 00 ms\n";
  for (int n = 1; n <= TICKS; n++) {
    CALL(CALL_AWAIT_TICK);
    uint32_t millis = (get32(TIMER_CLO) - start_micros) / 1000;
    line[5] = (char)('0' + n);
    line[13] = (char)('0' + millis / 10 % 10);
    line[14] = (char)('0' + millis % 10);
    say(line);
  }
  CALL(CALL_EXIT);
}

/* Fills registers with a pattern, spins for some ticks, and looks whether they still have it. */
static void counting_task(void) {
  uint64_t bad = 0;
  for (int round = 0; round < 1000; round++) {
    uint64_t wrong;
    asm volatile(
        "mov x9, #0x5a17\n mov x10, #0x1234\n mov x11, #-5\n mov x28, #0x77\n"
        "mov x12, #20000\n"
        "1: subs x12, x12, #1\n b.ne 1b\n"
        "eor x9, x9, #0xff\n eor x9, x9, #0xff\n"
        "mov x13, #0x5a17\n sub x9, x9, x13\n mov x13, #0x1234\n sub x10, x10, x13\n"
        "add x11, x11, #5\n sub x28, x28, #0x77\n"
        "orr x9, x9, x10\n orr x11, x11, x28\n orr %0, x9, x11\n"
        : "=r"(wrong)::"x9", "x10", "x11", "x12", "x13", "x28", "cc");
    bad |= wrong;
  }
  say(bad ? "registers were lost\n" : "registers were kept\n");
  CALL(CALL_EXIT);
}

static void echo_task(void) {
  char line[2] = {0, 0};
  do {
    line[0] = (char)CALL(CALL_AWAIT_KEY);
    char upper = line[0] >= 'a' && line[0] <= 'z' ? (char)(line[0] - 32) : line[0];
    line[0] = upper;
    say(line);
  } while (line[0] != 'Q');
  say("\nbye\n");
  CALL(CALL_EXIT);
}

static void idle_task(void) {
  for (;;) {
    asm volatile("wfi");
  }
}

static void wake(int state, uint64_t result) {
  for (int n = 0; n < TASKS; n++) {
    if (tasks[n].state == state) {
      tasks[n].state = READY;
      tasks[n].frame.x[0] = result;
    }
  }
}

static bool key_is_there(void) {
  return !(get32(UART_FR) & FR_RXFE);
}

static void on_call(struct frame *frame) {
  struct task *task = &tasks[active];
  switch (READ(esr_el1) & 0xFFFF) {
    case CALL_PRINT:
      print((const char *)frame->x[0]);
      break;
    case CALL_AWAIT_TICK:
      task->state = AWAITS_TICK;
      break;
    case CALL_AWAIT_KEY:
      if (key_is_there()) {
        frame->x[0] = get32(UART_DR) & 0xFF;
      } else {
        task->state = AWAITS_KEY;
        put32(UART_IMSC, UART_RX_INTERRUPTS);
      }
      break;
    case CALL_EXIT:
      task->state = GONE;
      break;
  }
}

static void on_tick(void) {
  put32(TIMER_CS, 1 << 1);
  ticks++;
  next_tick += TICK_MICROS;
  if (ticks < TICKS) {
    put32(TIMER_C1, next_tick);
  } else {
    put32(GICD_ICENABLER(TIMER_IRQ), 1u << TIMER_IRQ % 32);
  }
  wake(AWAITS_TICK, ticks);
}

static void on_interrupt(void) {
  int id = irq_acknowledge();
  if (id == TIMER_IRQ) {
    on_tick();
  } else if (id == UART_IRQ) {
    uint32_t key = get32(UART_DR) & 0xFF;
    put32(UART_IMSC, 0);
    put32(UART_ICR, UART_RX_INTERRUPTS);
    wake(AWAITS_KEY, key);
  } else {
    print("an interrupt that nobody wants\n");
  }
  if (id != NO_IRQ) {
    irq_end(id);
  }
}

/* The tasks are in the order of their priorities, and idle is always ready. */
static int next_task(void) {
  int candidate = 0;
  while (tasks[candidate].state != READY) {
    candidate++;
  }
  return candidate;
}

static void report_fault(struct frame *frame, uint64_t vector) {
  print("exception by vector ");
  print_number(vector);
  print(": esr ");
  print_hex(READ(esr_el1));
  print(" elr ");
  print_hex(frame->pc);
  print(" far ");
  print_hex(READ(far_el1));
  print("\n");
}

extern void finish(uint64_t code) __attribute__((noreturn));

void on_exception(struct frame *frame, uint64_t vector) {
  tasks[active].frame = *frame;
  if (vector == VECTOR_LOWER_IRQ) {
    on_interrupt();
  } else if (vector == VECTOR_LOWER_SYNC && READ(esr_el1) >> 26 == EC_SVC) {
    on_call(&tasks[active].frame);
  } else {
    report_fault(frame, vector);
    finish(1);
  }
  active = next_task();
  *frame = tasks[active].frame;
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  static void (*const entries[TASKS])(void) = {clock_task, echo_task, counting_task, idle_task};
  (void)firmware_argument;
  console_start();
  mmu_start();
  print("mini: started at EL");
  print_number(level_at_start >> 2);
  print(", runs at EL");
  print_number(READ(CurrentEL) >> 2);
  print("\n");
  for (int n = 0; n < TASKS; n++) {
    tasks[n].frame.pc = (uint64_t)entries[n];
    tasks[n].frame.sp = (uint64_t)stacks[n] + STACK_BYTES;
    tasks[n].state = READY;
  }
  irq_enable(TIMER_IRQ);
  irq_enable(UART_IRQ);

  start_micros = get32(TIMER_CLO);
  next_tick = start_micros + TICK_MICROS;
  put32(TIMER_C1, next_tick);
  active = 0;
  enter_el0(entries[0], (void *)tasks[0].frame.sp);
}
