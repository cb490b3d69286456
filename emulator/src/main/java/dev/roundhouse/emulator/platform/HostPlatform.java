package dev.roundhouse.emulator.platform;

import java.util.Locale;

/** The combinations of operating system and processor that differ in how native code is called. */
public enum HostPlatform {
  LINUX_X64,
  LINUX_ARM64,
  MACOS_X64,
  MACOS_ARM64,
  OTHER;

  private static final HostPlatform CURRENT =
      of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));

  /** The platform that this JVM runs on. */
  public static HostPlatform current() {
    return CURRENT;
  }

  /** The platform that the JVM's properties {@code os.name} and {@code os.arch} describe. */
  static HostPlatform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    boolean x64 = osArch.equals("amd64") || osArch.equals("x86_64");
    boolean arm64 = osArch.equals("aarch64") || osArch.equals("arm64");
    if (os.contains("linux")) {
      return x64 ? LINUX_X64 : arm64 ? LINUX_ARM64 : OTHER;
    }
    if (os.contains("mac")) {
      return x64 ? MACOS_X64 : arm64 ? MACOS_ARM64 : OTHER;
    }
    return OTHER;
  }

  /** Whether this is Linux. */
  public boolean isLinux() {
    return this == LINUX_X64 || this == LINUX_ARM64;
  }

  /** Whether this is macOS. */
  public boolean isMac() {
    return this == MACOS_X64 || this == MACOS_ARM64;
  }
}
