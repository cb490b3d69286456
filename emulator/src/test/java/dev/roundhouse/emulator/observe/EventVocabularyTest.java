package dev.roundhouse.emulator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.trace.DeviceEvent;
import dev.roundhouse.devices.trace.EventText;
import dev.roundhouse.devices.trace.TraceEvent;
import dev.roundhouse.devices.train.event.TrainEvent;
import dev.roundhouse.kernel.task.Tid;
import dev.roundhouse.kernel.trace.KernelEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

class EventVocabularyTest {
  /** The name of each kind of event that a recording takes in, by its class. */
  private static Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    Stream.of(TraceFileTest.calls(), TraceFileTest.events(), TrainTraceTest.events())
        .flatMap(arguments -> arguments)
        .map(Arguments::get)
        .map(arguments -> (TraceEvent) arguments[0])
        .forEach(
            event -> names.put(event.getClass().getName(), EventText.of(event).split(" ", 2)[0]));
    return names;
  }

  @Test
  void everyKindOfEventHasAnExampleInTheTestsOfTraces() {
    assertThat(names().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(DeviceEvent.class, KernelEvent.class, TrainEvent.class)
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                .map(Class::getName)
                .toList());
  }

  /** A digest tells events apart by the hash of their name. */
  @Test
  void noTwoKindsOfEventsHaveTheSameNameOrHash() {
    assertThat(names().values()).doesNotHaveDuplicates();
    assertThat(names().values()).extracting(String::hashCode).doesNotHaveDuplicates();
  }

  @Test
  void anEventIsALineForPeople() {
    assertThat(EventText.of(new KernelEvent.ReplyBlocked(new Tid(3), new Tid(4))))
        .isEqualTo("reply-blocked tid=3 by=4");
    assertThat(EventText.of(new TrainEvent.CommandTaken("a\nb")))
        .isEqualTo("box-command command=a\\nb");
  }
}
