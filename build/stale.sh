# Tells whether the distribution must be built; read ("source") by ./roundhouse and build/distribution.

# is_stale ROOT: there is no build in ROOT, or something that the distribution is made of is newer than it.
# Test sources and documents are no part of it. Takes a few milliseconds.
is_stale() {
  local stamp=$1/cli/target/dist/built
  [ -f "$stamp" ] && [ -f "$1/cli/target/dist/jars/roundhouse.jar" ] || return 0
  [ -n "$(find "$1/pom.xml" "$1/.mvn" "$1/build" "$1"/*/pom.xml "$1"/*/src/main "$1/firmware-images/sdk" "$1/firmware-images/templates" -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}
