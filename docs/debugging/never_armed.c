/* A notifier that forgets to set the timer's compare register. */
#include "trainsos.h"

void program_main(const struct arguments *args) {
    (void)args;
    print("waiting for the first tick\r\n");
    ke_await_event(KE_EVENT_TIMER);
    print("tick\r\n");
}
