/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A kernel with the system calls of TrainsOS as far as messages go, for comparing the kernel model
 * with something that is booted: numbers and arguments as in lib/include/uapi.h, the order of tasks as
 * in kernel/src/loop.c (9d49562): on each call the caller is queued behind those whom the call made
 * ready. Programs are ELF files inside the image (programs.S); each task begins in a loader, which
 * asks for memory by mmap.
 *
 * Built with LAST_FIRST, of equally urgent tasks the latest to become ready runs: a fault to find.
 */
#include "kernel.h"

enum {
  EXIT, YIELD, CREATE, MY_TID, MY_PARENT_TID, SEND, RECV, REPLY, AWAIT_EVENT, MMAP, SYS_HEALTH,
  ENCODER_INIT, ENCODER_GET, PRINT_RAW, QUIT
};
enum { NEVER_MADE, READY, SEND_BLOCKED, RECEIVE_BLOCKED, REPLY_BLOCKED, EVENT_BLOCKED, GONE };
enum { TASKS = 64, LOWEST_PRIORITY = 20, IDLE_PRIORITY = 21, EC_SVC = 0x15 };
enum { NO_TASK = -1, BAD_PRIORITY = -1, NO_ROOM = -2, NOT_WAITING = -2 };
enum { WATCHDOG_PASSWORD = 0x5A000000, WATCHDOG_RESET = 0x20, RSTC = 0x1C, WDOG = 0x24 };

#define PAGE (1ul << 20)
#define POOL_START 0x40000000ul
#define POOL_END 0x7E000000ul
#define UART2 0xFE201400ul

struct task {
  struct frame frame;
  int state, priority, parent;
  uint64_t queued; /* when it entered the ready queue, or the queue of a receiver */
  int receiver;    /* to whom it sends */
};

const int stay_at_el2 = 0;
static struct task tasks[TASKS];
static int made, active;
static uint64_t queue_time, next_page = POOL_START;

/* ---- Programs, at EL0 ---------------------------------------------------------------------- */

struct program {
  const char *name;
  const uint8_t *file;
};
extern const struct program programs[];

struct elf_header {
  uint8_t ident[16];
  uint16_t type, machine;
  uint32_t version;
  uint64_t entry, phoff, shoff;
  uint32_t flags;
  uint16_t ehsize, phentsize, phnum;
};
struct segment {
  uint32_t type, flags;
  uint64_t offset, vaddr, paddr, filesz, memsz, align;
};
struct rela {
  uint64_t offset, info, addend;
};
enum { PT_LOAD = 1, PT_DYNAMIC = 2, DT_RELA = 7, DT_RELASZ = 8, R_RELATIVE = 1027 };

void *memcpy(void *to, const void *from, unsigned long bytes);

/* programs.S */
void call_exit(void) __attribute__((noreturn));
int call_mmap(uint64_t *target, uint64_t bytes);

static bool same(const char *a, const char *b) {
  while (*a && *a == *b) {
    a++;
    b++;
  }
  return *a == *b;
}

static const char *behind(const char *text) {
  while (*text++) {
  }
  return text;
}

static const uint8_t *find(const char *args, uint64_t length) {
  const char *name = "";
  for (const char *key = args; key < args + length; key = behind(behind(key))) {
    if (same(key, "PROGRAM")) {
      name = behind(key);
    }
  }
  const struct program *program = programs;
  while (program->file && !same(program->name, name)) {
    program++;
  }
  return program->file;
}

static void relocate(uint64_t bias, const uint64_t *dynamic) {
  uint64_t table = 0, bytes = 0;
  for (; dynamic[0]; dynamic += 2) {
    table = dynamic[0] == DT_RELA ? dynamic[1] : table;
    bytes = dynamic[0] == DT_RELASZ ? dynamic[1] : bytes;
  }
  const struct rela *rela = (const struct rela *)(table + bias);
  for (uint64_t n = 0; n < bytes / sizeof *rela; n++) {
    if ((uint32_t)rela[n].info == R_RELATIVE) {
      *(uint64_t *)(rela[n].offset + bias) = rela[n].addend + bias;
    }
  }
}

