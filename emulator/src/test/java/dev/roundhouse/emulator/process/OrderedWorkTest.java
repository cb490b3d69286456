package dev.roundhouse.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderedWorkTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 40).boxed().toList();

  private static void run(Function<Integer, Integer> work, List<Integer> results) {
    OrderedWork.run(
        ITEMS,
        () -> work,
        new OrderedWork.Results<>() {
          @Override
          public void take(Integer result) {
            results.add(result);
          }

          @Override
          public void stillAtIt() {
            // Nobody waits so long here.
          }
        });
  }

  @Test
  void resultsComeInTheOrderOfTheItemsWhateverIsDoneFirst() {
    List<Integer> results = new ArrayList<>();
    run(
        item -> {
          LockSupport.parkNanos(item % 4 == 0 ? 2_000_000 : 1);
          return item;
        },
        results);
    assertThat(results).isEqualTo(ITEMS);
  }

  @Test
  void aFailureComesWhereItsItemStands() {
    List<Integer> results = new ArrayList<>();
    Function<Integer, Integer> work =
        item -> {
          if (item == 17) {
            throw new IllegalArgumentException("no 17");
          }
          return item;
        };
    assertThatThrownBy(() -> run(work, results)).hasMessage("no 17");
    assertThat(results).isEqualTo(ITEMS.subList(0, 17));
  }
}
