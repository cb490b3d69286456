package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.sender;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.tid;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.TaskRef;
import java.util.List;

/** send, recv and reply, in both orders. */
final class SendCases {
  /** Makes task 3, a server that runs first, and task 4, its client. */
  static final Script SERVER_FIRST = entry().create(2, "server").create(5, "client");

  /** Makes task 3, a client that runs first, and task 4, its server. */
  static final Script CLIENT_FIRST = entry().create(2, "client").create(5, "server");

  private SendCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        receiverFirst(),
        senderFirst(),
        receiverWaits(),
        senderWaitsForReply(),
        queuedSenderWaitsForReply(),
        cycle(),
        toParent(),
        nested(),
        twoRounds(),
        twoRoundsSenderFirst(),
        repliesInAnyOrder(),
        replyByAnother(),
        toSelf(),
        toIdle(),
        forwarded(),
        bothDirections(),
        receiveKeepsTheRest(),
        replyBeforeNextReceive());
  }

  private static ConformanceCase receiverFirst() {
    return caseOf(
            "send/receiver-first",
            "A message to a task in recv is copied at once; the sender waits for the reply.",
            Sources.SEND,
            Sources.REPLY)
        .programs(
            SERVER_FIRST,
            script("server").receive(8).reply(sender(), "pong"),
            script("client").send(tid(3), "ping", 8))
        .both(
            order("1 1 1 3 4 3 3 4")
                .task(1, "3; 4")
                .task(3, "4 'ping....' from 4; 4")
                .task(4, "4 'pong....'"));
  }

  private static ConformanceCase senderFirst() {
    return caseOf(
            "send/sender-first",
            "A message to a task that is not in recv, here to one that has not started, waits until"
                + " that task receives, which then goes on.",
            Sources.SEND,
            Sources.RECEIVE)
        .programs(
            CLIENT_FIRST,
            script("server").receive(8).reply(sender(), "pong"),
            script("client").send(tid(4), "ping", 8))
        .both(
            order("1 1 1 3 4 4 3 4")
                .task(1, "3; 4")
                .task(3, "4 'pong....'")
                .task(4, "4 'ping....' from 3; 4"));
  }

  private static ConformanceCase receiverWaits() {
    return caseOf(
            "send/a-receiver-without-sender-waits",
            "recv blocks while nobody sends. A run that ends so is finished, not stuck.",
            Sources.RECEIVE)
        .programs(entry().receive(8))
        .both(order("1").task(1, "-", "receive-blocked"));
  }

  private static ConformanceCase senderWaitsForReply() {
    return caseOf(
            "send/receiver-first-without-reply",
            "A sender whose message was received waits until somebody replies.",
            Sources.SEND)
        .programs(
            SERVER_FIRST,
            script("server").receive(4).receive(4),
            script("client").send(tid(3), "a", 4))
        .both(
            order("1 1 1 3 4 3")
                .task(1, "3; 4")
                .task(3, "1 'a...' from 4; -", "receive-blocked")
                .task(4, "-", "reply-blocked on 3")
                .deadlock());
  }

  private static ConformanceCase queuedSenderWaitsForReply() {
    return caseOf(
            "send/sender-first-without-reply",
            "A queued sender becomes reply-blocked when its message is received.",
            Sources.RECEIVE)
        .programs(
            CLIENT_FIRST,
            script("server").receive(4).receive(4),
            script("client").send(tid(4), "a", 4))
        .both(
            order("1 1 1 3 4 4")
                .task(1, "3; 4")
                .task(3, "-", "reply-blocked on 4")
                .task(4, "1 'a...' from 3; -", "receive-blocked")
                .deadlock());
  }

  private static ConformanceCase cycle() {
    return caseOf(
            "send/two-that-send-to-each-other-wait-for-ever",
            "Two tasks that send to each other are both send-blocked.",
            Sources.SEND)
        .programs(
            entry().create(2, "a").create(3, "b"),
            script("a").send(tid(4), "x", 4),
            script("b").send(tid(3), "y", 4))
        .both(
            order("1 1 1 3 4")
                .task(1, "3; 4")
                .task(3, "-", "send-blocked on 4")
                .task(4, "-", "send-blocked on 3")
                .deadlock());
  }

  private static ConformanceCase toParent() {
    return caseOf(
            "send/to-the-parent",
            "A child can send to its parent by the tid that my_parent_tid gives.",
            Sources.SEND,
            Sources.MY_PARENT_TID)
        .programs(
            entry().create(1, "child").receive(4).reply(sender(), "ok"),
            script("child").myParentTid().send(TaskRef.parent(), "hi", 4))
        .both(order("1 1 3 3 1 1 3").task(1, "3; 2 'hi..' from 3; 2").task(3, "1; 2 'ok..'"));
  }

  private static ConformanceCase nested() {
    return caseOf(
            "send/a-server-can-send-while-its-client-waits",
            "A task that has received can send itself before it replies.",
            Sources.SEND,
            Sources.REPLY)
        .programs(
            entry().create(3, "deep").create(4, "server").create(5, "client"),
            script("deep").receive(4).reply(sender(), "y"),
            script("server").receive(4).send(tid(3), "q", 4).reply(sender(), "z"),
            script("client").send(tid(4), "x", 4))
        .both(
            order("1 1 1 1 3 4 5 4 3 3 4 4 5")
                .task(1, "3; 4; 5")
                .task(3, "1 'q...' from 4; 1")
                .task(4, "1 'x...' from 5; 1 'y...'; 1")
                .task(5, "1 'z...'"));
  }

  private static ConformanceCase twoRounds() {
    return caseOf(
            "send/receiver-first-twice",
            "A second transaction of the same two tasks is as the first.",
            Sources.SEND,
            Sources.REPLY)
        .programs(
            SERVER_FIRST,
            script("server").receive(4).reply(sender(), "1").receive(4).reply(sender(), "2"),
            script("client").send(tid(3), "a", 2).send(tid(3), "bc", 2))
        .both(
            order("1 1 1 3 4 3 3 4 3 3 4")
                .task(1, "3; 4")
                .task(3, "1 'a...' from 4; 1; 2 'bc..' from 4; 1")
                .task(4, "1 '1.'; 1 '2.'"));
  }

  private static ConformanceCase twoRoundsSenderFirst() {
    return caseOf(
            "send/sender-first-twice",
            "A sender of higher priority queues again as soon as it is replied to.",
            Sources.SEND,
            Sources.RECEIVE)
        .programs(
            CLIENT_FIRST,
            script("server").receive(4).reply(sender(), "1").receive(4).reply(sender(), "2"),
            script("client").send(tid(4), "a", 2).send(tid(4), "bc", 2))
        .both(
            order("1 1 1 3 4 4 3 4 4 3 4")
                .task(1, "3; 4")
                .task(3, "1 '1.'; 1 '2.'")
                .task(4, "1 'a...' from 3; 1; 2 'bc..' from 3; 1"));
  }

  private static ConformanceCase repliesInAnyOrder() {
    return caseOf(
            "send/replies-in-any-order",
            "A receiver can reply to its senders in any order; who is replied to first runs first.",
            Sources.REPLY)
        .programs(
            entry().create(2, "server").create(5, "one").create(5, "two"),
            script("server").receive(4).receive(4).reply(tid(5), "5").reply(tid(4), "4"),
            script("one").send(tid(3), "a", 1),
            script("two").send(tid(3), "b", 1))
        .both(
            order("1 1 1 1 3 4 3 5 3 3 3 5 4")
                .task(1, "3; 4; 5")
                .task(3, "1 'a...' from 4; 1 'b...' from 5; 1; 1")
                .task(4, "1 '4'")
                .task(5, "1 '5'"));
  }

  private static ConformanceCase replyByAnother() {
    return caseOf(
            "send/another-task-may-reply",
            "Not only the receiver can reply to a sender.",
            Sources.REPLY,
            Sources.COURSE_SEND)
        .programs(
            entry().create(2, "server").create(5, "client").create(7, "third"),
            script("server").receive(4).receive(4),
            script("client").send(tid(3), "a", 4),
            script("third").reply(tid(4), "ok"))
        .both(
            order("1 1 1 1 3 4 3 5 4 5")
                .task(1, "3; 4; 5")
                .task(3, "1 'a...' from 4; -", "receive-blocked")
                .task(4, "2 'ok..'")
                .task(5, "2")
                .reports("5 REPLY_BY_ANOTHER"));
  }

  private static ConformanceCase toSelf() {
    return caseOf(
            "send/to-oneself",
            "A task that sends to itself waits for ever on TrainsOS; the course's kernel gives -2.",
            Sources.SEND,
            Sources.COURSE_SEND)
        .programs(entry().send(tid(1), "a", 4))
        .each(
            order("1").task(1, "-", "send-blocked on 1").reports("1 SEND_TO_SELF").deadlock(),
            order("1 1").task(1, "-2 '....'").reports("1 SEND_TO_SELF"));
  }

  private static ConformanceCase toIdle() {
    return caseOf(
            "send/to-the-idle-task",
            "The idle task is task 0 and never receives: who sends to it waits for ever.",
            Sources.SEND,
            Sources.MAIN)
        .programs(entry().send(tid(0), "a", 4))
        .both(order("1").task(1, "-", "send-blocked on 0").deadlock());
  }

  private static ConformanceCase forwarded() {
    return caseOf(
            "send/a-worker-replies-through-its-server",
            "A server can receive from its worker before it replies to its client.",
            Sources.REPLY,
            Sources.RECEIVE)
        .programs(
            entry().create(2, "server").create(5, "client").create(7, "worker"),
            script("server").receive(4).receive(4).reply(sender(), "").reply(tid(4), "done"),
            script("client").send(tid(3), "job", 4),
            script("worker").send(tid(3), "idle", 0))
        .both(
            order("1 1 1 1 3 4 3 5 3 3 3 4 5")
                .task(1, "3; 4; 5")
                .task(3, "3 'job.' from 4; 4 'idle' from 5; 0; 4")
                .task(4, "4 'done'")
                .task(5, "0 ''"));
  }

  private static ConformanceCase bothDirections() {
    return caseOf(
            "send/each-can-be-client-and-server",
            "Two tasks can send to each other one after the other.",
            Sources.SEND,
            Sources.REPLY)
        .programs(
            entry().create(2, "a").create(5, "b"),
            script("a").receive(4).reply(sender(), "1").send(tid(4), "x", 2),
            script("b").send(tid(3), "y", 2).receive(4).reply(sender(), "2"))
        .both(
            order("1 1 1 3 4 3 3 4 4 3 4")
                .task(1, "3; 4")
                .task(3, "1 'y...' from 4; 1; 1 '2.'")
                .task(4, "1 '1.'; 1 'x...' from 3; 1"));
  }

  private static ConformanceCase receiveKeepsTheRest() {
    return caseOf(
            "send/a-message-leaves-the-rest-of-the-buffer",
            "Only the bytes that were sent are written to the receiver's buffer.",
            Sources.MAILBOX_COPY)
        .programs(
            SERVER_FIRST,
            script("server").receive(12).reply(sender(), "xyz"),
            script("client").send(tid(3), "abcde", 9))
        .both(
            order("1 1 1 3 4 3 3 4")
                .task(1, "3; 4")
                .task(3, "5 'abcde.......' from 4; 3")
                .task(4, "3 'xyz......'"));
  }

  private static ConformanceCase replyBeforeNextReceive() {
    return caseOf(
            "send/the-sender-waits-while-the-receiver-works",
            "Between recv and reply the receiver can make other calls; its sender waits.",
            Sources.RECEIVE,
            Sources.REPLY)
        .programs(
            SERVER_FIRST,
            script("server").receive(4).myTid().yieldNow().reply(sender(), "r"),
            script("client").send(tid(3), "a", 1).myTid())
        .both(
            order("1 1 1 3 4 3 3 3 3 4 4")
                .task(1, "3; 4")
                .task(3, "1 'a...' from 4; 3; 3; 1")
                .task(4, "1 'r'; 4"));
  }
}
