/* SPDX-License-Identifier: Apache-2.0 */
/* Formatting and printing, without a heap and without FP registers. */
#include "trainsos.h"

struct output {
    char *bytes;
    size_t size;
    size_t length;
};

struct conversion {
    int width;
    bool left;
    bool zeros;
    bool wide; /* an `l` was given: 64 bits */
};

static void put(struct output *out, char c) {
    if (out->length + 1 < out->size) {
        out->bytes[out->length++] = c;
    }
}

static void put_padded(struct output *out, const struct conversion *how, const char *text,
                       size_t length) {
    int padding = how->width - (int)length;
    char fill = how->zeros && !how->left ? '0' : ' ';
    if (fill == '0' && length > 0 && text[0] == '-') {
        put(out, '-');
        text++;
        length--;
    }
    for (int i = 0; i < padding && !how->left; i++) {
        put(out, fill);
    }
    for (size_t i = 0; i < length; i++) {
        put(out, text[i]);
    }
    for (int i = 0; i < padding && how->left; i++) {
        put(out, ' ');
    }
}

static void put_number(struct output *out, const struct conversion *how, uint64_t magnitude,
                       char sign, unsigned base) {
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = "0123456789abcdef"[magnitude % base];
        magnitude /= base;
    } while (magnitude != 0);
    if (sign != '\0') {
        digits[--at] = sign;
    }
    put_padded(out, how, digits + at, sizeof digits - at);
}

static void put_signed(struct output *out, const struct conversion *how, int64_t value) {
    if (value < 0) {
        put_number(out, how, -(uint64_t)value, '-', 10);
    } else {
        put_number(out, how, (uint64_t)value, '\0', 10);
    }
}

static const char *read_conversion(const char *text, struct conversion *how) {
    enum { WIDEST = 200 };
    *how = (struct conversion){0};
    for (;; text++) {
        if (*text == '-') {
            how->left = true;
        } else if (*text == '0') {
            how->zeros = true;
        } else {
            break;
        }
    }
    for (; *text >= '0' && *text <= '9'; text++) {
        if (how->width < WIDEST) {
            how->width = how->width * 10 + (*text - '0');
        }
    }
    for (; *text == 'l'; text++) {
        how->wide = true;
    }
    return text;
}

/* A va_list in a structure, so that a function can take values from it on
 * behalf of its caller. */
struct values {
    va_list list;
};

static void put_value(struct output *out, const struct conversion *how, char kind,
                      struct values *values) {
    if (kind == 'd') {
        put_signed(out, how, how->wide ? va_arg(values->list, int64_t) : va_arg(values->list, int));
    } else if (kind == 'u' || kind == 'x') {
        uint64_t value =
            how->wide ? va_arg(values->list, uint64_t) : va_arg(values->list, unsigned);
        put_number(out, how, value, '\0', kind == 'x' ? 16 : 10);
    } else if (kind == 'p') {
        put_number(out, how, (uintptr_t)va_arg(values->list, void *), '\0', 16);
    } else if (kind == 's') {
        const char *string = va_arg(values->list, const char *);
        put_padded(out, how, string, text_length(string));
    } else if (kind == 'c') {
        char c = (char)va_arg(values->list, int);
        put_padded(out, how, &c, 1);
    } else {
        put(out, kind);
    }
}

size_t format_list(char *buffer, size_t size, const char *text, va_list list) {
    struct output out = {buffer, size, 0};
    struct values values;
    if (size == 0) {
        return 0;
    }
    va_copy(values.list, list);
    for (; *text != '\0'; text++) {
        if (*text != '%') {
            put(&out, *text);
            continue;
        }
        struct conversion how;
        text = read_conversion(text + 1, &how);
        if (*text == '\0') {
            break;
        }
        put_value(&out, &how, *text, &values);
    }
    va_end(values.list);
    buffer[out.length] = '\0';
    return out.length;
}

size_t format(char *out, size_t size, const char *text, ...) {
    va_list values;
    va_start(values, text);
    size_t length = format_list(out, size, text, values);
    va_end(values);
    return length;
}

static void print_list(const char *text, va_list values) {
    char line[PRINT_LINE_SIZE];
    size_t length = format_list(line, sizeof line, text, values);
    ke_print_raw(line, (int)length);
}

void print(const char *text, ...) {
    va_list values;
    va_start(values, text);
    print_list(text, values);
    va_end(values);
}

void fail(const char *text, ...) {
    va_list values;
    va_start(values, text);
    print_list(text, values);
    va_end(values);
    ke_exit();
}
