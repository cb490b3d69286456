/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The terminal on UART2, driven by interrupts: bytes out from a ring, bytes in
 * to whoever asks. SCREEN=ansi puts log lines into a part of the screen that
 * scrolls by itself; SCREEN=lines writes them one below the other.
 */
#include "board.h"
#include "control.h"

enum { UART = 2, RING_SIZE = 16384, TYPED_SIZE = 256 };

_Static_assert((RING_SIZE & (RING_SIZE - 1)) == 0, "indices are masked");

/* Where log lines go: they scroll in rows 17 to 23 of the screen. */
static const char LOG_START[] = "\0337\033[17;23r\033[23;1H\r\n";
static const char LOG_END[] = "\033[r\0338";

struct terminal {
    char ring[RING_SIZE];
    uint32_t head;
    uint32_t tail;
    char typed[TYPED_SIZE];
    uint32_t typed_count;
    int reader;
    int drainer;
    int notifier;
    bool is_ansi;
};

static struct terminal terminal;
static struct msgbox message;
static struct msgbox reply;

static uint32_t room(void) {
    return RING_SIZE - (terminal.tail - terminal.head);
}

static void put(const char *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        terminal.ring[terminal.tail++ & (RING_SIZE - 1)] = bytes[i];
    }
}

static void transmit(struct pl011 *uart) {
    while (terminal.head != terminal.tail && (uart->fr & PL011_FR_TXFF) == 0) {
        uart->dr = (unsigned char)terminal.ring[terminal.head++ & (RING_SIZE - 1)];
    }
    if (terminal.drainer != 0 && terminal.head == terminal.tail) {
        answer_done(terminal.drainer, 1);
        terminal.drainer = 0;
    }
}

static void answer_reader(void) {
    if (terminal.reader == 0 || terminal.typed_count == 0) {
        return;
    }
    TerminalReadResp *response = MSGBOX_BEGIN(&reply, TerminalReadResp);
    uint32_t count = terminal.typed_count;
    if (count > TERMINAL_READ_MOST) {
        count = TERMINAL_READ_MOST;
    }
    response->count = count;
    memcpy(response->bytes, terminal.typed, count);
    terminal.typed_count -= count;
    for (uint32_t i = 0; i < terminal.typed_count; i++) {
        terminal.typed[i] = terminal.typed[i + count];
    }
    msgbox_reply(terminal.reader, &reply);
    terminal.reader = 0;
}

/* What nobody reads stays in the FIFO, so that nothing typed is lost. */
static void receive(struct pl011 *uart) {
    while (terminal.typed_count < TYPED_SIZE && (uart->fr & PL011_FR_RXFE) == 0) {
        terminal.typed[terminal.typed_count++] = (char)uart->dr;
    }
    answer_reader();
}

static void arm(struct pl011 *uart) {
    uint32_t wanted = terminal.typed_count < TYPED_SIZE ? PL011_INT_RX | PL011_INT_RT : 0;
    if (terminal.head != terminal.tail) {
        wanted |= PL011_INT_TX;
    }
    uart->imsc = wanted;
}

static void log_text(const unsigned char *text, uint32_t count) {
    if (room() < count + sizeof LOG_START + sizeof LOG_END + 2) {
        return;
    }
    if (terminal.is_ansi) {
        put(LOG_START, sizeof LOG_START - 1);
        put((const char *)text, count);
        put(LOG_END, sizeof LOG_END - 1);
    } else {
        put((const char *)text, count);
        put("\r\n", 2);
    }
}

static void serve(int sender) {
    const TerminalWriteReq *write = MSGBOX_READ(&message, TerminalWriteReq);
    const TerminalLogReq *log = MSGBOX_READ(&message, TerminalLogReq);
    if (write != NULL) {
        const unsigned char *bytes = msgbox_attached(&message, &write->bytes);
        bool fits = bytes != NULL && write->bytes.count <= room();
        if (fits) {
            put((const char *)bytes, write->bytes.count);
        }
        answer_done(sender, fits);
    } else if (log != NULL) {
        const unsigned char *text = msgbox_attached(&message, &log->text);
        if (text != NULL) {
            log_text(text, log->text.count);
        }
        answer_done(sender, 1);
    } else if (MSGBOX_READ(&message, TerminalDrainReq) != NULL) {
        terminal.drainer = sender;
    } else if (MSGBOX_READ(&message, TerminalReadReq) != NULL) {
        terminal.reader = sender;
        answer_reader();
    } else {
        print("terminal_server: task %d sent a message that is no request\r\n", sender);
    }
}

void program_main(const struct arguments *args) {
    if (!name_register("terminal_server")) {
        fail("terminal_server: the name is taken\r\n");
    }
    terminal.is_ansi = text_equal(argument_text(args, "SCREEN", "ansi"), "ansi");
    struct pl011 *uart = pl011(UART);
    const uint32_t number = UART;
    terminal.notifier = create_program(KE_PRIORITY_HIGHEST, "uart_notifier");
    for (;;) {
        int sender;
        msgbox_recv(&sender, &message);
        if (sender == terminal.notifier) {
            receive(uart);
            transmit(uart);
            ke_reply(sender, (const char *)&number, sizeof number);
        } else {
            serve(sender);
            receive(uart);
            transmit(uart);
        }
        arm(uart);
    }
}
