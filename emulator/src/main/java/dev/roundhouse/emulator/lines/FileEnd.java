package dev.roundhouse.emulator.lines;

import dev.roundhouse.devices.bcm2711.Cables;
import dev.roundhouse.emulator.input.InputSource;
import dev.roundhouse.emulator.input.UartAttachment;
import dev.roundhouse.emulator.process.HostErrors;
import dev.roundhouse.emulator.process.HostFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that gets the output. */
final class FileEnd implements HostEnd {
  private final Path path;
  private final OutputStream file;
  private final StreamOutput output;
  private final UartAttachment attachment;

  private FileEnd(Path path, OutputStream file) {
    this.path = path;
    this.file = file;
    output = new StreamOutput(file);
    attachment = new UartAttachment(new InputSource.Nothing(), output);
  }

  static FileEnd open(int uart, Path path) throws HostFailure {
    try {
      return new FileEnd(path, Files.newOutputStream(path));
    } catch (IOException e) {
      throw new HostFailure(
          "--uart "
              + Cables.label(uart)
              + "=file:"
              + path
              + ": cannot write there ("
              + HostErrors.reason(e)
              + "); give a file in a folder that you can write to",
          e);
    }
  }

  @Override
  public UartAttachment attachment() {
    return attachment;
  }

  @Override
  public void close() {
    try (file) {
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": " + HostErrors.reason(e), e);
    }
  }
}
