package dev.roundhouse.emulator.conformance.cases;

import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.caseOf;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.entry;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.script;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.sender;
import static dev.roundhouse.emulator.conformance.cases.CaseBuilder.tid;
import static dev.roundhouse.emulator.conformance.cases.Expectation.order;

import dev.roundhouse.emulator.conformance.script.Observation.EndKind;
import dev.roundhouse.emulator.conformance.script.Script;
import java.util.List;

/** Queues of senders. */
final class ManySendersCases {
  private static final int SERVER = 3;
  private static final int FIRST_SENDER = 4;
  private static final int ROOM_IN_QUEUE = 64;

  /** The event of UART 5, which nobody arms. */
  private static final int NEVER = (153 << 16) + 5;

  private ManySendersCases() {}

  static List<ConformanceCase> all() {
    return List.of(
        firstInFirstOut(),
        wholeQueue(10),
        wholeQueue(ROOM_IN_QUEUE),
        overflow(),
        againBehindOthers(),
        twoQueues(),
        receiverTakesOneAtATime(),
        queueIsUsedRoundAndRound(),
        replyBlockedDoNotCount());
  }

  private static ConformanceCase firstInFirstOut() {
    return caseOf(
            "many/first-in-first-out-whatever-the-priority",
            "Queued senders are received in the order in which they sent, not by priority.",
            Sources.MAILBOX_QUEUE,
            Sources.MAILBOX_TAKE)
        .programs(
            entry().create(15, "server").create(9, "first"),
            script("server").receive(4).receive(4).reply(tid(4), "x").reply(tid(6), "y"),
            script("first").create(12, "maker").send(tid(SERVER), "a", 1),
            script("maker").create(8, "second"),
            script("second").send(tid(SERVER), "b", 1))
        .both(
            order("1 1 1 4 4 5 6 5 3 3 3 4 3 6 3")
                .task(1, "3; 4")
                .task(3, "1 'a...' from 4; 1 'b...' from 6; 1; 1")
                .task(4, "5; 1 'x'")
                .task(5, "6")
                .task(6, "1 'y'"));
  }

  /** The server is task 3, its senders are tasks 4 and following; all have sent before it runs. */
  private static Script creator(int senders) {
    return entry().create(9, "server").repeat(senders, script("again").create(2, "client"));
  }

  private static Script server(int senders) {
    return script("server").repeat(senders, script("again").receive(1).reply(sender(), "r"));
  }

  private static String created(int senders) {
    StringBuilder results = new StringBuilder("3");
    for (int sender = FIRST_SENDER; sender < FIRST_SENDER + senders; sender++) {
      results.append("; ").append(sender);
    }
    return results.toString();
  }

  private static ConformanceCase wholeQueue(int senders) {
    return caseOf(
            "many/" + senders + "-senders",
            "%d senders are received and replied to in their order.".formatted(senders),
            Sources.MAILBOX_QUEUE,
            Sources.MAILBOX_TAKE)
        .programs(creator(senders), server(senders), script("client").send(tid(SERVER), "a", 1))
        .both(served(senders));
  }

  private static Expectation served(int senders) {
    StringBuilder calls = new StringBuilder("1 ".repeat(senders + 2));
    StringBuilder rounds = new StringBuilder();
    StringBuilder received = new StringBuilder();
    for (int sender = FIRST_SENDER; sender < FIRST_SENDER + senders; sender++) {
      calls.append(sender).append(' ');
      rounds.append("3 3 ").append(sender).append(' ');
      received.append(received.isEmpty() ? "" : "; ").append("1 'a' from " + sender + "; 1");
    }
    return order(calls.append(rounds).append('3').toString())
        .task(1, created(senders))
        .task(SERVER, received.toString())
        .tasks(FIRST_SENDER, FIRST_SENDER + senders - 1, "1 'r'", Expectation.EXITED);
  }

  private static ConformanceCase overflow() {
    int senders = ROOM_IN_QUEUE + 1;
    int last = FIRST_SENDER + senders - 1;
    StringBuilder calls = new StringBuilder("1 ".repeat(senders + 2));
    for (int sender = FIRST_SENDER; sender <= last; sender++) {
      calls.append(sender).append(sender < last ? " " : "");
    }
    return caseOf(
            "many/the-65th-sender",
            "The 65th sender queued on one task crashes TrainsOS. The course's queue is never"
                + " full.",
            Sources.MAILBOX_QUEUE,
            Sources.SEND)
        .programs(creator(senders), server(senders), script("client").send(tid(SERVER), "a", 1))
        .each(
            order(calls.toString())
                .task(1, created(senders))
                .task(SERVER, "", "could-run")
                .tasks(FIRST_SENDER, last - 1, "-", "send-blocked on 3")
                .task(last, "-", "could-run")
                .reports(last + " SENDER_QUEUE_FULL")
                .ends(EndKind.KERNEL_CRASH, "64 senders wait for tid 3"),
            served(senders));
  }

