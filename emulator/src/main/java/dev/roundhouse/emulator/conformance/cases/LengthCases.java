package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.sender;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.tid;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Buffer;
import dev.roundhouse.emulator.conformance.script.Message;
import dev.roundhouse.emulator.conformance.script.Script;
import java.util.ArrayList;
import java.util.List;

/** Lengths of messages and replies: cut, zero, large, absurd. */
final class LengthCases {
  private static final long OUTSIDE = 0x80_0000_0000L;

  /** Memory that nobody has written to: zeros. */
  private static final long ZEROS = 0x5000_0000L;

  private static final String RECEIVER_FIRST = "1 1 1 3 4 3 3 4";
  private static final String SENDER_FIRST = "1 1 1 3 4 4 3 4";

  private LengthCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> all = new ArrayList<>();
    all.add(cutMessage());
    all.add(cutMessageOfQueuedSender());
    all.add(cutReply());
    all.add(cutReplyOfQueuedSender());
    all.add(noRoomForMessage());
    all.add(noRoomForReply());
    all.add(bothCut());
    all.add(exactFit());
    all.add(oneByteTooLong());
    all.add(empty());
    all.add(emptyOfQueuedSender());
    all.add(nullPointers());
    all.add(nullPointersOfQueuedSender());
    all.add(badPointersWithoutLength());
    all.add(emptyMessageToNoRoom());
    for (int bytes : new int[] {1, 7, 9, 64, 256, 4096}) {
      all.add(echo(bytes));
    }
    all.add(echo(1 << 20));
    all.add(absurdMessage());
    all.add(absurdReply());
    all.add(longReplyLength());
    return all;
  }

  private static ConformanceCase cutMessage() {
    return caseOf(
            "truncate/message",
            "A message is cut to the receiver's buffer; recv gives the length that was sent.",
            Sources.MAILBOX_COPY,
            Sources.SEND)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(2).reply(sender(), "r"),
            script("client").send(tid(3), "abcdef", 1))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "6 'ab' from 4; 1")
                .task(4, "1 'r'")
                .reports("3 MESSAGE_CUT_SHORT"));
  }

  private static ConformanceCase cutMessageOfQueuedSender() {
    return caseOf(
            "truncate/message-of-a-queued-sender",
            "A queued message is cut when it is received; recv gives the length that was sent.",
            Sources.MAILBOX_COPY,
            Sources.RECEIVE)
        .programs(
            SendCases.CLIENT_FIRST,
            script("server").receive(2).reply(sender(), "r"),
            script("client").send(tid(4), "abcdef", 1))
        .both(
            order(SENDER_FIRST)
                .task(1, "3; 4")
                .task(3, "1 'r'")
                .task(4, "6 'ab' from 3; 1")
                .reports("4 MESSAGE_CUT_SHORT"));
  }

  private static ConformanceCase cutReply() {
    return caseOf(
            "truncate/reply",
            "A reply is cut to the sender's buffer: reply gives the bytes copied, send the length"
                + " that the replier gave.",
            Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4).reply(sender(), "abcdef"),
            script("client").send(tid(3), "ping", 3))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "4 'ping' from 4; 3")
                .task(4, "6 'abc'")
                .reports("3 MESSAGE_CUT_SHORT"));
  }

  private static ConformanceCase cutReplyOfQueuedSender() {
    return caseOf(
            "truncate/reply-to-a-queued-sender",
            "The reply to a sender that was queued is cut in the same way.",
            Sources.REPLY)
        .programs(
            SendCases.CLIENT_FIRST,
            script("server").receive(4).reply(sender(), "abcdef"),
            script("client").send(tid(4), "ping", 3))
        .both(
            order(SENDER_FIRST)
                .task(1, "3; 4")
                .task(3, "6 'abc'")
                .task(4, "4 'ping' from 3; 3")
                .reports("4 MESSAGE_CUT_SHORT"));
  }

  private static ConformanceCase noRoomForMessage() {
    return caseOf(
            "truncate/message-to-no-room",
            "A receiver without buffer learns the length and the sender, and gets no byte.",
            Sources.MAILBOX_COPY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(0).reply(sender(), "r"),
            script("client").send(tid(3), "ping", 1))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "4 '' from 4; 1")
                .task(4, "1 'r'")
                .reports("3 MESSAGE_CUT_SHORT"));
  }

  private static ConformanceCase noRoomForReply() {
    return caseOf(
            "truncate/reply-to-no-room",
            "A sender without reply buffer learns the reply's length, and gets no byte.",
            Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4).reply(sender(), "abc"),
            script("client").send(tid(3), "ping", 0))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "4 'ping' from 4; 0")
                .task(4, "3 ''")
                .reports("3 MESSAGE_CUT_SHORT"));
  }

  private static ConformanceCase bothCut() {
    return caseOf(
            "truncate/message-and-reply",
            "Message and reply of one transaction can both be cut.",
            Sources.MAILBOX_COPY,
            Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(1).reply(sender(), "second"),
            script("client").send(tid(3), "first", 2))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "5 'f' from 4; 2")
                .task(4, "6 'se'")
                .reports("3 MESSAGE_CUT_SHORT", "3 MESSAGE_CUT_SHORT"));
  }

  private static ConformanceCase exactFit() {
    return caseOf(
            "truncate/nothing-that-fits-exactly",
            "A message and a reply as long as the buffers are not cut.",
            Sources.MAILBOX_COPY,
            Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4).reply(sender(), "pong!"),
            script("client").send(tid(3), "ping", 5))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "4 'ping' from 4; 5")
                .task(4, "5 'pong!'"));
  }

  private static ConformanceCase oneByteTooLong() {
    return caseOf(
            "truncate/one-byte-too-much",
            "A message that is one byte longer than the buffer loses that byte.",
            Sources.MAILBOX_COPY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(3).reply(sender(), "r"),
            script("client").send(tid(3), "ping", 1))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "4 'pin' from 4; 1")
                .task(4, "1 'r'")
                .reports("3 MESSAGE_CUT_SHORT"));
  }

  private static ConformanceCase empty() {
    return caseOf(
            "length/zero",
            "Message and reply may be empty: recv, reply and send give 0.",
            Sources.SEND,
            Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4).reply(sender(), ""),
            script("client").send(tid(3), "", 4))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "0 '....' from 4; 0")
                .task(4, "0 '....'"));
  }

  private static ConformanceCase emptyOfQueuedSender() {
    return caseOf(
            "length/zero-of-a-queued-sender",
            "A queued message may be empty.",
            Sources.RECEIVE,
            Sources.REPLY)
        .programs(
            SendCases.CLIENT_FIRST,
            script("server").receive(4).reply(sender(), ""),
            script("client").send(tid(4), "", 4))
        .both(
            order(SENDER_FIRST).task(1, "3; 4").task(3, "0 '....'").task(4, "0 '....' from 3; 0"));
  }

  private static ConformanceCase nullPointers() {
    return pointers("length/zero-with-null-pointers", "NULL with length 0 is not followed.", 0);
  }

  private static ConformanceCase badPointersWithoutLength() {
    return pointers(
        "length/zero-with-bad-pointers", "A pointer of length 0 is not followed.", OUTSIDE);
  }

  private static ConformanceCase pointers(String name, String says, long address) {
    return caseOf(name, says, Sources.MAILBOX_COPY, Sources.REPLY)
        .programs(SendCases.SERVER_FIRST, pointingServer(address), pointingClient(3, address))
        .both(order(RECEIVER_FIRST).task(1, "3; 4").task(3, "0 from 4; 0").task(4, "0"));
  }

  private static ConformanceCase nullPointersOfQueuedSender() {
    return caseOf(
            "length/zero-with-null-pointers-of-a-queued-sender",
            "NULL with length 0 of a queued sender is not followed.",
            Sources.MAILBOX_COPY,
            Sources.RECEIVE)
        .programs(SendCases.CLIENT_FIRST, pointingServer(0), pointingClient(4, 0))
        .both(order(SENDER_FIRST).task(1, "3; 4").task(3, "0").task(4, "0 from 3; 0"));
  }

  private static Script pointingServer(long address) {
    return script("server")
        .receive(Buffer.of(4), Buffer.at(address, 0))
        .reply(sender(), Message.at(address, 0));
  }

  private static Script pointingClient(int server, long address) {
    return script("client").send(tid(server), Message.at(address, 0), Buffer.at(address, 0));
  }

  private static ConformanceCase emptyMessageToNoRoom() {
    return caseOf(
            "length/zero-to-no-room",
            "An empty message to an empty buffer is not cut.",
            Sources.MAILBOX_COPY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(0).reply(sender(), ""),
            script("client").send(tid(3), "", 0))
        .both(order(RECEIVER_FIRST).task(1, "3; 4").task(3, "0 '' from 4; 0").task(4, "0 ''"));
  }

  private static ConformanceCase echo(int bytes) {
    String ping = pattern(bytes, "0123456789abcdef");
    String pong = pattern(bytes, "fedcba9876543210");
    return caseOf(
            "length/" + bytes + (bytes == 1 ? "-byte" : "-bytes"),
            "A message and a reply of %d bytes arrive whole.".formatted(bytes),
            Sources.MAILBOX_COPY,
            Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(bytes).reply(sender(), pong),
            script("client").send(tid(3), ping, bytes))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, bytes + " '" + ping + "' from 4; " + bytes)
                .task(4, bytes + " '" + pong + "'"));
  }

  private static String pattern(int bytes, String digits) {
    return digits.repeat(bytes / digits.length()) + digits.substring(0, bytes % digits.length());
  }

  private static ConformanceCase absurdMessage() {
    return caseOf(
            "length/a-message-of-all-ones-looks-like-an-error",
            "A length is unsigned and not checked: a message of 2^64-1 bytes is cut, and recv gives"
                + " a number that looks like -1.",
            Sources.SEND,
            Sources.MAILBOX_COPY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4).reply(sender(), "r"),
            script("client").send(tid(3), Message.at(ZEROS, -1), Buffer.of(1)))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "-1 '\\0\\0\\0\\0' from 4; 1")
                .task(4, "1 'r'")
                .reports("3 MESSAGE_CUT_SHORT"));
  }

  private static ConformanceCase absurdReply() {
    return caseOf(
            "length/a-reply-of-all-ones-looks-like-an-error",
            "A reply of 2^64-1 bytes is cut, and send gives a number that looks like -1.",
            Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4).reply(sender(), Message.at(ZEROS, -1)),
            script("client").send(tid(3), "ping", 2))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "4 'ping' from 4; 2")
                .task(4, "-1 '\\0\\0'")
                .reports("3 MESSAGE_CUT_SHORT"));
  }

  private static ConformanceCase longReplyLength() {
    return caseOf(
            "length/a-reply-longer-than-an-int",
            "send gives all 64 bits of the length that the replier gave.",
            Sources.REPLY)
        .programs(
            SendCases.SERVER_FIRST,
            script("server").receive(4).reply(sender(), Message.at(ZEROS, 1L << 32)),
            script("client").send(tid(3), "ping", 2))
        .both(
            order(RECEIVER_FIRST)
                .task(1, "3; 4")
                .task(3, "4 'ping' from 4; 2")
                .task(4, "4294967296 '\\0\\0'")
                .reports("3 MESSAGE_CUT_SHORT"));
  }
}
