package dev.roundhouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Two systems of programs, call by call, against what the real TrainsOS kernel at 9d49562 printed
 * for them: order of calls, replies, children and loaders all show in the text.
 */
class ExampleProgramsTest {
  /** The calls of a program, each made when the task runs again. */
  private static final class Script {
    private final Queue<Consumer<TestKernel>> steps = new ArrayDeque<>();

    Script then(Consumer<TestKernel> step) {
      steps.add(step);
      return this;
    }

    Script print(String text) {
      return then(k -> k.print(text));
    }
  }

  private static String run(Map<String, Function<TestKernel, Script>> programs) {
    TestKernel k = new TestKernel();
    for (String name : programs.keySet()) {
      k.program(name, dev.roundhouse.kernel.loader.ElfBuilder.smallProgram());
    }
    k.boot();
    Map<Integer, Script> scripts = new HashMap<>();
    while (k.latest() instanceof Decision.Run(var task)) {
      Script script =
          scripts.computeIfAbsent(
              task.tid().value(), tid -> programs.get(task.programName()).apply(k));
      Consumer<TestKernel> next = script.steps.poll();
      if (next == null) {
        k.exit();
      } else {
        next.accept(k);
      }
    }
    assertThat(k.latest()).isEqualTo(Decision.Idle.INSTANCE);
    return k.board.consoleText();
  }

  private static Script nameServer() {
    return new Script().then(k -> k.recv(8));
  }

  private static String nameArgument(TestKernel k) {
    long length = k.kernel().current().arguments().length();
    return k.text(k.kernel().current().arguments().address() + length - 2, 1);
  }

  private static void create(TestKernel k, int priority, String program, char name) {
    k.createWith(priority, "PROGRAM\0" + program + "\0NAME\0" + name + "\0");
  }

  @Test
  void theOrderOfCallsChildrenAndRepliesIsThatOfTheRealKernel() {
    String printed =
        run(
            Map.of(
                "name_server", k -> nameServer(),
                "msg_demo", ExampleProgramsTest::printer,
                "msg_demo_child", k -> echoThreeTimes(),
                "user_entry", k -> orderEntry()));
    assertThat(printed)
        .isEqualTo(
            "u0 u1 A1 A2 u2 B1 A3 B2 u3 A4 B3 u4 B4 u5 C1 D1 C2 D2 su6C3 D3  u6 C4 D4 r su7 u7 r"
                + " su8 u8 uX r sX\r\n");
  }

  private static Script printer(TestKernel kernel) {
    String name = nameArgument(kernel);
    return new Script()
        .print(name + "1 ")
        .print(name + "2 ")
        .then(TestKernel::yieldNow)
        .print(name + "3 ")
        .then(TestKernel::myTid)
        .print(name + "4 ");
  }

  private static Script echoThreeTimes() {
    Script script = new Script();
    for (int turn = 0; turn < 3; turn++) {
      script
          .then(k -> k.recv(4))
          .print("s")
          .then(k -> k.print(k.received(k.running(), 2)))
          .print(" ")
          .then(k -> k.reply(k.receivedFrom(k.running()), "xx"))
          .print("r ");
    }
    return script.print("sX\r\n");
  }

  private static Script orderEntry() {
    Script script =
        new Script()
            .print("u0 ")
            .then(k -> create(k, 0, "msg_demo", 'A'))
            .print("u1 ")
            .then(k -> create(k, 0, "msg_demo", 'B'))
            .print("u2 ")
            .then(k -> create(k, 5, "msg_demo", 'C'))
            .then(k -> create(k, 5, "msg_demo", 'D'))
            .print("u3 ")
            .then(TestKernel::yieldNow)
            .print("u4 ")
            .then(TestKernel::yieldNow)
            .print("u5 ")
            .then(k -> k.createWith(5, "PROGRAM\0msg_demo_child\0"));
    for (int turn = 6; turn < 9; turn++) {
      String message = "u" + turn;
      script.then(k -> k.send(7, message, 4)).print(message).print(" ");
    }
    return script.print("uX ");
  }

  @Test
  void theQueueOfSendersAndTheOrderOfRepliesAreThoseOfTheRealKernel() {
    String printed =
        run(
            Map.of(
                "name_server", k -> nameServer(),
                "msg_demo", k -> queueServer(),
                "msg_demo_child", ExampleProgramsTest::queueClient,
                "user_entry", k -> queueEntry()));
    assertThat(printed)
        .isEqualTo(
            """
            server 3
            recv 1 from 5 char 98
            recv 1 from 6 char 99
            recv 1 from 7 char 100
            recv 1 from 4 char 97
            reply 4 gave 1
            reply 7 gave 1
            reply 6 gave 1
            reply 5 gave 1
            server done
            client 5 got 1 char 98
            client 7 got 1 char 100
            client 6 got 1 char 99
            client 4 got 1 char 97
            """
                .replace("\n", "\r\n"));
  }

  private static Script queueEntry() {
    return new Script()
        .then(k -> create(k, 1, "msg_demo", 'S'))
        .then(k -> create(k, 9, "msg_demo_child", 'a'))
        .then(k -> create(k, 2, "msg_demo_child", 'b'))
        .then(k -> create(k, 4, "msg_demo_child", 'c'))
        .then(k -> create(k, 4, "msg_demo_child", 'd'))
        .print("server 3\r\n");
  }

  private static Script queueServer() {
    int[] senders = new int[4];
    String[] messages = new String[4];
    Script script = new Script();
    for (int turn = 0; turn < 4; turn++) {
      int index = turn;
      script
          .then(k -> k.recv(4))
          .then(k -> {
            senders[index] = k.receivedFrom(3);
            messages[index] = k.received(3, 1);
            k.print(
                "recv %d from %d char %d\r\n"
                    .formatted(k.result(), senders[index], (int) messages[index].charAt(0)));
          });
    }
    for (int turn = 3; turn >= 0; turn--) {
      int index = turn;
      script
          .then(k -> k.reply(senders[index], messages[index]))
          .then(k -> k.print("reply %d gave %d\r\n".formatted(senders[index], k.result())));
    }
    return script.print("server done\r\n");
  }

  private static Script queueClient(TestKernel kernel) {
    String name = nameArgument(kernel);
    long[] got = new long[1];
    return new Script()
        .then(k -> k.send(3, name, 2))
        .then(k -> {
          got[0] = k.result();
          k.myTid();
        })
        .then(k -> {
          int tid = (int) k.result();
          k.print(
              "client %d got %d char %d\r\n"
                  .formatted(tid, got[0], (int) k.replied(tid, 1).charAt(0)));
        });
  }
}
