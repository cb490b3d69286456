/* A notifier that sets the compare register once: the kernel zeroes it at each match. */
#include "board.h"
#include "trainsos.h"

void program_main(const struct arguments *args) {
    (void)args;
    system_timer()->compare[1] = system_timer()->clo + 10000;
    for (;;) {
        ke_await_event(KE_EVENT_TIMER);
        print("tick\r\n");
    }
}
