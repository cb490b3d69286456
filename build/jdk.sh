# Finds a JDK 25 or newer, and Maven; read ("source") by the scripts that need one. Works with bash 3.2 (macOS).
#
# find_jdk sets JDK to the first that fits of: ROUNDHOUSE_JAVA_HOME, JAVA_HOME, the usual folders of Linux
# distributions, SDKMAN, Homebrew and macOS, and the java on PATH. It starts no process: a JDK says its version in
# its file "release". Exactly 25, which the project is tested with, goes before newer ones.

jdk_wanted=25
jdk_advice="install one (package openjdk-25-jdk, 'sdk install java 25-tem', 'brew install openjdk@25', or Temurin 25 from adoptium.net) or set ROUNDHOUSE_JAVA_HOME"

# jdk_feature HOME: sets FEATURE to the feature number (25) of the JDK in HOME; fails where there is none.
jdk_feature() {
  FEATURE=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in
      JAVA_VERSION=*)
        FEATURE=${line#*\"}
        FEATURE=${FEATURE%%[!0-9]*}
        ;;
    esac
  done < "$1/release"
  [ -n "$FEATURE" ]
}

# find_jdk: sets JDK, or writes one line to stderr and fails.
find_jdk() {
  JDK=
  if [ -n "${ROUNDHOUSE_JAVA_HOME:-}" ]; then
    if jdk_feature "$ROUNDHOUSE_JAVA_HOME" && [ "$FEATURE" -ge "$jdk_wanted" ]; then
      JDK=$ROUNDHOUSE_JAVA_HOME
      return 0
    fi
    echo "roundhouse: ROUNDHOUSE_JAVA_HOME=$ROUNDHOUSE_JAVA_HOME is no JDK $jdk_wanted or newer: correct it or unset it" >&2
    return 1
  fi
  if [ -n "${JAVA_HOME:-}" ] && jdk_feature "$JAVA_HOME" && [ "$FEATURE" -ge "$jdk_wanted" ]; then
    JDK=$JAVA_HOME
    return 0
  fi
  local home newer=
  for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    jdk_feature "$home" || continue
    if [ "$FEATURE" -eq "$jdk_wanted" ]; then
      JDK=$home
      return 0
    fi
    [ "$FEATURE" -gt "$jdk_wanted" ] && [ -z "$newer" ] && newer=$home
  done
  if [ -n "$newer" ]; then
    JDK=$newer
    return 0
  fi
  # Last, because it costs processes: follow the java on PATH to its home.
  local java
  java=$(command -v javac 2>/dev/null) && java=$(readlink -f "$java" 2>/dev/null)
  if [ -n "$java" ]; then
    home=${java%/bin/javac}
    if jdk_feature "$home" && [ "$FEATURE" -ge "$jdk_wanted" ]; then
      JDK=$home
      return 0
    fi
  fi
  echo "roundhouse: no JDK $jdk_wanted or newer found: $jdk_advice" >&2
  return 1
}

# find_maven: fails with one line on stderr when there is no Maven on PATH.
find_maven() {
  command -v mvn >/dev/null && return 0
  echo "roundhouse: Maven is needed to build: install it (package maven, 'sdk install maven' or 'brew install maven')" >&2
  return 1
}
