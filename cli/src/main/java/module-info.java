/** The command line. */
module dev.roundhouse.cli {
  requires com.google.gson;
  requires dev.roundhouse.emulator;
  requires info.picocli;
  requires info.picocli.codegen;
  requires java.xml;
  requires org.snakeyaml.engine;
  requires static org.jspecify;

  opens dev.roundhouse.cli to
      info.picocli;
}
