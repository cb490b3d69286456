/* Three servers each of which asks the next one before it answers. */
#include "trainsos.h"

static int ask(int server) {
    char answer[8];
    return ke_send(server, "where?", 7, answer, sizeof answer);
}

void program_main(const struct arguments *args) {
    int next = (int)argument_number(args, "NEXT", 0, 0, 9);
    if (next == 0) {
        for (int i = 0; i < 2; i++) {
            struct argument_block block = {.length = 0};
            argument_add(&block, "PROGRAM", "deadlock_of_three");
            argument_add_number(&block, "NEXT", i == 0 ? 4 : 1);
            create_with(1, &block);
        }
        next = 3;
    }
    ask(next);
}
