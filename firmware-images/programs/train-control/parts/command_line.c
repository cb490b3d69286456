/* SPDX-License-Identifier: Apache-2.0 */
#include "command_line.h"

enum { BACKSPACE = 8, DELETE = 127, CONTROL_U = 21 };

static struct msgbox message;
static struct msgbox reply;

static char next_typed(struct command_line *from) {
    if (from->typed_at == from->typed_count) {
        MSGBOX_BEGIN(&message, TerminalReadReq);
        const TerminalReadResp *read = ASK(from->terminal, &message, &reply, TerminalReadResp);
        memcpy(from->typed, read->bytes, sizeof from->typed);
        from->typed_count = read->count;
        from->typed_at = 0;
    }
    return from->typed[from->typed_at++];
}

static void write_text(const struct command_line *to, const char *text) {
    for (;;) {
        TerminalWriteReq *request = MSGBOX_BEGIN(&message, TerminalWriteReq);
        msgbox_attach(&message, &request->bytes, text, (uint32_t)text_length(text));
        if (ASK(to->terminal, &message, &reply, DoneResp)->ok) {
            return;
        }
        clock_wait(to->clock, 2);
    }
}

static void show_prompt(const struct command_line *to, const char *line) {
    if (to->has_prompt) {
        char text[LINE_SIZE + 24];
        format(text, sizeof text, "\033[24;1H\033[K> %s", line);
        write_text(to, text);
    }
}

static void read_typed_line(struct command_line *from, char *line) {
    size_t length = 0;
    line[0] = '\0';
    show_prompt(from, line);
    for (;;) {
        char c = next_typed(from);
        if (c == '\r' || c == '\n') {
            return;
        }
        if (c == BACKSPACE || c == DELETE) {
            length -= length > 0;
        } else if (c == CONTROL_U) {
            length = 0;
        } else if (c >= ' ' && c < DELETE && length < LINE_SIZE - 1) {
            line[length++] = c;
        }
        line[length] = '\0';
        show_prompt(from, line);
    }
}

void read_line(struct command_line *from, char *line) {
    if (*from->script == '\0') {
        read_typed_line(from, line);
        return;
    }
    size_t length = 0;
    for (; *from->script != '\0' && *from->script != ';'; from->script++) {
        if (length < LINE_SIZE - 1) {
            line[length++] = *from->script;
        }
    }
    from->script += *from->script == ';';
    line[length] = '\0';
}

struct words split(char *line) {
    struct words words = {{NULL}, 0};
    while (*line != '\0' && words.count < MOST_WORDS) {
        while (*line == ' ') {
            *line++ = '\0';
        }
        if (*line != '\0') {
            words.at[words.count++] = line;
        }
        while (*line != '\0' && *line != ' ') {
            line++;
        }
    }
    *line = '\0';
    return words;
}

bool number_of(const char *text, int *number) {
    enum { MOST_DIGITS = 6 };
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    size_t length = text_length(text);
    int sum = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        sum = i < MOST_DIGITS ? sum * 10 + (text[i] - '0') : sum;
    }
    *number = negative ? -sum : sum;
    return length > 0 && length <= MOST_DIGITS;
}
