/** The command line. */
module dev.roundhouse.cli {
  requires dev.roundhouse.emulator;
  requires info.picocli;
  requires info.picocli.codegen;
  requires static org.jspecify;

  opens dev.roundhouse.cli to
      info.picocli;
}
