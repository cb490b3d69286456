package dev.roundhouse.devices.text;

import java.util.Locale;

/** Constants as they are written in files and traces. */
public final class Words {
  private Words() {}

  /** The name of a constant in small letters, its parts joined by hyphens. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
