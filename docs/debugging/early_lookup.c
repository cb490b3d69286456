/* A client that looks a name up before its server has registered it. */
#include "services.h"

static void serve(void) {
    int client;
    char question[8];
    name_register("early");
    ke_recv(&client, question, sizeof question);
    ke_reply(client, "yes", 4);
}

void program_main(const struct arguments *args) {
    if (text_equal(argument_text(args, "ROLE", ""), "server")) {
        serve();
        return;
    }
    struct argument_block block = {.length = 0};
    argument_add(&block, "PROGRAM", "early_lookup");
    argument_add(&block, "ROLE", "server");
    create_with(9, &block);
    int server = name_lookup("early");
    char answer[8];
    ke_send(server, "ready?", 7, answer, sizeof answer);
}
