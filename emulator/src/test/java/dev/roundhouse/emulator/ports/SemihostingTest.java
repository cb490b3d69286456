package dev.roundhouse.emulator.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roundhouse.devices.bus.AddressRange;
import dev.roundhouse.devices.bus.SparseMemory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SemihostingTest {
  private static final int EXIT = 0x18;
  private final SparseMemory memory = new SparseMemory(new AddressRange(0, 0x1000));
  private final List<String> warnings = new ArrayList<>();
  private final Semihosting services =
      new Semihosting(memory, (where, what) -> warnings.add(where + ": " + what));

  @Test
  void aProgramEndsWithItsCode() {
    memory.putLong(0x100, 0x20026);
    memory.putLong(0x108, 7);
    assertThat(services.serve(EXIT, 0x100)).isEqualTo(new Semihosting.Answer.Exit(7));
  }

  @Test
  void anotherReasonIsAFailure() {
    memory.putLong(0x100, 0x20023);
    assertThat(services.serve(EXIT, 0x100)).isEqualTo(new Semihosting.Answer.Exit(1));
  }

  @Test
  void aBlockOutsideOfRamIsAFailure() {
    assertThat(services.serve(EXIT, -1)).isEqualTo(new Semihosting.Answer.Exit(1));
    assertThat(services.serve(EXIT, 0xFF8)).isEqualTo(new Semihosting.Answer.Exit(1));
  }

  @Test
  void otherServicesAreRefusedVisibly() {
    assertThat(services.serve(1, 0)).isEqualTo(new Semihosting.Answer.Value(-1));
    assertThat(warnings).containsExactly("semihosting: operation 0x1 is not served");
  }
}
