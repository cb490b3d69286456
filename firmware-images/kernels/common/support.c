/* SPDX-License-Identifier: Apache-2.0 */
/* Console, checks, interrupt controller and translation tables of the test kernels. */
#include "kernel.h"

enum { FR_TXFF = 1 << 5, LCRH_8_BITS_FIFO = 0x70, CR_UART_RX_TX = 0x301 };

uint64_t mmu_level1[512] __attribute__((aligned(4096)));
uint64_t mmu_level2[512] __attribute__((aligned(4096)));
uint64_t mmu_low_level2[512] __attribute__((aligned(4096)));
uint64_t mmu_level3[512] __attribute__((aligned(4096)));
extern const uint8_t __code_end[];
static int failed, checked;

void console_start(void) {
  put32(UART_CR, 0);
  put32(UART_IBRD, 26); /* 48 MHz / (16 * 115200) = 26 + 3/64 */
  put32(UART_FBRD, 3);
  put32(UART_LCRH, LCRH_8_BITS_FIFO);
  put32(UART_CR, CR_UART_RX_TX);
}

static void put_field(uint64_t address, int shift, uint32_t mask, uint32_t value) {
  put32(address, (get32(address) & ~(mask << shift)) | value << shift);
}

void pin_select(int pin, uint32_t function) {
  put_field(GPFSEL(pin), pin % 10 * 3, 7, function);
}

void pin_pull(int pin, uint32_t pull) {
  put_field(GPPULL(pin), pin % 16 * 2, 3, pull);
}

uint32_t pin_level(int pin) {
  return get32(GPLEV(pin)) >> pin % 32 & 1;
}

void put_char(char c) {
  while (get32(UART_FR) & FR_TXFF) {
  }
  put32(UART_DR, (uint32_t)c);
}

void print(const char *text) {
  for (; *text; text++) {
    put_char(*text);
  }
}

void print_number(uint64_t value) {
  if (value >= 10) {
    print_number(value / 10);
  }
  put_char((char)('0' + value % 10));
}

void print_hex(uint64_t value) {
  print("0x");
  int shift = 60;
  while (shift > 0 && (value >> shift) == 0) {
    shift -= 4;
  }
  for (; shift >= 0; shift -= 4) {
    put_char("0123456789abcdef"[(value >> shift) & 15]);
  }
}

void check(bool holds, const char *what) {
  checked++;
  if (!holds) {
    failed++;
    print("FAILED: ");
    print(what);
    print("\n");
  }
}

void check_equal(uint64_t is, uint64_t should, const char *what) {
  checked++;
  if (is != should) {
    failed++;
    print("FAILED: ");
    print(what);
    print(": ");
    print_hex(is);
    print(", should be ");
    print_hex(should);
    print("\n");
  }
}

int checks_failed(const char *name) {
  print(name);
  print(": ");
  print_number((uint64_t)(checked - failed));
  print(" of ");
  print_number((uint64_t)checked);
  print(" checks passed\n");
  return failed;
}

void irq_enable(int id) {
  uint32_t shift = (uint32_t)(id % 4) * 8;
  uint32_t targets = get32(GICD_ITARGETSR(id)) & ~(0xFFu << shift);
  put32(GICD_ITARGETSR(id), targets | 1u << shift);
  put32(GICD_ISENABLER(id), 1u << id % 32);
}

int irq_acknowledge(void) {
  return (int)(get32(GICC_IAR) & 0x3FF);
}

void irq_end(int id) {
  put32(GICC_EOIR, (uint32_t)id);
}

/*
 * VMSAv8-64, 4 KiB granule, 32-bit addresses: level 1 has an entry for each GiB. Code is read-only,
 * because EL1 may not execute what EL0 may write.
 */
void mmu_start(void) {
  enum { BLOCK = 1, TABLE = 3, PAGE = 3, EL0 = 1 << 6, READ_ONLY = 1 << 7 };
  enum { SHARED = 3 << 8, ACCESSED = 1 << 10, NORMAL = 1 << 2, PAGES_OF_BLOCK = 512 };
  uint64_t normal = EL0 | SHARED | ACCESSED | NORMAL;
  uint64_t device = BLOCK | EL0 | ACCESSED | 1ul << 54 | 1ul << 53;
  for (uint64_t page = 0; page < PAGES_OF_BLOCK; page++) {
    uint64_t address = page << 12;
    mmu_level3[page] = address | normal | PAGE | (address < (uint64_t)__code_end ? READ_ONLY : 0);
  }
  mmu_low_level2[0] = (uint64_t)mmu_level3 | TABLE;
  for (uint64_t block = 1; block < 512; block++) {
    mmu_low_level2[block] = block << 21 | normal | BLOCK;
  }
  mmu_level1[0] = (uint64_t)mmu_low_level2 | TABLE;
  for (uint64_t gib = 1; gib < 3; gib++) {
    mmu_level1[gib] = gib << 30 | normal | BLOCK;
  }
  mmu_level1[3] = (uint64_t)mmu_level2 | TABLE;
  for (uint64_t block = 0; block < 512; block++) {
    uint64_t address = 3ul << 30 | block << 21;
    mmu_level2[block] = address | (address < 0xFC000000 ? normal | BLOCK : device);
  }
  WRITE(mair_el1, 0xFF00); /* attribute 0 device nGnRnE, 1 normal write-back */
  WRITE(tcr_el1, 1ul << 32 | 1 << 23 | 3 << 12 | 1 << 10 | 1 << 8 | 32);
  WRITE(ttbr0_el1, mmu_level1);
  asm volatile("tlbi vmalle1\n dsb sy\n isb" ::: "memory");
  WRITE(sctlr_el1, READ(sctlr_el1) | 1 << 0 | 1 << 2 | 1 << 12 | 3 << 16 /* EL0 may wfi */);
  ISB();
}

void enter_el0(void (*entry)(void), void *stack_top) {
  WRITE(sp_el0, stack_top);
  WRITE(elr_el1, entry);
  WRITE(spsr_el1, 0);
  asm volatile("eret");
  __builtin_unreachable();
}

/* The compiler copies structures by these. */
void *memcpy(void *to, const void *from, unsigned long bytes) {
  for (unsigned long n = 0; n < bytes; n++) {
    ((uint8_t *)to)[n] = ((const uint8_t *)from)[n];
  }
  return to;
}

void *memset(void *to, int value, unsigned long bytes) {
  for (unsigned long n = 0; n < bytes; n++) {
    ((uint8_t *)to)[n] = (uint8_t)value;
  }
  return to;
}
