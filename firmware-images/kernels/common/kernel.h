/* SPDX-License-Identifier: Apache-2.0 */
/* What the test kernels share: registers of the board, a console, checks, translation tables. */
#ifndef KERNEL_H
#define KERNEL_H

#include <stdbool.h>
#include <stdint.h>

/* Where x0 to x30, sp_el0, elr and spsr are kept while an exception is handled (start.S). */
struct frame {
  uint64_t x[31];
  uint64_t sp, pc, pstate;
  uint64_t unused[2];
};

/* Vector numbers: 4 to 7 from the same level, 8 to 11 from a lower one; +1 is an interrupt. */
enum { VECTOR_SAME_SYNC = 4, VECTOR_SAME_IRQ = 5, VECTOR_LOWER_SYNC = 8, VECTOR_LOWER_IRQ = 9 };

/* Each kernel defines these. */
extern const int stay_at_el2;
int kernel_main(uint64_t level_at_start, uint64_t firmware_argument);
void on_exception(struct frame *frame, uint64_t vector);

#define READ(name) ({ uint64_t v_; asm volatile("mrs %0, " #name : "=r"(v_)); v_; })
#define WRITE(name, value) asm volatile("msr " #name ", %0" ::"r"((uint64_t)(value)))
#define ISB() asm volatile("isb" ::: "memory")

static inline uint32_t get32(uint64_t address) {
  return *(volatile uint32_t *)address;
}

static inline void put32(uint64_t address, uint32_t value) {
  *(volatile uint32_t *)address = value;
}

/* BCM2711 ARM Peripherals: 10.2 system timer, 11.5 UART; GIC-400 by its architecture. */
#define TIMER 0xFE003000ul
#define TIMER_CS (TIMER + 0x00)
#define TIMER_CLO (TIMER + 0x04)
#define TIMER_C1 (TIMER + 0x10)
#define UART0 0xFE201000ul
#define UART_DR (UART0 + 0x00)
#define UART_FR (UART0 + 0x18)
#define UART_IBRD (UART0 + 0x24)
#define UART_FBRD (UART0 + 0x28)
#define UART_LCRH (UART0 + 0x2C)
#define UART_CR (UART0 + 0x30)
#define UART_IMSC (UART0 + 0x38)
#define UART_ICR (UART0 + 0x44)
#define GICD 0xFF841000ul
#define GICD_ISENABLER(id) (GICD + 0x100 + (id) / 32 * 4)
#define GICD_ICENABLER(id) (GICD + 0x180 + (id) / 32 * 4)
#define GICD_ISPENDR(id) (GICD + 0x200 + (id) / 32 * 4)
#define GICD_ITARGETSR(id) (GICD + 0x800 + (id) / 4 * 4)
#define GICC 0xFF842000ul
#define GICC_IAR (GICC + 0x0C)
#define GICC_EOIR (GICC + 0x10)
#define WATCHDOG 0xFE100000ul
#define GPIO 0xFE200000ul /* 5.2 */
#define GPFSEL(pin) (GPIO + (pin) / 10 * 4)
#define GPSET(pin) (GPIO + 0x1C + (pin) / 32 * 4)
#define GPCLR(pin) (GPIO + 0x28 + (pin) / 32 * 4)
#define GPLEV(pin) (GPIO + 0x34 + (pin) / 32 * 4)
#define GPEDS(pin) (GPIO + 0x40 + (pin) / 32 * 4)
#define GPPULL(pin) (GPIO + 0xE4 + (pin) / 16 * 4)
enum { TIMER_IRQ = 97, UART_IRQ = 153, CORE_TIMER_IRQ = 30, NO_IRQ = 1023 };

enum { GPIO_IRQ = 145, PIN_INPUT = 0, PIN_OUTPUT = 1, PIN_ALT0 = 4, PIN_ALT4 = 3, PIN_ALT5 = 2 };
enum { PULL_NONE = 0, PULL_UP = 1, PULL_DOWN = 2 };

/* A pin's function, pull and level. */
void pin_select(int pin, uint32_t function);
void pin_pull(int pin, uint32_t pull);
uint32_t pin_level(int pin);

void irq_enable(int id);
int irq_acknowledge(void);
void irq_end(int id);

void console_start(void);
void put_char(char c);
void print(const char *text);
void print_number(uint64_t value);
void print_hex(uint64_t value);

/* Checks: each prints a line when it fails; checks_failed() is the exit code. */
void check(bool holds, const char *what);
void check_equal(uint64_t is, uint64_t should, const char *what);
int checks_failed(const char *name);

/* Identity map of 4 GiB: RAM normal and open to EL0, devices at 0xFC000000; MMU and caches on. */
void mmu_start(void);
/* The tables, for kernels that change the map: of the GiBs, of the last and the first GiB in blocks,
   of the first 2 MiB in pages. */
extern uint64_t mmu_level1[512], mmu_level2[512], mmu_low_level2[512], mmu_level3[512];

/* Goes to EL0 with a stack; comes back only by exceptions. */
void enter_el0(void (*entry)(void), void *stack_top) __attribute__((noreturn));

#endif
