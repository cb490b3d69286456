/* A server that returns when it has answered once. */
#include "trainsos.h"

static void serve(void) {
    int client;
    char question[8];
    ke_recv(&client, question, sizeof question);
    ke_reply(client, "yes", 4);
}

void program_main(const struct arguments *args) {
    if (text_equal(argument_text(args, "ROLE", ""), "server")) {
        serve();
        return;
    }
    struct argument_block block = {.length = 0};
    argument_add(&block, "PROGRAM", "one_shot_server");
    argument_add(&block, "ROLE", "server");
    int server = create_with(1, &block);
    for (int i = 0; i < 3; i++) {
        char answer[8];
        ke_send(server, "ready?", 7, answer, sizeof answer);
    }
}
