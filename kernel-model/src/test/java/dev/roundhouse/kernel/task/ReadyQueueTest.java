package dev.roundhouse.kernel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.bus.AddressRange;
import org.junit.jupiter.api.Test;

class ReadyQueueTest {
  private int tids;

  private Task task(int priority) {
    return new Task(new Tid(tids++), Tid.IDLE, new Priority(priority), new AddressRange(0, 0x1000));
  }

  @Test
  void tasksLeaveByPriorityAndThenInTheOrderOfEntering() {
    ReadyQueue queue = new ReadyQueue(10);
    int[] priorities = {5, 0, 5, 63, 0, 20};
    for (int priority : priorities) {
      assertThat(queue.offer(task(priority))).isTrue();
    }
    assertThat(queue.size()).isEqualTo(6);
    int[] expected = {1, 4, 0, 2, 5, 3};
    for (int tid : expected) {
      assertThat(queue.remove().tid().value()).isEqualTo(tid);
    }
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.size()).isZero();
  }

  @Test
  void aTaskEntersBehindThoseThatAreThere() {
    ReadyQueue queue = new ReadyQueue(10);
    queue.offer(task(1));
    queue.offer(task(1));
    Task first = queue.remove();
    queue.offer(first);
    assertThat(queue.remove().tid().value()).isEqualTo(1);
    assertThat(queue.remove()).isSameAs(first);
    queue.offer(first);
    assertThat(queue.remove()).isSameAs(first);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aFullQueueTakesNoMore() {
    ReadyQueue queue = new ReadyQueue(2);
    assertThat(queue.offer(task(1))).isTrue();
    assertThat(queue.offer(task(2))).isTrue();
    assertThat(queue.offer(task(0))).isFalse();
    assertThat(queue.size()).isEqualTo(2);
    assertThat(queue.remove().tid().value()).isZero();
    assertThat(queue.offer(task(0))).isTrue();
  }

  @Test
  void nothingLeavesAnEmptyQueue() {
    assertThatThrownBy(() -> new ReadyQueue(1).remove()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTableFindsLiveTasksOnlyAndKnowsWhoVanished() {
    TaskTable table = new TaskTable();
    for (int count = 0; count < 100; count++) {
      assertThat(table.nextTid()).isEqualTo(new Tid(count));
      table.add(task(0));
    }
    table.remove(table.find(70).orElseThrow());
    assertThat(table.find(70)).isEmpty();
    assertThat(table.find(69)).isPresent();
    assertThat(table.find(100)).isEmpty();
    assertThat(table.find(-1)).isEmpty();
    assertThat(table.hasVanished(70)).isTrue();
    assertThat(table.hasVanished(69)).isFalse();
    assertThat(table.hasVanished(100)).isFalse();
    assertThat(table.hasVanished(-1)).isFalse();
    assertThat(table.all()).hasSize(99);
    assertThatThrownBy(() ->
            table.add(new Task(new Tid(7), Tid.IDLE, new Priority(0), new AddressRange(0, 0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tidsAndPrioritiesHaveRanges() {
    assertThatThrownBy(() -> new Tid(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Priority(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Priority(64)).isInstanceOf(IllegalArgumentException.class);
  }
}
