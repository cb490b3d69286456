/* A task of high priority asks a server of low priority, while one in between computes. */
#include "trainsos.h"

enum { HIGH = 1, MIDDLE = 5, LOW = 9 };

static int start(int priority, const char *role) {
    struct argument_block block = {.length = 0};
    argument_add(&block, "PROGRAM", "priority_inversion");
    argument_add(&block, "ROLE", role);
    return create_with(priority, &block);
}

static void serve(void) {
    int client;
    char question[8];
    for (;;) {
        ke_recv(&client, question, sizeof question);
        ke_reply(client, "yes", 4);
    }
}

static void compute(void) {
    for (volatile unsigned long n = 0;; n++) {
    }
}

static void control(int server) {
    char answer[8];
    ke_send(server, "stop?", 6, answer, sizeof answer);
    print("stopped\r\n");
}

void program_main(const struct arguments *args) {
    const char *role = argument_text(args, "ROLE", "main");
    if (text_equal(role, "server")) {
        serve();
    } else if (text_equal(role, "compute")) {
        compute();
    }
    int server = start(LOW, "server");
    start(MIDDLE, "compute");
    control(server);
}
