/* A server that wakes sleepers, and drops the wake-up that comes before the sleeper. */
#include "trainsos.h"

static void serve(void) {
    int sleeper = 0;
    for (;;) {
        int client;
        char what[8];
        ke_recv(&client, what, sizeof what);
        if (what[0] == 's') {
            sleeper = client;
            continue;
        }
        ke_reply(client, "", 0);
        if (sleeper != 0) {
            ke_reply(sleeper, "", 0);
        }
    }
}

void program_main(const struct arguments *args) {
    if (text_equal(argument_text(args, "ROLE", ""), "server")) {
        serve();
    }
    struct argument_block block = {.length = 0};
    argument_add(&block, "PROGRAM", "lost_wakeup");
    argument_add(&block, "ROLE", "server");
    int server = create_with(0, &block);
    char none[1];
    ke_send(server, "wake", 5, none, sizeof none);
    ke_send(server, "sleep", 6, none, sizeof none);
    print("woken\r\n");
}
