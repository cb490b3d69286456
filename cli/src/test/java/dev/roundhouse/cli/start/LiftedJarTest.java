package dev.roundhouse.cli.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LiftedJarTest {
  @TempDir private Path folder;
  private Path jar;

  @BeforeEach
  void copyALibraryOfOldClasses() throws IOException, URISyntaxException {
    URL library = CommandLine.class.getProtectionDomain().getCodeSource().getLocation();
    jar = Files.copy(Path.of(library.toURI()), folder.resolve("old.jar"));
  }

  @Test
  void eachClassIsOfAVersionThatIsCachedAndStillVerifies() throws Exception {
    LiftedJar.main(new String[] {jar.toString()});
    int classes = 0;
    try (JarFile lifted = new JarFile(jar.toFile());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (String name : lifted.stream().map(entry -> entry.getName()).toList()) {
        if (name.endsWith(".class")) {
          byte[] bytes = lifted.getInputStream(lifted.getEntry(name)).readAllBytes();
          assertThat(ClassFile.of().parse(bytes).majorVersion()).isGreaterThanOrEqualTo(50);
        }
        if (name.startsWith("picocli/CommandLine")) {
          String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
          assertThat(Class.forName(type, true, loader).getClassLoader()).isSameAs(loader);
          classes++;
        }
      }
    }
    assertThat(classes).isGreaterThan(100);
  }

  @Test
  void aJarWithoutOldClassesIsLeftAlone() throws IOException {
    LiftedJar.main(new String[] {jar.toString()});
    byte[] lifted = Files.readAllBytes(jar);
    var written = Files.getLastModifiedTime(jar);
    LiftedJar.main(new String[] {jar.toString()});
    assertThat(jar).hasBinaryContent(lifted);
    assertThat(Files.getLastModifiedTime(jar)).isEqualTo(written);
  }
}
