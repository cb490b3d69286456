package dev.roundhouse.emulator.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Work that is done on all cores of the host, with results in the order of the items. */
public final class OrderedWork {
  /** After how many seconds without a result the caller is told that there is none. */
  private static final int PATIENCE_SECONDS = 5;

  private static final int MOST_THREADS = 32;
  private static final int JOIN_MILLIS = 1000;

  private OrderedWork() {}

  /** Who gets the results, on the caller's thread. */
  public interface Results<R> {
    /** The next result. */
    void take(R result);

    /** Nothing for some seconds. */
    void stillAtIt();
  }

  /**
   * Does the work.
   *
   * @param hands makes what works, once for each thread
   * @throws RuntimeException what the first item threw whose work failed; later ones are not begun
   */
  public static <T, R> void run(List<T> items, Supplier<Function<T, R>> hands, Results<R> results) {
    List<CompletableFuture<R>> slots = new ArrayList<>();
    items.forEach(item -> slots.add(new CompletableFuture<>()));
    AtomicInteger next = new AtomicInteger();
    int cores = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < Math.min(cores, items.size()); n++) {
      threads.add(HostThreads.start("work-" + n, () -> work(items, slots, next, hands.get())));
    }
    try {
      slots.forEach(slot -> await(slot, results));
    } finally {
      next.set(items.size());
      threads.forEach(thread -> HostThreads.join(thread, JOIN_MILLIS));
    }
  }

  private static <T, R> void work(
      List<T> items, List<CompletableFuture<R>> slots, AtomicInteger next, Function<T, R> hand) {
    for (int n = next.getAndIncrement(); n < items.size(); n = next.getAndIncrement()) {
      try {
        slots.get(n).complete(hand.apply(items.get(n)));
      } catch (RuntimeException | Error failure) {
        slots.get(n).completeExceptionally(failure);
      }
    }
  }

  private static <R> void await(CompletableFuture<R> slot, Results<R> results) {
    while (true) {
      try {
        results.take(slot.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return;
      } catch (TimeoutException e) {
        results.stillAtIt();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while others work", e);
      } catch (ExecutionException e) {
        throw asIs(e);
      }
    }
  }

  private static RuntimeException asIs(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException failure -> failure;
      case Error failure -> throw failure;
      case null, default -> new IllegalStateException(e);
    };
  }
}
