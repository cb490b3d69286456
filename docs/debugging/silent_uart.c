/* A receiver that sets a UART up and forgets to enable its interrupts. */
#include "board.h"
#include "trainsos.h"

void program_main(const struct arguments *args) {
    (void)args;
    pl011_set_line(pl011(3), 115200, PL011_LCRH_WLEN8);
    ke_await_event(KE_EVENT_UART + 3);
    print("a byte\r\n");
}
