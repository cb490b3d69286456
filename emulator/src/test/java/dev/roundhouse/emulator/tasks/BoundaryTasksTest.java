package dev.roundhouse.emulator.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.time.VirtualTime;
import dev.roundhouse.emulator.boundary.GivenArgument;
import dev.roundhouse.emulator.boundary.KernelStep;
import dev.roundhouse.emulator.boundary.TrackedTask;
import dev.roundhouse.emulator.observe.Symbols;
import dev.roundhouse.kernel.abi.ArgumentShape.Kind;
import dev.roundhouse.kernel.abi.CallAbiReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BoundaryTasksTest {
  private final BoundaryTasks tasks =
      new BoundaryTasks(CallAbiReader.shipped("trainsos"), Symbols.NONE, (_, _) -> 0);
  private long nanos;
  private final TrackedTask entry = new TrackedTask(1);
  private final TrackedTask server = new TrackedTask(2);

  private void take(KernelStep step) {
    nanos += 1_000_000;
    tasks.take(nanos, step);
  }

  private void started(TrackedTask task) {
    take(new KernelStep.Started(task));
  }

  private void called(TrackedTask task, String call, GivenArgument... arguments) {
    take(new KernelStep.Called(task, call, List.of(arguments)));
  }

  private void returned(TrackedTask task, String call, String... answers) {
    take(new KernelStep.Dispatched(task));
    take(new KernelStep.Returned(task, call, 4, true, List.of(answers)));
  }

  private static GivenArgument to(int tid) {
    return new GivenArgument(Kind.TID, "to", tid, 0, "");
  }

  @Test
  void aTaskIsWhereItsLastCallLeftIt() {
    started(server);
    assertThat(tasks.status(2)).isEqualTo(new TaskStatus.Active());
    called(server, "recv");
    assertThat(tasks.status(2)).isEqualTo(new TaskStatus.ReceiveBlocked());
    called(entry, "await_event", new GivenArgument(Kind.INT, "event", 0x61, 0, ""));
    assertThat(tasks.status(1)).isEqualTo(new TaskStatus.EventBlocked(0x61));
    called(entry, "mmap");
    assertThat(tasks.status(1)).isEqualTo(new TaskStatus.InCall("mmap"));
    returned(entry, "mmap");
    take(new KernelStep.Interrupted(entry));
    assertThat(tasks.status(1)).isEqualTo(new TaskStatus.Ready());
  }

  @Test
  void aSenderIsReplyBlockedWhenItsReceiverComesBackWithItsTid() {
    started(entry);
    called(entry, "send", to(2));
    assertThat(tasks.status(1)).isEqualTo(new TaskStatus.SendBlocked(2));
    started(server);
    called(server, "recv");
    returned(server, "recv", "tid_at=1", "buf=\"ping\"");
    assertThat(tasks.status(1)).isEqualTo(new TaskStatus.ReplyBlocked(2));
    called(server, "reply", to(1));
    returned(server, "reply");
    assertThat(tasks.status(1)).isEqualTo(new TaskStatus.ReplyBlocked(2));
    returned(entry, "send", "reply=\"pong\"");
    assertThat(tasks.status(1)).isEqualTo(new TaskStatus.Active());
  }

  @Test
  void tasksAreListedByTidWithWhatIsKnownOfThemUntilTheyExit() {
    TrackedTask idle = TrackedTask.idle(0);
    started(server);
    started(entry);
    started(idle);
    TrackedTask made = new TrackedTask(3);
    take(new KernelStep.Created(made, entry, 7));
    assertThat(tasks.living())
        .containsExactly(
            new TaskInfo(1, Optional.of("user_entry"), new TaskStatus.Active(), OptionalInt.of(0)),
            new TaskInfo(2, Optional.of("name_server"), new TaskStatus.Active(), OptionalInt.of(0)),
            new TaskInfo(3, Optional.empty(), new TaskStatus.Ready(), OptionalInt.of(7)));
    take(new KernelStep.Exited(entry));
    assertThat(tasks.status(1)).isEqualTo(new TaskStatus.Exited());
  }

  @Test
  void theTableSaysSinceWhenATaskWaitsForWhomAndForHowLongItRan() {
    started(server);
    called(server, "recv");
    started(entry);
    called(entry, "send", to(2));
    assertThat(tasks.report(VirtualTime.ofMillis(8), 0).lines())
        .anyMatch(line ->
            line.matches(
                " +1 user_entry +0 send-blocked +0.004000000s +12.5% +[?]  tid 2 \\(name_server\\) to receive"))
        .anyMatch(line ->
            line.matches(
                " +2 name_server +0 receive-blocked +0.002000000s +12.5% +[?]  a message"));
  }
}