  private static ConformanceCase againBehindOthers() {
    return caseOf(
            "many/who-sends-again-goes-behind-the-others",
            "A sender that is replied to and sends again is received after those who wait.",
            Sources.MAILBOX_QUEUE,
            Sources.MAILBOX_TAKE)
        .programs(
            entry().create(9, "server").create(2, "twice").create(2, "once"),
            server(3),
            script("twice").send(tid(SERVER), "a", 1).send(tid(SERVER), "c", 1),
            script("once").send(tid(SERVER), "b", 1))
        .both(
            order("1 1 1 1 4 5 3 3 4 3 3 5 3 3 4 3")
                .task(1, "3; 4; 5")
                .task(3, "1 'a' from 4; 1; 1 'b' from 5; 1; 1 'c' from 4; 1")
                .task(4, "1 'r'; 1 'r'")
                .task(5, "1 'r'"));
  }

  private static ConformanceCase twoQueues() {
    return caseOf(
            "many/each-task-has-its-own-queue",
            "A receiver gets only messages that were sent to it.",
            Sources.MAILBOX_QUEUE)
        .programs(
            entry()
                .create(8, "server")
                .create(9, "server")
                .create(2, "to_second")
                .create(2, "to_first"),
            server(1),
            script("to_second").send(tid(4), "b", 1),
            script("to_first").send(tid(3), "a", 1))
        .both(
            order("1 1 1 1 1 5 6 3 3 6 3 4 4 5 4")
                .task(1, "3; 4; 5; 6")
                .task(3, "1 'a' from 6; 1")
                .task(4, "1 'b' from 5; 1")
                .task(5, "1 'r'")
                .task(6, "1 'r'"));
  }

  private static ConformanceCase receiverTakesOneAtATime() {
    return caseOf(
            "many/recv-takes-one-message",
            "One recv takes one message; who was not received stays queued.",
            Sources.RECEIVE,
            Sources.MAILBOX_TAKE)
        .programs(
            entry().create(9, "server").create(2, "client").create(2, "client"),
            script("server").receive(1).awaitEvent(NEVER),
            script("client").send(tid(SERVER), "a", 1))
        .both(
            order("1 1 1 1 4 5 3 3")
                .task(1, "3; 4; 5")
                .task(3, "1 'a' from 4; -", "event-blocked on 10027013")
                .task(4, "-", "reply-blocked on 3")
                .task(5, "-", "send-blocked on 3")
                .reports("3 WAIT_WITHOUT_END"));
  }

  private static ConformanceCase queueIsUsedRoundAndRound() {
    int rounds = 100;
    StringBuilder calls = new StringBuilder("1 1 1 3 ");
    StringBuilder received = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    for (int round = 0; round < rounds; round++) {
      calls.append("4 4 3 ");
      received.append(round == 0 ? "" : "; ").append("1 'a' from 3; 1");
      replies.append(round == 0 ? "" : "; ").append("1 'r'");
    }
    return caseOf(
            "many/100-transactions-of-a-queued-sender",
            "A queue of senders is a ring: it can be used any number of times.",
            Sources.MAILBOX_QUEUE,
            Sources.MAILBOX_TAKE)
        .programs(
            SendCases.CLIENT_FIRST,
            server(rounds),
            script("client").repeat(rounds, script("again").send(tid(4), "a", 1)))
        .both(
            order(calls + "4")
                .task(1, "3; 4")
                .task(3, replies.toString())
                .task(4, received.toString()));
  }

  private static ConformanceCase replyBlockedDoNotCount() {
    int received = 40;
    int queued = ROOM_IN_QUEUE;
    StringBuilder calls = new StringBuilder("1 ".repeat(received + queued + 2));
    StringBuilder firstCalls = new StringBuilder("3 ");
    StringBuilder texts = new StringBuilder();
    for (int sender = FIRST_SENDER; sender < FIRST_SENDER + received; sender++) {
      firstCalls.append(sender).append(" 3 ");
      texts.append("1 'a' from ").append(sender).append("; ");
    }
    for (int sender = 0; sender < queued; sender++) {
      firstCalls.append(FIRST_SENDER + received + sender).append(' ');
    }
    String wait = "-";
    return caseOf(
            "many/those-who-wait-for-a-reply-take-no-place-in-the-queue",
            "64 senders fit into the queue of a task that owes 40 replies.",
            Sources.MAILBOX_QUEUE,
            Sources.RECEIVE)
        .programs(
            entry()
                .create(2, "server")
                .repeat(received + queued, script("again").create(5, "client")),
            script("server").repeat(received, script("again").receive(1)).awaitEvent(NEVER),
            script("client").send(tid(SERVER), "a", 1))
        .both(
            order(calls.append(firstCalls).toString().strip())
                .task(1, created(received + queued))
                .task(SERVER, texts + wait, "event-blocked on 10027013")
                .tasks(FIRST_SENDER, FIRST_SENDER + received - 1, wait, "reply-blocked on 3")
                .tasks(
                    FIRST_SENDER + received,
                    FIRST_SENDER + received + queued - 1,
                    wait,
                    "send-blocked on 3")
                .reports("3 WAIT_WITHOUT_END"));
  }
}
