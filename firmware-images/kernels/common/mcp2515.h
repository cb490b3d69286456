/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SPI0 (BCM2711 ARM Peripherals, 9) and the MCP2515 at its chip select 0 (Microchip DS20001801J), polled,
 * for kernels that check them.
 */
#ifndef MCP2515_H
#define MCP2515_H

#include "kernel.h"

#define SPI0 0xFE204000ul
#define SPI_CS (SPI0 + 0x00)
#define SPI_FIFO (SPI0 + 0x04)
#define SPI_CLK (SPI0 + 0x08)
enum { SPI_CLEAR = 3 << 4, SPI_TA = 1 << 7, SPI_INTD = 1 << 9, SPI_INTR = 1 << 10 };
enum { SPI_DONE = 1 << 16, SPI_RXD = 1 << 17, SPI_TXD = 1 << 18, SPI_RXR = 1 << 19, SPI_RXF = 1 << 20 };
enum { SPI_IRQ = 150, CAN_INT_PIN = 17, GPLEN0 = 0x70 };

enum { CAN_RESET = 0xC0, CAN_READ = 3, CAN_WRITE = 2, CAN_MODIFY = 5, CAN_READ_RX = 0x90, CAN_LOAD_TX = 0x40 };
enum { CAN_RTS = 0x80, CAN_READ_STATUS = 0xA0, CAN_RX_STATUS = 0xB0 };
enum { CANSTAT = 0x0E, CANCTRL = 0x0F, TEC = 0x1C, REC = 0x1D, CNF3 = 0x28, CNF2 = 0x29, CNF1 = 0x2A, CANINTE = 0x2B, CANINTF = 0x2C, EFLG = 0x2D };
enum { TXB0CTRL = 0x30, TXB1CTRL = 0x40, TXB2CTRL = 0x50, RXB0CTRL = 0x60, RXB1CTRL = 0x70, RXM0 = 0x20, RXM1 = 0x24 };
enum { NORMAL = 0x00, SLEEP = 0x20, LOOPBACK = 0x40, LISTEN_ONLY = 0x60, CONFIGURATION = 0x80, MODE_MASK = 0xE0 };

/* A frame with an identifier of 29 bits. */
struct can_frame {
  uint32_t id;
  uint8_t dlc, data[8];
};

/* Pins, empty FIFOs, 10 MHz. */
void spi_start(void);
/* One transaction: count bytes out and as many in; either may be 0. */
void spi_transfer(const uint8_t *out, uint8_t *in, int count);

uint8_t can_read(uint8_t address);
void can_write(uint8_t address, uint8_t value);
void can_modify(uint8_t address, uint8_t mask, uint8_t value);
/* An instruction of one byte and the byte that comes back. */
uint8_t can_ask(uint8_t instruction);
void can_order(uint8_t instruction);
/* Resets the chip and sets it up for 250 kbit/s and all frames, with rollover; it stays in configuration mode. */
void can_set_up(void);
/* Asks for a mode and waits until it is there, at most a millisecond. */
void can_enter(uint8_t mode);
void can_load(int buffer, const struct can_frame *frame);
void can_take(int buffer, struct can_frame *frame);
void wait_micros(uint32_t micros);

#endif