static void loader(const char *args, uint64_t length) {
  const uint8_t *file = find(args, length);
  if (!file) {
    call_exit();
  }
  const struct elf_header *header = (const struct elf_header *)file;
  const struct segment *segments = (const struct segment *)(file + header->phoff);
  uint64_t top = 0, bias = 0;
  for (int n = 0; n < header->phnum; n++) {
    uint64_t end = segments[n].vaddr + segments[n].memsz;
    top = segments[n].type == PT_LOAD && end > top ? end : top;
  }
  call_mmap(&bias, top);
  const uint64_t *dynamic = 0;
  for (int n = 0; n < header->phnum; n++) {
    if (segments[n].type == PT_LOAD) {
      memcpy((void *)(segments[n].vaddr + bias), file + segments[n].offset, segments[n].filesz);
    } else if (segments[n].type == PT_DYNAMIC) {
      dynamic = (const uint64_t *)(segments[n].vaddr + bias);
    }
  }
  if (dynamic) {
    relocate(bias, dynamic);
  }
  ((void (*)(const char *, uint64_t))(header->entry + bias))(args, length);
  call_exit();
}

static void idle(void) {
  for (;;) {
    asm volatile("wfi");
  }
}

/* ---- The kernel ---------------------------------------------------------------------------- */

static void make_ready(struct task *task) {
  task->state = READY;
  task->queued = ++queue_time;
}

static uint64_t pages(uint64_t bytes) {
  uint64_t size = PAGE;
  while (size < bytes) {
    size *= 2;
  }
  uint64_t start = (next_page + size - 1) & -size;
  if (start + size > POOL_END || start + size < start) {
    return 0;
  }
  next_page = start + size;
  return start;
}

static int create(int parent, int priority, const char *args, uint64_t length) {
  uint64_t stack = made < TASKS ? pages(PAGE) : 0;
  if (!stack) {
    return NO_ROOM;
  }
  int tid = made++;
  struct task *task = &tasks[tid];
  if (priority < 0 || priority > LOWEST_PRIORITY) {
    task->state = EVENT_BLOCKED;
    return BAD_PRIORITY;
  }
  uint64_t top = stack + PAGE - ((length + 15) & -16ul);
  memcpy((void *)top, args, length);
  task->parent = parent;
  task->priority = priority;
  task->frame.pc = (uint64_t)loader;
  task->frame.sp = top;
  task->frame.x[0] = top;
  task->frame.x[1] = length;
  make_ready(task);
  return tid;
}

static bool lives(int64_t tid) {
  return tid >= 0 && tid < made && tasks[tid].state != GONE;
}

static uint64_t smaller(uint64_t a, uint64_t b) {
  return a < b ? a : b;
}

/* The receiver has called recv, the sender send. */
static void transfer(struct task *sender, struct task *receiver) {
  uint64_t bytes = smaller(sender->frame.x[2], receiver->frame.x[2]);
  memcpy((void *)receiver->frame.x[1], (void *)sender->frame.x[1], bytes);
  *(int *)receiver->frame.x[0] = (int)(sender - tasks);
  receiver->frame.x[0] = sender->frame.x[2];
  sender->state = REPLY_BLOCKED;
}

static void send(struct task *caller) {
  int tid = (int)caller->frame.x[0];
  if (!lives(tid)) {
    caller->frame.x[0] = (uint64_t)NO_TASK;
    make_ready(caller);
  } else if (tasks[tid].state == RECEIVE_BLOCKED) {
    transfer(caller, &tasks[tid]);
    make_ready(&tasks[tid]);
  } else {
    caller->state = SEND_BLOCKED;
    caller->receiver = tid;
    caller->queued = ++queue_time;
  }
}

static void receive(struct task *caller) {
  struct task *first = 0;
  for (int n = 0; n < made; n++) {
    bool waits = tasks[n].state == SEND_BLOCKED && tasks[n].receiver == caller - tasks;
    if (waits && (!first || tasks[n].queued < first->queued)) {
      first = &tasks[n];
    }
  }
  if (first) {
    transfer(first, caller);
    make_ready(caller);
  } else {
    caller->state = RECEIVE_BLOCKED;
  }
}

static void reply(struct task *caller) {
  int tid = (int)caller->frame.x[0];
  if (!lives(tid)) {
    caller->frame.x[0] = (uint64_t)NO_TASK;
    make_ready(caller);
    return;
  }
  struct task *sender = &tasks[tid];
  if (sender->state != REPLY_BLOCKED) {
    caller->frame.x[0] = (uint64_t)NOT_WAITING;
    make_ready(caller);
    return;
  }
  uint64_t length = caller->frame.x[2];
  uint64_t bytes = smaller(length, sender->frame.x[4]);
  memcpy((void *)sender->frame.x[3], (void *)caller->frame.x[1], bytes);
  sender->frame.x[0] = length;
  caller->frame.x[0] = bytes;
  make_ready(sender);
  make_ready(caller);
}

static void print_raw(const char *text, int length) {
  for (int n = 0; n < length; n++) {
    while (get32(UART2 + 0x18) & 1 << 5) {
    }
    put32(UART2, (uint32_t)text[n]);
  }
}

