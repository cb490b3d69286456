/* A server whose buffer is shorter than its clients' messages. */
#include "trainsos.h"

struct order {
    int train;
    int speed;
    int delay;
};

static void serve(void) {
    int client;
    int order[2];
    ke_recv(&client, (char *)order, sizeof order);
    ke_reply(client, "ok", 3);
}

void program_main(const struct arguments *args) {
    if (text_equal(argument_text(args, "ROLE", ""), "server")) {
        serve();
        ke_exit();
    }
    struct argument_block block = {.length = 0};
    argument_add(&block, "PROGRAM", "cut_message");
    argument_add(&block, "ROLE", "server");
    struct order order = {24, 8, 100};
    char answer[4];
    ke_send(create_with(1, &block), (const char *)&order, sizeof order, answer, sizeof answer);
}
