/* A table without the switch that is asked for. */
#include "trainsos.h"

struct turnout {
    int number;
    char direction;
};

static struct turnout turnouts[] = {{1, 'S'}, {2, 'C'}};

static struct turnout *find(int number) {
    for (size_t i = 0; i < 2; i++) {
        if (turnouts[i].number == number) {
            return &turnouts[i];
        }
    }
    return NULL;
}

void program_main(const struct arguments *args) {
    int number = (int)argument_number(args, "TURNOUT", 3, 1, 200);
    print("%d: %c\r\n", number, find(number)->direction);
}
