/* A notifier that waits for a time that is over. */
#include "board.h"
#include "trainsos.h"

void program_main(const struct arguments *args) {
    (void)args;
    uint32_t start = microseconds();
    while (microseconds() - start < 200) {
    }
    system_timer()->compare[1] = start + 100;
    ke_await_event(KE_EVENT_TIMER);
    print("tick\r\n");
}
