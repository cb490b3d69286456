package dev.roundhouse.emulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roundhouse.devices.plant.MotorPlan;
import dev.roundhouse.emulator.machine.Guest;
import dev.roundhouse.emulator.record.format.ChunkWriter;
import dev.roundhouse.emulator.record.format.FieldWriter;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.emulator.record.format.RecordingFormat;
import dev.roundhouse.emulator.run.InstructionTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class RecordingFileTest {
  private static final int RANDOM_FILES = 20_000;

  /** A part of a file; kept apart from its checks, which are made anew. */
  private record Part(int type, List<Byte> payload) {
    static Part of(int type, FieldWriter fields) {
      List<Byte> payload = new ArrayList<>();
      for (byte each : fields.take()) {
        payload.add(each);
      }
      return new Part(type, payload);
    }

    byte[] bytes() {
      byte[] bytes = new byte[payload.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = payload.get(i);
      }
      return bytes;
    }
  }

  private static byte[] file(List<Part> parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ChunkWriter chunks = new ChunkWriter(out);
    for (Part part : parts) {
      chunks.write(part.type, part.bytes());
    }
    return out.toByteArray();
  }

  private static Recording read(byte[] file) throws IOException, RecordingException {
    return Recording.read(new ByteArrayInputStream(file));
  }

  private static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    byte[] room = new byte[content.length + 1000];
    int length = deflater.deflate(room);
    deflater.end();
    return Arrays.copyOf(room, length);
  }

  private static Part setup() {
    FieldWriter fields =
        new FieldWriter()
            .putByte(RecordingFormat.OF_PROGRAMS)
            .putText("trainsos")
            .putByte(0)
            .putVarint(1)
            .putText("KEY")
            .putText("value");
    return Part.of(RecordingFormat.SETUP, putSurroundings(fields));
  }

  private static Part kernelSetup(long ramBytes) {
    return kernelSetup(ramBytes, 17);
  }

  private static Part kernelSetup(long ramBytes, long uncachedNanos) {
    FieldWriter fields =
        new FieldWriter()
            .putByte(RecordingFormat.OF_KERNEL)
            .putVarint(ramBytes)
            .putByte(0)
            .putVarint(uncachedNanos);
    return Part.of(RecordingFormat.SETUP, putSurroundings(fields));
  }

  private static FieldWriter putSurroundings(FieldWriter fields) {
    return fields
        .putText("an engine")
        .putVarint(Long.MAX_VALUE)
        .putVarint(2)
        .putBytes(new byte[] {0, 0, 2, 1, 0, 0, 2, 1, 0});
  }

  private static Part kernel(byte[] content) {
    return Part.of(
        RecordingFormat.KERNEL,
        new FieldWriter()
            .putText("kernel8.img")
            .putVarint(content.length)
            .putBytes(deflated(content)));
  }

  private static Part motor(String text) {
    return Part.of(RecordingFormat.MOTOR, new FieldWriter().putText(text));
  }

  private static List<Part> kernelParts() {
    List<Part> parts = new ArrayList<>(parts());
    parts.set(0, kernelSetup(64 << 20));
    parts.set(1, kernel(new byte[100]));
    parts.set(2, motor(MotorPlan.DEFAULT.document()));
    return parts;
  }

  private static FieldWriter program(int length, byte[] content) {
    return new FieldWriter()
        .putText("name")
        .putByte(RecordingFormat.LOADABLE)
        .putText("own name")
        .putVarint(length)
        .putBytes(deflated(content));
  }

  private static List<Part> parts() {
    FieldWriter refused =
        new FieldWriter()
            .putText("other")
            .putByte(RecordingFormat.REFUSED)
            .putText("what")
            .putText("where")
            .putText("advice");
    FieldWriter log =
        new FieldWriter()
            .putByte(RecordingFormat.BYTE | (2 << RecordingFormat.TAG_BITS))
            .putVarint(1_000_000)
            .putByte('x')
            .putByte(RecordingFormat.ENDED | (2 << RecordingFormat.TAG_BITS))
            .putVarint(5)
            .putByte(RecordingFormat.PULLED | (3 << RecordingFormat.TAG_BITS))
            .putByte('y')
            .putByte(RecordingFormat.PULLED_END | (3 << RecordingFormat.TAG_BITS))
            .putByte(RecordingFormat.STOP)
            .putVarint(5)
            .putByte(RecordingFormat.CHECK)
            .putVarint(1000)
            .putVarint(4096)
            .putLong(-1);
    FieldWriter end =
        new FieldWriter()
            .putByte(0)
            .putText("finished")
            .putVarint(2_000_000)
            .putVarint(99)
            .putVarint(9)
            .putVarint(5000)
            .putLong(7);
    return List.of(
        setup(),
        Part.of(RecordingFormat.PROGRAM, program(100, new byte[100])),
        Part.of(RecordingFormat.PROGRAM, refused),
        Part.of(RecordingFormat.LOG, log),
        Part.of(RecordingFormat.END, end));
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    Recording recording = read(file(parts()));
    assertThat(recording.isComplete()).isTrue();
    assertThat(recording.notes()).isEqualTo(new RecordedNotes(2, "an engine"));
    assertThat(recording.until()).hasToString("0.002000000s");
    assertThat(recording.setup().line(3)).isEqualTo(LineKind.WAITING);
    assertThat(recording.guest())
        .isInstanceOfSatisfying(
            Guest.Programs.class,
            ran -> assertThat(ran.programs().names()).containsExactly("name", "other"));
    assertThat(recording.log().entered()).hasSize(3);
    assertThat(recording.log().entered().getLast().nanos()).isEqualTo(1_000_010);
    assertThat(recording.log().checkPoints()).containsExactly(new CheckPoint(1_001_010, 4096, -1));
  }

  @Test
  void aBootedKernelIsReadWithWhatIsAroundIt() throws Exception {
    Recording recording = read(file(kernelParts()));
    assertThat(recording.guest())
        .isInstanceOfSatisfying(
            Guest.Kernel.class,
            ran -> {
              assertThat(ran.image().name()).isEqualTo("kernel8.img");
              assertThat(ran.image().fileBytes()).isEqualTo(100);
              assertThat(ran.ramBytes()).isEqualTo(64 << 20);
              assertThat(ran.onReboot()).isEqualTo(Guest.OnReboot.BOOT_AGAIN);
              assertThat(ran.instructionTime()).isEqualTo(new InstructionTime(17));
            });
    assertThat(recording.setup().extras().motors()).containsExactly(MotorPlan.DEFAULT);
    assertThat(recording.setup().line(6)).isEqualTo(LineKind.LIVE);
  }

  @Test
  void aKernelThatCannotBeBootedIsRefused() {
    assertRefused("too many RAM", kernelSetup(1L << 40), kernel(new byte[100]), "amount of RAM");
    Part slow = kernelSetup(1 << 20, InstructionTime.MOST_NANOS + 1);
    assertRefused("too slow", slow, kernel(new byte[100]), "time of an instruction");
    Part ram = kernelSetup(1 << 20);
    assertRefused("no room", ram, kernel(new byte[1 << 20]), "does not fit into RAM");
    assertRefused("no ELF", ram, kernel(new byte[] {0x7f, 'E', 'L', 'F'}), "not one of 64-bit");
    assertRefused("no kernel", ram, motor("{}"), "kernel is missing");
    assertRefused("no motor", ram, motor("{\"pwmPin\": 1000}"), "a motor that cannot be");
    assertRefused("programs", ram, Part.of(RecordingFormat.PROGRAM, program(1, new byte[1])), "");
  }

  private static void assertRefused(String name, Part setup, Part second, String reason) {
    assertThatThrownBy(() -> read(file(List.of(setup, second))))
        .as(name)
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("the recording is damaged")
        .hasMessageContaining(reason);
  }

  @Test
  void aKernelThatSaysItIsHugeAllocatesNothing() {
    FieldWriter bomb =
        new FieldWriter()
            .putText("bomb")
            .putVarint(RecordingFormat.LARGEST_KERNEL_BYTES)
            .putBytes(deflated(new byte[1]));
    assertThatThrownBy(
            () -> read(file(List.of(kernelSetup(64 << 20), Part.of(RecordingFormat.KERNEL, bomb)))))
        .hasMessageContaining("content of another length");
  }

  @Test
  void anotherFileIsRefusedAsNoRecording() {
    assertThatThrownBy(
            () -> read("\u007fELF and so on and on".getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("no recording");
    assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(RecordingException.class);
  }

  /** Where format and version stand: they never move. */
  @Test
  void theRoundhouseThatWroteAnotherFormatIsNamed() throws Exception {
    byte[] later =
        new FieldWriter()
            .putLong(RecordingFormat.MAGIC)
            .putInt(9)
            .putByte(5)
            .putBytes("7.1.0 and more".getBytes(StandardCharsets.US_ASCII))
            .take();
    assertThatThrownBy(() -> read(later))
        .isInstanceOf(RecordingException.class)
        .hasMessage(
            "the recording has format 9 of Roundhouse 7.1.0; this Roundhouse "
                + RecordingFormat.ownVersion()
                + " knows format 7; replay it with the Roundhouse that wrote it");
    byte[] odd = later.clone();
    odd[14] = 27;
    assertThatThrownBy(() -> read(odd)).hasMessageContaining("of Roundhouse 7\\x1b1.0; this");
    byte[] ours = file(parts());
    int length = ours[12];
    assertThat(new String(ours, 13, length, StandardCharsets.US_ASCII))
        .isEqualTo(RecordingFormat.ownVersion());
  }

  @Test
  void aFormatFromBeforeTheFirstReleaseIsNamed() {
    byte[] older = new FieldWriter().putLong(RecordingFormat.MAGIC).putInt(3).putInt(-1).take();
    assertThatThrownBy(() -> read(older))
        .isInstanceOf(RecordingException.class)
        .hasMessageStartingWith(
            "the recording has format 3 of a Roundhouse before its first release; this Roundhouse");
  }

  @Test
  void aCutFileGoesToItsLastCheckPoint() throws Exception {
    Recording recording = read(file(parts().subList(0, 4)));
    assertThat(recording.isComplete()).isFalse();
    assertThat(recording.until().nanos()).isEqualTo(1_001_010);
  }

  @Test
  void aFileWithoutACheckPointIsOfNoUse() {
    assertThatThrownBy(() -> read(file(parts().subList(0, 3))))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("cut off before its first check point");
  }

  @Test
  void aKernelThatWeDoNotKnowIsNamed() {
    Part other = Part.of(RecordingFormat.SETUP, new FieldWriter().putByte(0).putText("otheros"));
    assertThatThrownBy(() -> read(file(List.of(other))))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("kernel otheros");
  }

  @Test
  void aProgramThatUnpacksToMoreThanItSaysIsRefused() {
    Part bomb = Part.of(RecordingFormat.PROGRAM, program(100, new byte[1 << 20]));
    assertThatThrownBy(() -> read(file(List.of(setup(), bomb))))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("another length");
  }

  @Test
  void aProgramThatUnpacksToLessThanItSaysIsRefused() {
    Part tooShort = Part.of(RecordingFormat.PROGRAM, program(100, new byte[99]));
    assertThatThrownBy(() -> read(file(List.of(setup(), tooShort))))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("another length");
  }

  @Test
  void aPartThatSaysItIsHugeAllocatesNothing() throws Exception {
    byte[] header =
        new FieldWriter()
            .putLong(RecordingFormat.MAGIC)
            .putInt(RecordingFormat.FORMAT)
            .putByte(0)
            .putByte(RecordingFormat.LOG)
            .putInt(Integer.MAX_VALUE)
            .take();
    var check = new CRC32C();
    check.update(header);
    byte[] file = new FieldWriter().putBytes(header).putInt((int) check.getValue()).take();
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void bytesBehindTheEndAreDamage() throws Exception {
    byte[] file = file(parts());
    byte[] longer = Arrays.copyOf(file, file.length + 1);
    assertThatThrownBy(() -> read(longer)).hasMessageContaining("behind its end");
  }

  /** Checks are right, so that each field is reached with any value. */
  @Test
  void noContentDoesMoreHarmThanARefusal() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < RANDOM_FILES; i++) {
      List<Part> parts = new ArrayList<>(i % 2 == 0 ? parts() : kernelParts());
      int changes = 1 + random.nextInt(3);
      for (int change = 0; change < changes; change++) {
        int place = random.nextInt(parts.size());
        parts.set(place, mutated(parts.get(place), random));
      }
      try {
        read(file(parts));
      } catch (RecordingException expected) {
        refused++;
        assertThat(expected.getMessage()).doesNotContain("null").contains("; ");
      }
    }
    assertThat(refused).isBetween(RANDOM_FILES / 10, RANDOM_FILES - 1);
  }

  private static Part mutated(Part part, SplittableRandom random) {
    List<Byte> payload = new ArrayList<>(part.payload);
    int at = payload.isEmpty() ? 0 : random.nextInt(payload.size());
    switch (random.nextInt(4)) {
      case 0 -> payload.add(at, (byte) random.nextInt());
      case 1 -> payload.subList(at, payload.size()).clear();
      case 2 -> {
        return new Part(random.nextInt(9), payload);
      }
      default -> {
        if (!payload.isEmpty()) {
          payload.set(at, (byte) (random.nextBoolean() ? -1 : random.nextInt()));
        }
      }
    }
    return new Part(part.type, payload);
  }
}
