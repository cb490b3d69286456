/* SPDX-License-Identifier: Apache-2.0 */
/* The Märklin server's idea of clear to send, compiled for this host: prints a line for each test. */
#define program_main marklin_server_main
#include "marklin_server.c"

int printf(const char *text, ...) __attribute__((format(printf, 1, 2)));

static struct pl011 uart;
static int failures;

/* What the server calls here of the SDK. */
void *msgbox_begin(struct msgbox *box, const char *type, size_t size) {
    (void)type;
    (void)size;
    return box->bytes;
}

int msgbox_reply(int tid, const struct msgbox *message) {
    (void)tid;
    (void)message;
    return 0;
}

/* The first byte of a speed command goes into the UART at the time. */
static void send_first_byte(uint64_t at) {
    const MarklinSpeedReq request = {.train = 24, .level = 10};
    struct command command = {.kind = SPEED,
                              .bytes = {26, (uint8_t)request.train},
                              .count = 2,
                              .tid = 7};
    memset(&server, 0, sizeof server);
    server.uart = &uart;
    begin(&command, at);
}

static void change(bool clear, uint64_t at) {
    uart.fr = clear ? PL011_FR_CTS : 0;
    clear_to_send_changed(at);
}

static void expect(const char *name, bool holds) {
    failures += !holds;
    printf("%s: %s\n", name, holds ? "ok" : "FAILED");
}

int main(void) {
    send_first_byte(1000);
    change(true, 1020);
    expect("anEdgeThatIsToldWhenTheNextByteHasBegunIsNotThatBytes", server.line == SENT && !server.taken);
    change(false, 1000 + 3958);
    expect("aByteIsTakenWhenClearToSendFalls", server.line == SENT && server.taken);
    change(true, 1000 + 11000);
    expect("theNextByteMayGoWhenItHasRisenAgain", server.line == READY);
    send_first_byte(1000);
    change(true, 1000 + 4700);
    expect("bothEdgesMayComeAsOne", server.line == READY && server.taken);
    return failures;
}
