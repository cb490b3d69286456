package dev.roundhouse.cli;

import dev.roundhouse.cli.options.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command itself, which does nothing without a subcommand. */
@Command(
    name = Commands.NAME,
    header = "Run TrainsOS programs for the Raspberry Pi 4B on this computer.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    versionProvider = RoundhouseCommand.Version.class,
    footer = {
      "",
      "Examples:",
      "  roundhouse demo",
      "  roundhouse run ENTRY.elf MORE.elf",
      "  roundhouse run --help"
    })
final class RoundhouseCommand {
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Mixin
  private CommonOptions common = new CommonOptions();

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and end.")
  private boolean isVersionWanted;

  /** The versions of what is running. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String own = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        Commands.NAME + " " + (own == null ? "(development build)" : own),
        "JVM " + Runtime.version()
      };
    }
  }
}
