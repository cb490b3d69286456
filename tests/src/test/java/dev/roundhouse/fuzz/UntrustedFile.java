package dev.roundhouse.fuzz;

import dev.roundhouse.devices.file.DescriptionException;
import dev.roundhouse.devices.plant.MotorPlan;
import dev.roundhouse.devices.train.BoxPlan;
import dev.roundhouse.devices.train.fault.FaultPlan;
import dev.roundhouse.devices.train.layout.Layout;
import dev.roundhouse.devices.train.motion.LocomotiveCatalog;
import dev.roundhouse.emulator.debuginfo.DebugInfo;
import dev.roundhouse.emulator.debuginfo.DebugInfoException;
import dev.roundhouse.emulator.image.KernelImage;
import dev.roundhouse.emulator.image.KernelImageException;
import dev.roundhouse.emulator.record.Recording;
import dev.roundhouse.emulator.record.format.RecordingException;
import dev.roundhouse.kernel.abi.CallAbiException;
import dev.roundhouse.kernel.abi.CallAbiReader;
import dev.roundhouse.system.Images;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kind of file that users and strangers bring, with a good example and its reader. */
enum UntrustedFile {
  LAYOUT {
    @Override
    byte[] example() {
      return Images.resource(TRAIN + "track-a.json");
    }

    @Override
    void read(byte[] file) throws DescriptionException {
      Layout.parse(NAME, text(file));
    }
  },
  LOCOMOTIVES {
    @Override
    byte[] example() {
      return Images.resource(TRAIN + "locomotives.json");
    }

    @Override
    void read(byte[] file) throws DescriptionException {
      LocomotiveCatalog.parse(NAME, text(file));
    }
  },
  BOX {
    @Override
    byte[] example() {
      return Images.resource(TRAIN + "box.json");
    }

    @Override
    void read(byte[] file) throws DescriptionException {
      BoxPlan.parse(NAME, text(file));
    }
  },
  FAULTS {
    @Override
    byte[] example() {
      return bytes(
          """
          {"faults": [
            {"fault": "stuck-turnout", "turnout": 5, "fromSeconds": 10, "untilSeconds": 20},
            {"fault": "ghost-sensor", "sensor": "B16", "everySeconds": 5},
            {"fault": "lost-bytes", "chance": 0.001},
            {"fault": "dirty-track", "from": "C13", "to": "E7", "speedFactor": 0.8}]}\
          """);
    }

    @Override
    void read(byte[] file) throws DescriptionException {
      FaultPlan.parse(NAME, text(file));
    }
  },
  MOTOR {
    @Override
    byte[] example() {
      return bytes("{\"turnsPerSecond\": 1.5, \"timeConstantMillis\": 40, \"pwmPin\": 18}");
    }

    @Override
    void read(byte[] file) throws DescriptionException {
      MotorPlan.parse(NAME, text(file));
    }
  },
  ABI_PROFILE {
    @Override
    byte[] example() {
      return Images.resource("/dev/roundhouse/kernel/abi/trainsos.json");
    }

    @Override
    void read(byte[] file) throws CallAbiException {
      CallAbiReader.parse(NAME, text(file));
    }
  },
  KERNEL {
    @Override
    byte[] example() {
      return Images.resource("/dev/roundhouse/firmware/kernels/mini.elf");
    }

    @Override
    void read(byte[] file) throws KernelImageException {
      KernelImage.parse(NAME, file).requireRoom(ROOM);
    }
  },
  DEBUG_INFO {
    @Override
    byte[] example() {
      try {
        return Files.readAllBytes(
            Path.of("../emulator/src/test/resources/dev/roundhouse/emulator/debuginfo/c.elf"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    void read(byte[] file) throws DebugInfoException {
      DebugInfo info = DebugInfo.read(file);
      for (String name : info.names()) {
        info.structs(name);
      }
    }
  },
  RECORDING {
    @Override
    byte[] example() {
      return SealedRecording.ofHello();
    }

    @Override
    void read(byte[] file) throws RecordingException, IOException {
      Recording.read(new ByteArrayInputStream(file));
      Recording.read(new ByteArrayInputStream(SealedRecording.sealAgain(file)));
    }
  };

  private static final String TRAIN = "/dev/roundhouse/devices/train/";
  private static final String NAME = "fuzzed";
  private static final long ROOM = 1L << 32;

  /** A file that its reader takes. */
  abstract byte[] example();

  /** Reads a file; what it throws is how the reader refuses one. */
  abstract void read(byte[] file) throws Exception;

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
