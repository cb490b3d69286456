package dev.roundhouse.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.roundhouse.cli.console.Messages.Tone;
import dev.roundhouse.cli.options.CommandContext;
import dev.roundhouse.cli.options.CommonOptions;
import dev.roundhouse.cli.options.JsonOption;
import dev.roundhouse.devices.text.JsonText;
import dev.roundhouse.devices.text.Printable;
import dev.roundhouse.emulator.file.ExitCode;
import dev.roundhouse.emulator.file.UserError;
import dev.roundhouse.emulator.lines.SerialPorts;
import dev.roundhouse.emulator.process.HostFailure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ports}: lists serial ports. */
@Command(
    name = "ports",
    header = "List the serial ports of this host.",
    description = {
      "Shows what is known of each port, and why it cannot be opened if it cannot. The first word"
          + " is what run and boot take: --uart 3=serial:/dev/ttyUSB0. Each port is opened for a"
          + " moment."
    })
final class PortsCommand implements Callable<Integer> {
  private final CommandContext context;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @Mixin private JsonOption json = new JsonOption();

  PortsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws UserError {
    try {
      List<SerialPorts.Port> ports = SerialPorts.list();
      if (json.isWanted()) {
        context.out().println(asJson(ports));
        context.out().flush();
        return ExitCode.FINISHED.code();
      }
      for (SerialPorts.Port port : ports) {
        String problem = port.problem().map(why -> "; cannot be opened: " + why).orElse("");
        context
            .out()
            .print(Printable.line(port.path() + "  " + port.description() + problem) + "\n");
      }
      context.out().flush();
      if (ports.isEmpty()) {
        context.messages().say(Tone.ASIDE, "no serial ports: is the adapter plugged in?");
      }
      return ExitCode.FINISHED.code();
    } catch (HostFailure e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private static String asJson(List<SerialPorts.Port> ports) {
    JsonArray list = new JsonArray();
    for (SerialPorts.Port port : ports) {
      JsonObject each = new JsonObject();
      each.addProperty("path", port.path());
      each.addProperty("description", port.description());
      port.problem().ifPresent(problem -> each.addProperty("problem", problem));
      list.add(each);
    }
    JsonObject all = new JsonObject();
    all.add("ports", list);
    return JsonText.shown(all.toString());
  }
}
