/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rewrites code without end, as a kernel does whose programs come and go, and runs it: with the MMU
 * off and on, at its own address and at another, where the page behind changes too. All maintenance
 * that the Arm Architecture Reference Manual for A-profile asks for (B2.7.4) is done. Ends only when
 * old code runs, with exit code 1, or by an exception, with 2.
 */
#include "kernel.h"

const int stay_at_el2 = 0;
enum { PAGES = 4, WORDS = 1024, PIECE_WORDS = 32, PIECES = WORDS / PIECE_WORDS };
enum { MOVZ_W0 = 0x52800000, ADD_W0_1 = 0x11000400, RET = 0xd65f03c0 };
enum { PAGE = 3, SHARED = 3 << 8, ACCESSED = 1 << 10, NORMAL = 1 << 2, EL0 = 1 << 6, MMU_ON = 1 };
#define OTHER_ADDRESS 0x40000000ul
static uint32_t code[PAGES][WORDS] __attribute__((aligned(4096)));
static uint64_t middle[512] __attribute__((aligned(4096)));
static uint64_t last[512] __attribute__((aligned(4096)));
void finish(int code) __attribute__((noreturn));

void on_exception(struct frame *frame, uint64_t vector) {
  print("exception, vector "), print_number(vector), print(", pc "), print_hex(frame->pc);
  print("\n");
  finish(2);
}

/* Each piece gives value + its number, some of it added up so that pieces differ in length. */
static void fill(uint32_t *page, uint32_t value) {
  for (uint32_t piece = 0; piece < PIECES; piece++) {
    volatile uint32_t *to = page + piece * PIECE_WORDS;
    uint32_t added = (value + piece) % (PIECE_WORDS - 2);
    *to++ = MOVZ_W0 | (value + piece - added) << 5;
    for (uint32_t i = 0; i < added; i++) {
      *to++ = ADD_W0_1;
    }
    *to = RET;
  }
}

enum maintenance { BY_LINE, ALL, ALL_SHARED, WAYS };

static void synchronize(uint64_t at, enum maintenance way) {
  for (uint64_t line = at; line < at + 4096; line += 64) {
    asm volatile("dc civac, %0" ::"r"(line) : "memory");
  }
  asm volatile("dsb ish" ::: "memory");
  for (uint64_t line = at; way == BY_LINE && line < at + 4096; line += 64) {
    asm volatile("ic ivau, %0" ::"r"(line) : "memory");
  }
  if (way == ALL) {
    asm volatile("ic iallu");
  } else if (way == ALL_SHARED) {
    asm volatile("ic ialluis");
  }
  asm volatile("dsb ish\n isb" ::: "memory");
}

static void run(uint64_t at, uint32_t value) {
  for (uint32_t piece = 0; piece < PIECES; piece++) {
    uint32_t got = ((uint32_t(*)(void))(at + piece * PIECE_WORDS * 4))();
    if (got != value + piece) {
      print("old code: "), print_number(got), print(" in place of ");
      print_number(value + piece), print("\n");
      finish(1);
    }
  }
}

static void make_map(void) {
  mmu_start();
  mmu_level1[1] = (uint64_t)middle | PAGE;
  middle[0] = (uint64_t)last | PAGE;
  for (int page = 0; page < PAGES; page++) {
    mmu_level3[(uint64_t)code[page] >> 12] &= ~(uint64_t)EL0;
  }
  asm volatile("dsb ishst\n tlbi vmalle1is\n dsb ish\n isb" ::: "memory");
}

static void map(const uint32_t *page) {
  last[0] = (uint64_t)page | PAGE | SHARED | ACCESSED | NORMAL;
  asm volatile("dsb ishst\n tlbi vmalle1is\n dsb ish\n isb" ::: "memory");
}

static void mmu(uint64_t on) {
  WRITE(sctlr_el1, (READ(sctlr_el1) & ~(uint64_t)MMU_ON) | on);
  ISB();
}

int kernel_main(uint64_t level_at_start, uint64_t firmware_argument) {
  (void)level_at_start, (void)firmware_argument;
  console_start();
  make_map();
  for (uint32_t round = 0;; round++) {
    uint32_t value = (round * PIECES) % 0x8000 + PIECE_WORDS;
    uint32_t *page = code[round % PAGES];
    enum maintenance way = round / PAGES % WAYS;
    mmu(0);
    fill(page, value), synchronize((uint64_t)page, way), run((uint64_t)page, value);
    mmu(MMU_ON);
    value++;
    fill(page, value), synchronize((uint64_t)page, way), run((uint64_t)page, value);
    map(page);
    run(OTHER_ADDRESS, value);
    value++;
    fill(page, value), synchronize(OTHER_ADDRESS, way), run(OTHER_ADDRESS, value);
  }
}
