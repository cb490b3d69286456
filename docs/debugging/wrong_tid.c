/* A server that replies to the length of the message, not to its sender. */
#include "trainsos.h"

static void serve(void) {
    int client;
    char question[8];
    int length = ke_recv(&client, question, sizeof question);
    ke_reply(length, "yes", 4);
    ke_recv(&client, question, sizeof question);
}

void program_main(const struct arguments *args) {
    if (text_equal(argument_text(args, "ROLE", ""), "server")) {
        serve();
    }
    struct argument_block block = {.length = 0};
    argument_add(&block, "PROGRAM", "wrong_tid");
    argument_add(&block, "ROLE", "server");
    char answer[8];
    ke_send(create_with(1, &block), "ready?", 7, answer, sizeof answer);
}
