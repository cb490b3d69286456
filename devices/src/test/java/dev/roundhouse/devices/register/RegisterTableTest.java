package dev.roundhouse.devices.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterTableTest {
  private final List<String> warnings = new ArrayList<>();
  private final List<Integer> written = new ArrayList<>();
  private final RegisterTable table =
      new RegisterTable("device", 0x20, (where, what) -> warnings.add(where + ": " + what));

  @Test
  void aPlainRegisterKeepsItsWritableBits() {
    Register row = table.add(Register.of("A", 0, Access.RW).bits(12).reset(0x123));
    assertThat(table.read(0, 4)).isEqualTo(0x123);
    table.write(0, 4, 0xFFFF_FFFFL);
    assertThat(table.read(0, 4)).isEqualTo(0xFFF);
    assertThat(row.value()).isEqualTo(0xFFF);
  }

  @Test
  void onlyWhatIsKnownToBeSteadyIs() {
    table.add(Register.of("A", 0, Access.RW));
    table.add(Register.of("B", 4, Access.RO).readBy(() -> 1));
    table.add(Register.of("C", 8, Access.RO).readBy(() -> 1).steady());
    table.add(Register.of("D", 12, Access.RO).readBy(() -> 1).steady(now -> now + 5));
    assertThat(table.steadyUntil(2, 7)).isEqualTo(Long.MAX_VALUE);
    assertThat(table.steadyUntil(4, 7)).isEqualTo(7);
    assertThat(table.steadyUntil(8, 7)).isEqualTo(Long.MAX_VALUE);
    assertThat(table.steadyUntil(12, 7)).isEqualTo(12);
    assertThat(table.steadyUntil(16, 7)).isEqualTo(7);
  }

  @Test
  void fieldsShowWhatTheDeviceSays() {
    boolean[] isBusy = {true};
    table.add(
        Register.of("STAT", 0, Access.RO)
            .flag(Field.bit("BUSY", 3), () -> isBusy[0])
            .shows(Field.of("LEVEL", 8, 4), () -> 0x25));
    assertThat(table.read(0, 4)).isEqualTo(0x508);
    assertThat(table.steadyUntil(0, 7)).isEqualTo(7);
    isBusy[0] = false;
    assertThat(table.read(0, 4)).isEqualTo(0x500);
  }

  @Test
  void readingMayHaveAnEffectFirst() {
    Register row = Register.of("A", 0, Access.RW);
    table.add(row.beforeRead(() -> row.write(row.value() + 1)));
    assertThat(table.read(0, 4)).isEqualTo(1);
    assertThat(table.read(0, 4)).isEqualTo(2);
  }

  @Test
  void aRegisterThatIsNotEnabledReadsAsZeroAndTakesNoWrites() {
    boolean[] isOn = {false};
    table.add(Register.of("A", 0, Access.RW).reset(5).enabledBy(() -> isOn[0]));
    table.write(0, 4, 7);
    assertThat(table.read(0, 4)).isZero();
    isOn[0] = true;
    assertThat(table.read(0, 4)).isEqualTo(5);
  }

  @Test
  void writesLeaveAloneWhatIsKept() {
    int[] kept = {0xF0};
    Register row = table.add(Register.of("A", 0, Access.RW).reset(0x30).keeping(() -> kept[0]));
    table.write(0, 4, 0xCC);
    assertThat(row.value()).isEqualTo(0x3C);
    kept[0] = 0;
    table.write(0, 4, 0xCC);
    assertThat(row.value()).isEqualTo(0xCC);
    row.restore();
    assertThat(row.value()).isEqualTo(0x30);
  }

  @Test
  void narrowAndWideAccessesSeeTheSameRegisters() {
    table.add(Register.of("A", 0, Access.RW));
    table.add(Register.of("B", 4, Access.RW));
    table.write(0, 8, 0x8877665544332211L);
    assertThat(table.read(4, 4)).isEqualTo(0x88776655L);
    assertThat(table.read(0, 8)).isEqualTo(0x8877665544332211L);
    assertThat(table.read(1, 1)).isEqualTo(0x22);
    assertThat(table.read(6, 2)).isEqualTo(0x8877);
    assertThat(table.read(2, 4)).isEqualTo(0x66554433L);
    table.write(1, 1, 0xAB);
    table.write(6, 2, 0x1234);
    assertThat(table.read(0, 8)).isEqualTo(0x123466554433AB11L);
  }

  @Test
  void aNarrowWriteOfAnOrderHasZerosBesideIt() {
    table.add(Register.of("ORDER", 0, Access.WO).writtenBy(written::add));
    table.write(2, 1, 0xFF);
    assertThat(written).containsExactly(0xFF0000);
    assertThat(table.read(0, 4)).isZero();
  }

  @Test
  void onesClearOrSetAndZerosLeaveAlone() {
    table.add(Register.of("CLEAR", 0, Access.W1C).reset(0xFF));
    table.add(Register.of("SET", 4, Access.W1S).reset(0x0F));
    table.write(0, 4, 0x0F);
    table.write(4, 4, 0xF0);
    table.write(0, 4, 0);
    table.write(4, 4, 0);
    assertThat(table.read(0, 4)).isEqualTo(0xF0);
    assertThat(table.read(4, 4)).isEqualTo(0xFF);
  }

  @Test
  void readOnlyAndReservedRegistersIgnoreWrites() {
    table.add(Register.of("ID", 0, Access.RO).reset(5).writtenBy(written::add));
    table.add(Register.of("RES", 4, Access.RESERVED).reset(7));
    table.write(0, 8, -1);
    assertThat(table.read(0, 8)).isEqualTo(5);
    assertThat(written).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void anUnmodelledRegisterReadsAsAfterResetAndWarnsOnceWithItsName() {
    table.add(Register.of("DMA", 8, Access.UNMODELLED).numbered(3).reset(9));
    table.write(8, 4, 1);
    assertThat(table.read(8, 4)).isEqualTo(9);
    assertThat(warnings).hasSize(1).first().asString().contains("device", "DMA3", "0x9");
  }

  @Test
  void settingAnUnmodelledFieldWarnsWithItsName() {
    table.add(
        Register.of("CR", 0, Access.RW).fields(Field.bit("EN", 0), Field.unmodelled("SIR", 4, 2)));
    table.write(0, 4, 0xF);
    assertThat(warnings).isEmpty();
    assertThat(table.read(0, 4)).isEqualTo(1);
    table.write(0, 1, 0x20);
    assertThat(warnings).hasSize(1).first().asString().contains("CR.SIR");
    assertThat(table.read(0, 4)).isEqualTo(0x20);
  }

  @Test
  void aHoleReadsZeroAndWarnsWithItsOffset() {
    assertThat(table.read(0x1C, 8)).isZero();
    table.write(0x1D, 1, 5);
    assertThat(warnings.getFirst()).contains("0x1c");
    assertThat(warnings).hasSize(2);
  }

  @Test
  void everyRegisterHasItsOwnAlignedPlace() {
    table.add(Register.of("A", 0, Access.RW));
    assertThatThrownBy(() -> table.add(Register.of("B", 0, Access.RW))).hasMessageContaining("B");
    assertThatThrownBy(() -> table.add(Register.of("C", 2, Access.RW))).hasMessageContaining("C");
    assertThatThrownBy(() -> table.add(Register.of("D", 0x20, Access.RW)))
        .hasMessageContaining("D");
    assertThatThrownBy(() -> Field.of("F", 30, 3)).hasMessageContaining("F");
  }

  @Test
  void aMemoryThatIsFilledIntoADeviceDoesNotFloodTheUser() {
    RegisterTable page = new RegisterTable("device", 0x1000, (_, what) -> warnings.add(what));
    for (int offset = 0; offset < 0x1000; offset += 4) {
      page.write(offset, 4, 0);
    }
    assertThat(warnings).hasSize(16);
    assertThat(warnings.getLast()).contains("0x3c", "no more of its registers are reported");
  }
}
