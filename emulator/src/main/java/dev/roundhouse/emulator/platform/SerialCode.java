package dev.roundhouse.emulator.platform;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.util.Optional;

/**
 * The native code of jSerialComm. Left to itself the library looks for it in folders of known names
 * below the temporary and the home folder (jSerialComm 2.11.4, static initializer of SerialPort),
 * loads what is there, and removes what it takes for older versions. Anybody may have put something
 * there; so while it starts both are a folder that is new and only the user's.
 */
final class SerialCode {
  private static final String TEMPORARY = "java.io.tmpdir";
  private static final String HOME = "user.home";
  private static final Optional<String> PROBLEM = load();

  private SerialCode() {}

  /**
   * Sees that it is loaded.
   *
   * @throws IOException when this host cannot; the message is for the user
   */
  static void require() throws IOException {
    if (PROBLEM.isPresent()) {
      throw new IOException(
          "the serial library cannot be loaded on this host (" + PROBLEM.get() + ")");
    }
  }

  private static Optional<String> load() {
    String temporary = System.getProperty(TEMPORARY, "/tmp");
    String home = System.getProperty(HOME, "/");
    try (PrivateFolder folder = PrivateFolder.make()) {
      System.setProperty(TEMPORARY, folder.path().toString());
      System.setProperty(HOME, folder.path().toString());
      String version = SerialPort.getVersion();
      return version.isEmpty() ? Optional.of("it has no version") : Optional.empty();
    } catch (IOException | LinkageError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      System.setProperty(TEMPORARY, temporary);
      System.setProperty(HOME, home);
    }
  }
}
