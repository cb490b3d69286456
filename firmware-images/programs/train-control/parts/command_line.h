/* SPDX-License-Identifier: Apache-2.0 */
/* Lines from a script first, then from the terminal; their words. */
#ifndef COMMAND_LINE_H
#define COMMAND_LINE_H

#include "control.h"

enum { LINE_SIZE = 64, MOST_WORDS = 5 };

struct command_line {
    const char *script; /* what is left of it; commands separated by `;` */
    bool has_prompt;
    int terminal;
    int clock;
    char typed[TERMINAL_READ_MOST];
    uint32_t typed_count;
    uint32_t typed_at;
};

struct words {
    char *at[MOST_WORDS];
    int count;
};

/* Waits for a line and puts it, of less than LINE_SIZE characters, into `line`. */
void read_line(struct command_line *from, char *line);

/* The words of a line, which is cut up. */
struct words split(char *line);

/* A whole number with an optional sign, of at most six digits; false if the text is none. */
bool number_of(const char *text, int *number);

#endif