static void quit(void) {
  put32(WATCHDOG + WDOG, WATCHDOG_PASSWORD | 1);
  put32(WATCHDOG + RSTC, WATCHDOG_PASSWORD | WATCHDOG_RESET);
}

static int parent_of(struct task *caller) {
  return lives(caller->parent) ? caller->parent : NO_TASK;
}

/* Calls that give a number at once; exit and the like have done so already. */
static uint64_t value(struct task *caller, int call) {
  uint64_t *x = caller->frame.x;
  switch (call) {
    case CREATE:
      return (uint64_t)create((int)(caller - tasks), (int)x[0], (const char *)x[1], x[2]);
    case MY_TID:
      return (uint64_t)(caller - tasks);
    case MY_PARENT_TID:
      return (uint64_t)parent_of(caller);
    case MMAP:
      *(uint64_t *)x[0] = pages(x[1]);
      return 0;
    case PRINT_RAW:
      print_raw((const char *)x[0], (int)x[1]);
      return 0;
    case YIELD:
      return x[0];
    default:
      return (uint64_t)-1;
  }
}

static void on_call(struct task *caller, int call) {
  switch (call) {
    case EXIT:
      caller->state = GONE;
      break;
    case SEND:
      send(caller);
      break;
    case RECV:
      receive(caller);
      break;
    case REPLY:
      reply(caller);
      break;
    case AWAIT_EVENT:
      caller->state = EVENT_BLOCKED;
      break;
    case QUIT:
      quit();
      caller->state = GONE;
      break;
    default:
      caller->frame.x[0] = value(caller, call);
      make_ready(caller);
  }
}

static bool was_queued_before(struct task *task, struct task *other) {
#ifdef LAST_FIRST
  return task->queued > other->queued;
#else
  return task->queued < other->queued;
#endif
}

static int next_task(void) {
  int best = 0;
  for (int n = 1; n < made; n++) {
    struct task *task = &tasks[n];
    bool before = task->priority < tasks[best].priority ||
                  (task->priority == tasks[best].priority && was_queued_before(task, &tasks[best]));
    if (task->state == READY && before) {
      best = n;
    }
  }
  return best;
}

extern void finish(uint64_t code) __attribute__((noreturn));

/* Two words at a time: it is most of what a system call costs. */
static inline void copy_frame(struct frame *to, const struct frame *from) {
  uint64_t *at = (uint64_t *)to;
  const uint64_t *source = (const uint64_t *)from, *end = (const uint64_t *)(from + 1);
  uint64_t first, second;
  asm volatile(
      "1: ldp %0, %1, [%3], #16\n stp %0, %1, [%2], #16\n cmp %3, %4\n b.ne 1b"
      : "=&r"(first), "=&r"(second), "+r"(at), "+r"(source)
      : "r"(end)
      : "memory", "cc");
}

void on_exception(struct frame *frame, uint64_t vector) {
  copy_frame(&tasks[active].frame, frame);
  if (vector != VECTOR_LOWER_SYNC || READ(esr_el1) >> 26 != EC_SVC) {
    print("messages: task ");
    print_number((uint64_t)active);
    print(" took an exception, esr ");
    print_hex(READ(esr_el1));
    print("\n");
    finish(1);
  }
  on_call(&tasks[active], (int)(READ(esr_el1) & 0xFFFF));
  active = next_task();
  copy_frame(frame, &tasks[active].frame);
}

static void uart2_start(void) {
  pin_select(0, PIN_ALT4);
  pin_select(1, PIN_ALT4);
  put32(UART2 + 0x30, 0);
  put32(UART2 + 0x24, 26);
  put32(UART2 + 0x28, 3);
  put32(UART2 + 0x2C, 0x70);
  put32(UART2 + 0x30, 0x301);
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  static const char entry[] = "PROGRAM\0user_entry", names[] = "PROGRAM\0name_server";
  (void)level_at_start;
  (void)firmware_argument;
  console_start();
  uart2_start();
  mmu_start();
  struct task *lazy = &tasks[made++];
  lazy->priority = IDLE_PRIORITY;
  lazy->frame.pc = (uint64_t)idle;
  lazy->frame.sp = pages(PAGE) + PAGE;
  make_ready(lazy);
  create(0, 0, entry, sizeof entry);
  create(0, 0, names, sizeof names);
  active = 1;
  struct task *first = &tasks[active];
  register uint64_t x0 asm("x0") = first->frame.x[0];
  register uint64_t x1 asm("x1") = first->frame.x[1];
  WRITE(sp_el0, first->frame.sp);
  WRITE(elr_el1, first->frame.pc);
  WRITE(spsr_el1, 0);
  asm volatile("eret" ::"r"(x0), "r"(x1));
  __builtin_unreachable();
}
