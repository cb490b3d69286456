package dev.roundhouse.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.emulator.debuginfo.DebugInfoException;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.kernel.abi.CallAbiException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A file that makes no sense is refused by its reader's own exception, whose message is what the
 * user reads; any other exception would be shown as an internal error.
 *
 * <p>Inputs are edits of a good example, so that they get past the first bytes, or bytes as they
 * come.
 */
class UntrustedFilesFuzzTest {
  private static final int MOST_EDITS = 16;
  private static final List<Class<? extends Exception>> REFUSALS =
      List.of(
          DescriptionException.class,
          CallAbiException.class,
          KernelImageException.class,
          DebugInfoException.class,
          RecordingException.class);
  private static final Map<UntrustedFile, byte[]> EXAMPLES = new EnumMap<>(UntrustedFile.class);

  @Test
  void eachReaderTakesItsExample() throws Exception {
    for (UntrustedFile kind : UntrustedFile.values()) {
      kind.read(example(kind));
    }
  }

  @FuzzTest
  void noFileBreaksItsReader(FuzzedDataProvider data) throws Exception {
    UntrustedFile kind = data.pickValue(UntrustedFile.values());
    byte[] file =
        data.consumeBoolean() ? edited(example(kind), data) : data.consumeRemainingAsBytes();
    try {
      kind.read(file);
    } catch (Exception e) {
      if (!REFUSALS.contains(e.getClass()) || String.valueOf(e.getMessage()).isBlank()) {
        throw e;
      }
    }
  }

  private static byte[] example(UntrustedFile kind) {
    return EXAMPLES.computeIfAbsent(kind, UntrustedFile::example);
  }

  /** Overwrites, inserts and removes bytes. */
  private static byte[] edited(byte[] example, FuzzedDataProvider data) {
    byte[] file = example.clone();
    for (int i = data.consumeInt(1, MOST_EDITS); i > 0 && file.length > 0; i--) {
      int at = data.consumeInt(0, file.length - 1);
      int removed = data.consumeInt(0, Math.min(file.length - at, Long.BYTES));
      byte[] put = data.consumeBytes(data.consumeInt(0, Long.BYTES));
      byte[] next = Arrays.copyOf(file, file.length - removed + put.length);
      System.arraycopy(put, 0, next, at, put.length);
      System.arraycopy(file, at + removed, next, at + put.length, file.length - at - removed);
      file = next;
    }
    return file;
  }
}
