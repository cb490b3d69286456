package dev.roundhouse.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.emulator.conformance.script.Script;
import dev.roundhouse.emulator.conformance.script.ScriptRunner;
import dev.roundhouse.emulator.conformance.script.ScriptedSystem;
import dev.roundhouse.kernel.abi.AbiProfile;
import dev.roundhouse.script.random.RandomRun;
import dev.roundhouse.script.random.RandomSystem;
import dev.roundhouse.script.reference.Rules;
import dev.roundhouse.system.TestEngine;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code -Dseed=N} runs the system of one seed, {@code -Drandom.first=N} others than usual, {@code
 * -Drandom.systems=N} so many.
 */
class RandomSystemsTest {
  private static final int ON_THE_MODEL = Integer.getInteger("random.systems", 20_000);
  private static final int ON_THE_COURSES_MODEL = ON_THE_MODEL / 4;
  private static final int ON_EACH_ENGINE = 250;
  private static final String REPLAY =
      """
      build/mvn -q test -pl tests -am -Dtest=RandomSystemsTest -Dseed=%d \
      -Dsurefire.failIfNoSpecifiedTests=false\
      """;

  private static LongStream seeds(int count) {
    Long one = Long.getLong("seed");
    long first = Long.getLong("random.first", 1);
    return one == null ? LongStream.range(first, first + count) : LongStream.of(one);
  }

  private static void checkAll(int count, Supplier<RandomRun> runs) {
    // A runner is one thread's.
    ThreadLocal<RandomRun> run = ThreadLocal.withInitial(runs);
    Optional<String> failure =
        seeds(count)
            .parallel()
            .boxed()
            .filter(seed -> run.get().check(RandomSystem.of(seed)).isPresent())
            .findFirst()
            .map(seed ->
                "seed %d: %s%nreplay: %s"
                    .formatted(
                        seed,
                        runs.get().shrink(RandomSystem.of(seed)).text(),
                        REPLAY.formatted(seed)));
    assertThat(failure).isEmpty();
  }

  @Test
  void theModelKeepsTheRulesOfTrainsOs() {
    checkAll(ON_THE_MODEL, RandomRun::trainsOs);
  }

  @Test
  void theModelKeepsTheRulesOfTheCourse() {
    checkAll(ON_THE_COURSES_MODEL, RandomRun::course);
  }

  @ParameterizedTest
  @EnumSource
  void theEngineDoesWhatTheModelDoes(TestEngine library) {
    ScriptRunner engine = ScriptRunner.on(library.library(), AbiProfile.trainsOs());
    RandomRun run = RandomRun.trainsOs();
    seeds(ON_EACH_ENGINE)
        .forEach(seed ->
            assertThat(run.check(RandomSystem.of(seed), engine))
                .as("seed %d; replay: %s", seed, REPLAY.formatted(seed))
                .isEmpty());
  }

  @Test
  void aSeedAlwaysGivesTheSameSystem() {
    assertThat(RandomSystem.of(7)).isEqualTo(RandomSystem.of(7));
    assertThat(RandomSystem.of(7)).isNotEqualTo(RandomSystem.of(8));
  }

  /** The course's kernel is a wrong TrainsOS: each difference is found, and shown small. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exits fail sends",
        "self-sends fail",
        "unknown events fail",
        "bad priorities make nothing"
      })
  void aWrongKernelIsFoundAndTheCaseIsSmall(String what) {
    Rules right = Rules.trainsOs();
    Rules wrong =
        new Rules(
            right.mostSenders(),
            what.startsWith("exits"),
            what.startsWith("self"),
            what.startsWith("unknown"),
            what.startsWith("bad"));
    RandomRun run = new RandomRun(AbiProfile.trainsOs(), wrong);
    ScriptedSystem failing =
        LongStream.range(1, 5_000)
            .mapToObj(RandomSystem::of)
            .filter(system -> run.check(system).isPresent())
            .findFirst()
            .orElseThrow();
    RandomRun.Failure failure = run.shrink(failing);
    int steps =
        failure.system().programs().stream().map(Script::steps).mapToInt(s -> s.size()).sum();
    // The name server has one.
    assertThat(steps).as(failure.text()).isLessThanOrEqualTo(6);
    assertThat(run.check(failure.system())).contains(failure.difference());
  }
}
