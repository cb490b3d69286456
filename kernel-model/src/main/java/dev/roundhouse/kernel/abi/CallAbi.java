package dev.roundhouse.kernel.abi;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/**
 * What the system calls of a kernel look like from outside: what an ABI profile must say
 * (docs/abi-profiles.md). A kernel that can be modelled has more to say: {@link AbiProfile}.
 */
public final class CallAbi {
  /** In place of a register: the call's number is the immediate of the svc. */
  public static final int IMMEDIATE = -1;

  /** Of a kernel of which nothing is known: calls have numbers, tasks the order of their start. */
  public static final CallAbi UNKNOWN =
      new CallAbi(
          "unknown",
          new Entry(IMMEDIATE, OptionalInt.empty(), Returns.BEHIND_SVC, ""),
          new Tasks(MostUrgent.LOWEST, List.of(), Optional.empty()),
          new TreeMap<>());

  /** What a task calls in its loader, before its program has begun: no more is compared. */
  public static final CallShape LOADER_CALL =
      new CallShape("(loader)", CallShape.Role.PLAIN, List.of(), CallShape.Result.ANY);

  private final String name;
  private final Entry entry;
  private final Tasks tasks;
  private final SortedMap<Long, CallShape> calls;

  /** Which priority is the most urgent one. */
  public enum MostUrgent {
    /** The smallest number. */
    LOWEST,
    /** The largest number. */
    HIGHEST
  }

  /** Where a caller goes on. */
  public enum Returns {
    /** At the instruction behind the svc. */
    BEHIND_SVC,
    /** At the address in x30, as in TrainsOS. */
    X30
  }

  /**
   * How calls are made.
   *
   * @param numberRegister which register has a call's number, or {@link #IMMEDIATE}
   * @param immediate of the svc, where a register has the number and the kernel looks at both
   * @param prefix before the names of calls, in the names of functions that make them
   */
  public record Entry(int numberRegister, OptionalInt immediate, Returns returns, String prefix) {}

  /**
   * A task that is there before the first system call.
   *
   * @param program what it loads, where tasks load programs
   * @param isIdle whether it runs when no other can, and is of no interest
   */
  public record FirstTask(int tid, int priority, Optional<String> program, boolean isIdle) {}

  /**
   * What a watcher must know of tasks.
   *
   * @param first those that are there before the first call
   * @param loaderCall the call that every task's loader makes first, where tasks have a loader
   */
  public record Tasks(MostUrgent mostUrgent, List<FirstTask> first, Optional<String> loaderCall) {
    /** Copies the list. */
    public Tasks {
      first = List.copyOf(first);
    }
  }

  CallAbi(String name, Entry entry, Tasks tasks, SortedMap<Long, CallShape> calls) {
    this.name = name;
    this.entry = entry;
    this.tasks = tasks;
    this.calls = Collections.unmodifiableSortedMap(new TreeMap<>(calls));
  }

  /** The kernel's name. */
  public String name() {
    return name;
  }

  /** Which register has a call's number, or {@link #IMMEDIATE}. */
  public int numberRegister() {
    return entry.numberRegister;
  }

  /** How its calls are made. */
  public Entry entry() {
    return entry;
  }

  /** The call that an svc makes; empty if this kernel has no such call. */
  public Optional<CallShape> call(int immediate, IntToLongFunction registers) {
    if (entry.numberRegister == IMMEDIATE) {
      return Optional.ofNullable(calls.get((long) immediate));
    }
    boolean isSvc = entry.immediate.isEmpty() || entry.immediate.getAsInt() == immediate;
    return Optional.ofNullable(calls.get(registers.applyAsLong(entry.numberRegister)))
        .filter(_ -> isSvc);
  }

  /** What a watcher must know of tasks. */
  public Tasks tasks() {
    return tasks;
  }

  /** The calls by number. */
  public SortedMap<Long, CallShape> calls() {
    return calls;
  }
}
