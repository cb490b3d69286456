/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Code that changes (Arm Architecture Reference Manual for A-profile, B2.7.4, "Synchronization and
 * coherency issues between data and instruction accesses"): a page that was executed is filled with
 * other code, with all the maintenance that the manual asks for, and is executed again.
 */
#include "kernel.h"

const int stay_at_el2 = 0;
enum { PIECES = 8, STRIDE = 256, WORDS = 1024, MOV_W0 = 0x52800000, RET = 0xd65f03c0 };
enum { PAGE = 3, SHARED = 3 << 8, ACCESSED = 1 << 10, NORMAL = 1 << 2, OF_ASID = 1 << 11 };
#define HIGH 0x40000000ul
#define INSTRUCTION_CACHE (1ul << 12)
static uint32_t code[WORDS] __attribute__((aligned(4096)));
static uint32_t other[WORDS] __attribute__((aligned(4096)));
static uint32_t across[2 * WORDS] __attribute__((aligned(4096)));
static uint64_t spaces[2][512] __attribute__((aligned(4096)));
static uint64_t middle[2][512] __attribute__((aligned(4096)));
static uint64_t last[2][512] __attribute__((aligned(4096)));

void on_exception(struct frame *frame, uint64_t vector) {
  print("FAILED: exception, vector "), print_number(vector), print(", pc "), print_hex(frame->pc);
  print("\n");
  for (;;) {
  }
}

static void fill(uint64_t at, uint32_t first) {
  volatile uint32_t *to = (volatile uint32_t *)at;
  for (int word = 0; word < WORDS; word++) {
    to[word] = 0;
  }
  for (uint32_t piece = 0; piece < PIECES; piece++) {
    to[piece * STRIDE / 4] = MOV_W0 | (first + piece) << 5;
    to[piece * STRIDE / 4 + 1] = RET;
  }
}

static void barriers(void) {
  asm volatile("dsb sy\n isb" ::: "memory");
}

static void sync_lines(uint64_t at) {
  for (uint64_t line = at; line < at + 4096; line += 64) {
    asm volatile("dc cvau, %0" ::"r"(line) : "memory");
  }
  asm volatile("dsb ish" ::: "memory");
  for (uint64_t line = at; line < at + 4096; line += 64) {
    asm volatile("ic ivau, %0" ::"r"(line) : "memory");
  }
  asm volatile("dsb ish\n isb" ::: "memory");
}

static void sync_all(uint64_t at) {
  for (uint64_t line = at; line < at + 4096; line += 64) {
    asm volatile("dc cvau, %0" ::"r"(line) : "memory");
  }
  asm volatile("dsb ish\n ic iallu\n dsb ish\n isb" ::: "memory");
}

static void sync_all_shared(uint64_t at) {
  for (uint64_t line = at; line < at + 4096; line += 64) {
    asm volatile("dc cvau, %0" ::"r"(line) : "memory");
  }
  asm volatile("dsb ish\n ic ialluis\n dsb ish\n isb" ::: "memory");
}

static void run(uint64_t at, uint32_t first, const char *what) {
  uint64_t wrong = 0;
  for (uint32_t piece = 0; piece < PIECES; piece++) {
    wrong += ((uint32_t(*)(void))(at + piece * STRIDE))() != first + piece;
  }
  check_equal(wrong, 0, what);
}

/* A block of code whose second half is changed, in a page of its own. */
static void run_over_pages(const char *what) {
  volatile uint32_t *first = &across[WORDS - 1];
  first[0] = MOV_W0 | 1 << 5, first[1] = RET;
  barriers();
  ((uint32_t(*)(void))first)();
  first[1] = MOV_W0 | 2 << 5, first[2] = RET;
  barriers();
  check_equal(((uint32_t(*)(void))first)(), 2, what);
}

static void enter(int space, uint64_t number) {
  WRITE(ttbr0_el1, (uint64_t)spaces[space] | number << 48);
  ISB();
}

static void map(int space, uint64_t at, const uint32_t *page) {
  last[space][at >> 12 & 511] =
      (uint64_t)page | PAGE | SHARED | ACCESSED | NORMAL | OF_ASID | 1ul << 54;
  asm volatile("dsb ishst\n tlbi vmalle1is\n dsb ish\n isb" ::: "memory");
}

static void make_spaces(void) {
  for (int space = 0; space < 2; space++) {
    for (int gib = 0; gib < 4; gib++) {
      spaces[space][gib] = mmu_level1[gib];
    }
    spaces[space][1] = (uint64_t)middle[space] | PAGE;
    middle[space][0] = (uint64_t)last[space] | PAGE;
  }
  /* EL1 may write and execute these two */
  for (uint64_t page = (uint64_t)code; page != 0; page = page == (uint64_t)code ? (uint64_t)other : 0) {
    mmu_level3[page >> 12] &= ~(1ul << 6);
  }
  asm volatile("dsb ishst\n tlbi vmalle1is\n dsb ish\n isb" ::: "memory");
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  uint64_t own = (uint64_t)code;
  console_start();
  /* with SCTLR_EL1.I = 0 instructions come from memory: barriers are all that is needed (D8.2.11) */
  fill(own, 50), barriers(), run(own, 50, "MMU and instruction cache off, first code");
  fill(own, 60), barriers(), run(own, 60, "MMU and instruction cache off, no maintenance");
  run_over_pages("MMU and instruction cache off, code across two pages");
  WRITE(sctlr_el1, READ(sctlr_el1) | INSTRUCTION_CACHE);
  fill(own, 100), sync_lines(own), run(own, 100, "MMU off, first code");
  fill(own, 200), sync_lines(own), run(own, 200, "MMU off, other code, ic ivau");
  fill(own, 300), sync_all(own), run(own, 300, "MMU off, other code, ic iallu");

  mmu_start();
  make_spaces();
  fill(own, 400), sync_lines(own), run(own, 400, "same address, first code");
  fill(own, 500), sync_lines(own), run(own, 500, "same address, ic ivau");
  WRITE(sctlr_el1, READ(sctlr_el1) & ~INSTRUCTION_CACHE);
  fill(own, 550), barriers(), run(own, 550, "same address, instruction cache off");
  WRITE(sctlr_el1, READ(sctlr_el1) | INSTRUCTION_CACHE);
  fill(own, 600), sync_all(own), run(own, 600, "same address, ic iallu");

  map(0, HIGH, code), map(1, HIGH, other);
  enter(0, 1);
  run(HIGH, 600, "other address, same code");
  fill(own, 700), sync_lines(own), run(HIGH, 700, "other address, ic ivau on the writer's");
  fill(own, 800), sync_lines(HIGH), run(HIGH, 800, "other address, ic ivau on the code's");
  WRITE(sctlr_el1, READ(sctlr_el1) & ~INSTRUCTION_CACHE);
  fill(own, 850), barriers(), run(HIGH, 850, "other address, instruction cache off");
  WRITE(sctlr_el1, READ(sctlr_el1) | INSTRUCTION_CACHE);
  fill(own, 900), sync_all_shared(own), run(HIGH, 900, "other address, ic ialluis");

  fill((uint64_t)other, 1000), sync_lines((uint64_t)other);
  for (int turn = 0; turn < 2; turn++) {
    enter(1, 2), run(HIGH, 1000, "other space and ASID, nothing changed");
    enter(0, 1), run(HIGH, 900, "first space and ASID, nothing changed");
  }
  /* the page goes from one program to another, as in a kernel's exec */
  enter(0, 0);
  fill((uint64_t)other, 1100), sync_lines((uint64_t)other);
  map(0, HIGH, other);
  enter(0, 3), run(HIGH, 1100, "a page of one program given to another, ic ivau");
  fill((uint64_t)other, 1200), sync_all((uint64_t)other);
  enter(1, 4), run(HIGH, 1200, "a page of one program given to another, ic iallu");
  enter(0, 0);
  return checks_failed("check_code");
}
