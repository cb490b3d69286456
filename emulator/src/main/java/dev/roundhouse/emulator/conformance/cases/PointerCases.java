package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.sender;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.tid;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Script;
import java.util.List;

/**
 * Pointers of send, recv and reply that lead nowhere: the kernel follows them, here the run ends.
 */
final class PointerCases {
  private static final long OUTSIDE = 0x80_0000_0000L;
  private static final long KERNEL = 0x1000;
  private static final long DEVICES = 0xFE20_1000L;
  private static final String RUNS = "could-run";

  private PointerCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        message("outside-of-ram", Message.at(OUTSIDE, 4)),
        message("null", Message.at(0, 4)),
        message("in-the-kernel", Message.at(KERNEL, 4)),
        message("in-the-devices", Message.at(DEVICES, 4)),
        message("that-wraps", Message.at(-4, 8)),
        messageOfQueuedSender(),
        queuedIsNotFollowed(),
        receiveBuffer(),
        receiveTid(),
        replyMessage(),
        replyBuffer(),
        shortCopyStaysInRam());
  }

  private static final Script SERVER = script("server").receive(8).reply(sender(), "r");

  private static ConformanceCase message(String word, Message message) {
    return caseOf(
            "error/a-message-" + word,
            "The kernel copies a message from wherever its pointer leads.",
            Sources.MAILBOX_COPY,
            Sources.MEMORY_MAP)
        .programs(
            SendCases.SERVER_FIRST, SERVER, script("client").send(tid(3), message, Buffer.of(1)))
        .both(
            order("1 1 1 3 4")
                .task(1, "3; 4")
                .task(3, "-", "receive-blocked")
                .task(4, "-", RUNS)
                .reports("4 BAD_POINTER")
                .ends(EndKind.BAD_POINTER, "msg of send"));
  }

  private static ConformanceCase messageOfQueuedSender() {
    return caseOf(
            "error/a-queued-message-outside-of-ram",
            "A queued message is copied, and its pointer followed, when it is received.",
            Sources.MAILBOX_COPY,
            Sources.RECEIVE)
        .programs(
            SendCases.CLIENT_FIRST,
            SERVER,
            script("client").send(tid(4), Message.at(OUTSIDE, 4), Buffer.of(1)))
        .both(
            order("1 1 1 3 4")
                .task(1, "3; 4")
                .task(3, "-", "send-blocked on 4")
                .task(4, "-", RUNS)
                .reports("3 BAD_POINTER")
                .ends(EndKind.BAD_POINTER, "msg of send"));
  }

  private static ConformanceCase queuedIsNotFollowed() {
    return caseOf(
            "error/a-bad-pointer-is-not-followed-while-the-sender-is-queued",
            "Nobody looks at the message of a queued sender before it is received.",
            Sources.SEND)
        .programs(
            entry().create(2, "client").create(5, "server"),
            script("server").awaitEvent((153 << 16) + 5),
            script("client").send(tid(4), Message.at(OUTSIDE, 4), Buffer.of(1)))
        .both(
            order("1 1 1 3 4")
                .task(1, "3; 4")
                .task(3, "-", "send-blocked on 4")
                .task(4, "-", "event-blocked on 10027013")
                .reports("4 WAIT_WITHOUT_END"));
  }

  private static ConformanceCase receiveBuffer() {
    return caseOf(
            "error/a-receive-buffer-outside-of-ram",
            "The kernel copies a message to wherever the receiver's pointer leads.",
            Sources.MAILBOX_COPY,
            Sources.SEND)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(Buffer.of(4), Buffer.at(OUTSIDE, 4)),
            script("client").send(tid(3), "a", 1))
        .both(
            order("1 1 1 3 4")
                .task(1, "3; 4")
                .task(3, "-", "receive-blocked")
                .task(4, "-", RUNS)
                .reports("3 BAD_POINTER")
                .ends(EndKind.BAD_POINTER, "msg of recv"));
  }

  private static ConformanceCase receiveTid() {
    return caseOf(
            "error/a-pointer-for-the-senders-tid-outside-of-ram",
            "The kernel stores the sender's tid wherever the receiver's pointer leads.",
            Sources.SEND)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(Buffer.at(OUTSIDE, 0), Buffer.of(4)),
            script("client").send(tid(3), "a", 1))
        .both(
            order("1 1 1 3 4")
                .task(1, "3; 4")
                .task(3, "-", "receive-blocked")
                .task(4, "-", RUNS)
                .reports("3 BAD_POINTER")
                .ends(EndKind.BAD_POINTER, "tid of recv"));
  }

  private static ConformanceCase replyMessage() {
    return caseOf(
            "error/a-reply-outside-of-ram",
            "The kernel copies a reply from wherever its pointer leads.",
            Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4).reply(sender(), Message.at(OUTSIDE, 4)),
            script("client").send(tid(3), "a", 4))
        .both(
            order("1 1 1 3 4 3")
                .task(1, "3; 4")
                .task(3, "1 'a...' from 4; -", RUNS)
                .task(4, "-", "reply-blocked on 3")
                .reports("3 BAD_POINTER")
                .ends(EndKind.BAD_POINTER, "reply of reply"));
  }

  private static ConformanceCase replyBuffer() {
    return caseOf(
            "error/a-reply-buffer-outside-of-ram",
            "The kernel copies a reply to wherever the sender's pointer leads, when it is replied"
                + " to.",
            Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4).reply(sender(), "abcd"),
            script("client").send(tid(3), Message.text("a"), Buffer.at(OUTSIDE, 4)))
        .both(
            order("1 1 1 3 4 3")
                .task(1, "3; 4")
                .task(3, "1 'a...' from 4; -", RUNS)
                .task(4, "-", "reply-blocked on 3")
                .reports("4 BAD_POINTER")
                .ends(EndKind.BAD_POINTER, "reply of send"));
  }

  private static ConformanceCase shortCopyStaysInRam() {
    return caseOf(
            "error/only-the-bytes-that-are-copied-count",
            "A message that leaves RAM behind the bytes that fit is fine: only those are copied.",
            Sources.MAILBOX_COPY)
        .programs(
            SendCases.SERVER_FIRST,
            SERVER,
            script("client").send(tid(3), Message.at(0x7FFF_FFF8L, 1 << 20), Buffer.of(1)))
        .both(
            order("1 1 1 3 4 3 3 4")
                .task(1, "3; 4")
                .task(3, "1048576 '*' from 4; 1")
                .task(4, "1 'r'")
                .reports("3 MESSAGE_CUT_SHORT"));
  }
}
