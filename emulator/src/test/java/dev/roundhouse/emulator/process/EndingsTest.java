package dev.roundhouse.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EndingsTest {
  private final Endings endings = Endings.ofPart();
  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void whatIsToBePutRightIsDoneTheLatestFirst() {
    Endings.Promise _ = endings.before(() -> done.add("terminal"));
    Endings.Promise map = endings.before(() -> done.add("map"));
    Endings.Promise _ = endings.before(() -> done.add("clients"));
    map.withdraw();
    endings.perform();
    assertThat(done).containsExactly("clients", "terminal");
  }

  @Test
  void oneThatFailsKeepsNoOtherFromBeingDone() {
    Endings.Promise _ = endings.before(() -> done.add("terminal"));
    Endings.Promise _ =
        endings.before(() -> {
          throw new IllegalStateException("gone");
        });
    endings.perform();
    assertThat(done).containsExactly("terminal");
  }

  @Test
  void oneThatNeverComesBackDoesNotKeepTheProcess() {
    CountDownLatch never = new CountDownLatch(1);
    Endings.Promise _ =
        endings.before(() -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    endings.perform();
    never.countDown();
  }

  @Test
  void aProcessThatIsNotOursIsNotEnded() {
    Endings.Promise _ = endings.before(() -> done.add("terminal"));
    endings.endAtOnce(3);
    assertThat(done).isEmpty();
  }
}
