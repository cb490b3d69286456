/* SPDX-License-Identifier: Apache-2.0 */
#include "msgbox.h"

/* The type's name with at least one NUL, to the next multiple of 8. */
static size_t type_size(size_t name_length) {
    return (name_length + 8) & ~(size_t)7;
}

void *msgbox_begin(struct msgbox *box, const char *type, size_t size) {
    size_t name_length = text_length(type);
    size_t header = type_size(name_length);
    if (header + size > MSGBOX_SIZE) {
        fail("task %d: message %s does not fit\r\n", ke_my_tid(), type);
    }
    memset(box->bytes, 0, header + size);
    memcpy(box->bytes, type, name_length);
    box->length = header + size;
    return box->bytes + header;
}

const void *msgbox_read(const struct msgbox *box, const char *type, size_t size) {
    size_t name_length = text_length(type);
    size_t header = type_size(name_length);
    if (box->length < header + size || memcmp(box->bytes, type, name_length) != 0) {
        return NULL;
    }
    for (size_t i = name_length; i < header; i++) {
        if (box->bytes[i] != 0) {
            return NULL;
        }
    }
    return box->bytes + header;
}

bool msgbox_attach(struct msgbox *box, attached_array *array, const void *bytes, uint32_t count) {
    if (count > MSGBOX_SIZE - box->length) {
        return false;
    }
    memcpy(box->bytes + box->length, bytes, count);
    array->offset = (uint32_t)box->length;
    array->count = count;
    box->length += count;
    return true;
}

const unsigned char *msgbox_attached(const struct msgbox *box, const attached_array *array) {
    if (array->offset > box->length || array->count > box->length - array->offset) {
        return NULL;
    }
    return box->bytes + array->offset;
}

bool msgbox_attach_elements(struct msgbox *box, attached_array *array,
                            const struct msgbox_elements *elements) {
    size_t start = (box->length + elements->alignment - 1) & ~(elements->alignment - 1);
    if (start > MSGBOX_SIZE || elements->count > (MSGBOX_SIZE - start) / elements->size) {
        return false;
    }
    size_t size = elements->count * elements->size;
    memset(box->bytes + box->length, 0, start - box->length);
    memcpy(box->bytes + start, elements->first, size);
    array->offset = (uint32_t)start;
    array->count = elements->count;
    box->length = start + size;
    return true;
}

const void *msgbox_attached_elements(const struct msgbox *box, const attached_array *array,
                                     size_t size, size_t alignment) {
    if (array->offset > box->length || array->count > (box->length - array->offset) / size ||
        array->offset % alignment != 0) {
        return NULL;
    }
    return box->bytes + array->offset;
}

static void cut_length(struct msgbox *box, int length) {
    size_t received = length < 0 ? 0 : (size_t)length;
    box->length = received < MSGBOX_SIZE ? received : MSGBOX_SIZE;
}

int msgbox_send(int tid, const struct msgbox *message, struct msgbox *reply) {
    int length = ke_send(tid, (const char *)message->bytes, message->length, (char *)reply->bytes,
                         MSGBOX_SIZE);
    cut_length(reply, length);
    return length;
}

int msgbox_recv(int *tid, struct msgbox *message) {
    int length = ke_recv(tid, (char *)message->bytes, MSGBOX_SIZE);
    cut_length(message, length);
    return length;
}

int msgbox_reply(int tid, const struct msgbox *reply) {
    return ke_reply(tid, (const char *)reply->bytes, reply->length);
}
