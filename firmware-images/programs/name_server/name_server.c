/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The name server: task 2 of every system. Programs register a name and look
 * up who has it, by the messages of services.h.
 *
 * The real one (pie-rust/src/bin/name_server.rs, 9d49562) makes two system
 * calls before it first blocks: the loader's mmap, and recv. This one must not
 * make more, for each call lets tasks of equal priority run and would so
 * change the order in which everybody starts.
 */
#include "services.h"

enum { NAMES = 128 };

struct entry {
    unsigned char name[NAME_LIMIT];
    uint32_t length;
    int tid;
};

struct directory {
    struct entry entries[NAMES];
    size_t count;
};

static struct directory directory;

static const struct entry *find(const unsigned char *name, uint32_t length) {
    for (size_t i = 0; i < directory.count; i++) {
        const struct entry *entry = &directory.entries[i];
        if (entry->length == length && memcmp(entry->name, name, length) == 0) {
            return entry;
        }
    }
    return NULL;
}

static bool add(const unsigned char *name, uint32_t length, int tid) {
    if (directory.count == NAMES || length > NAME_LIMIT || find(name, length) != NULL) {
        return false;
    }
    struct entry *entry = &directory.entries[directory.count++];
    memcpy(entry->name, name, length);
    entry->length = length;
    entry->tid = tid;
    return true;
}

/* The tid to answer with, or -1 for none. */
static int serve(const struct msgbox *message, int sender) {
    const NsSetReq *set = MSGBOX_READ(message, NsSetReq);
    if (set != NULL) {
        const unsigned char *name = msgbox_attached(message, &set->name);
        return name != NULL && add(name, set->name.count, sender) ? sender : -1;
    }
    const NsGetReq *get = MSGBOX_READ(message, NsGetReq);
    if (get != NULL) {
        const unsigned char *name = msgbox_attached(message, &get->name);
        const struct entry *entry = name != NULL ? find(name, get->name.count) : NULL;
        return entry != NULL ? entry->tid : -1;
    }
    print("name_server: task %d sent a message that is no NsSetReq or NsGetReq\r\n", sender);
    return -1;
}

void program_main(const struct arguments *args) {
    (void)args;
    static struct msgbox message;
    static struct msgbox reply;
    for (;;) {
        int sender;
        msgbox_recv(&sender, &message);
        int tid = serve(&message, sender);
        NsResp *response = MSGBOX_BEGIN(&reply, NsResp);
        response->present = tid >= 0;
        response->tid = tid >= 0 ? tid : 0;
        msgbox_reply(sender, &reply);
    }
}
