/* A poll loop at the highest priority: its answer comes from a task that never runs. */
#include "trainsos.h"

static volatile bool answered;

void program_main(const struct arguments *args) {
    if (text_equal(argument_text(args, "ROLE", ""), "poller")) {
        while (!answered) {
        }
        ke_exit();
    }
    struct argument_block block = {.length = 0};
    argument_add(&block, "PROGRAM", "endless_loop");
    argument_add(&block, "ROLE", "poller");
    create_with(0, &block);
    print("started\r\n");
}
