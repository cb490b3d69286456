package dev.roundhouse.junit;

import static dev.roundhouse.junit.Measures.seconds;
import static dev.roundhouse.junit.Measures.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Machines in one JVM do not know of each other. */
class ManyMachinesTest {
  private static final int MACHINES = 100;

  @Test
  void aHundredMachinesRunSideBySideAndAllTheSame() throws Exception {
    CountDownLatch allAreThere = new CountDownLatch(MACHINES);
    try (ExecutorService threads = Executors.newFixedThreadPool(MACHINES)) {
      List<Callable<String>> runs =
          IntStream.range(0, MACHINES)
              .<Callable<String>>mapToObj(_ -> () -> run(allAreThere))
              .toList();
      List<String> stories = new java.util.ArrayList<>();
      for (Future<String> run : threads.invokeAll(runs)) {
        stories.add(run.get());
      }
      assertThat(stories).hasSize(MACHINES).containsOnly(stories.getFirst());
      assertThat(stories.getFirst()).contains("All aboard!");
    }
  }

  private static String run(CountDownLatch allAreThere) throws InterruptedException {
    try (Machine machine = Machine.setup().image("uart_echo").machine()) {
      machine.console().type("All ");
      machine.runUntil(machine.console().prints("All "), within(seconds(1)));
      allAreThere.countDown();
      allAreThere.await();
      machine.console().type("aboard!");
      machine.runUntil(machine.console().prints("aboard!"), within(seconds(1)));
      return machine.now() + machine.console().text() + machine.timeline().events();
    }
  }
}
