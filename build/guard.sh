# Sees to what a dead process cannot do any more; read ("source") by ./roundhouse. Works with bash 3.2 (macOS).
#
#   start_guard; exec java $guarded_jvm ... 98<&-

# What java needs for it. The JVM itself says nothing of a crash (that would go to stdout, with files in the user's
# folder), of too little memory, or of its threads; the guard does instead. A crash then ends with exit code 1.
guarded_jvm="-XX:+UnlockDiagnosticVMOptions -XX:-DisplayVMOutput -XX:-PrintWarnings -XX:+SuppressFatalErrorMessage \
-XX:-CreateCoredumpOnCrash -XX:-DumpReplayDataOnError -Droundhouse.guard=99"

guard_script=${BASH_SOURCE[0]}

# start_guard: starts a shell that waits for the end of what is exec'd next; where there is setsid, in a session of its
# own, so that a signal to the whole group does not end it too. bash in POSIX mode may not even read such a redirection;
# there the command does without.
start_guard() {
  case ":$SHELLOPTS:" in
    *:posix:*) exec 99>/dev/null; return ;;
  esac
  { exec 98<&0; } 2>/dev/null || exec 98</dev/null
  if command -v setsid >/dev/null; then
    eval 'exec 99> >(exec setsid "$BASH" "$guard_script")'
  else
    eval 'exec 99> >(guard)'
  fi
}

# guard: reads what the command says of itself, until the pipe that only the command holds open has no writer any
# more: the command has ended. When it had no chance to do so itself, by a crash of the JVM or by kill -9, the
# terminals are put right, and one line says what happened. Descriptor 98 is the command's standard input, 99 the pipe.
guard() {
  trap '' INT QUIT HUP TERM TSTP TTIN TTOU # those are for the command; and stty may work in the background
  local word rest before= raw= screen= started=no well=no
  if [ -t 1 ]; then exec 97>&1; else exec 97>/dev/null; fi
  exec >/dev/null
  if [ -t 98 ]; then before=$(stty -g <&98 2>/dev/null); else exec 98<&-; fi
  while read -r word rest; do
    case "$word" in
      started) started=yes ;;
      well) well=yes ;;
      raw) raw=$(stty -g <&98 2>/dev/null) ;;
      usual) raw= ;;
      screen) screen=${rest:-/dev/fd/97} ;;
      first-screen) screen= ;;
    esac
  done
  # Unless a shell was faster, which keeps its own notes of the terminal.
  if [ -n "$raw" ] && [ "$(stty -g <&98 2>/dev/null)" = "$raw" ]; then
    if [ -n "$before" ] && [ "$before" != "$raw" ]; then stty "$before" <&98; else stty sane <&98; fi 2>/dev/null
  fi
  if [ -n "$screen" ]; then printf '\033[0m\033[?25h\033[?1049l' 2>/dev/null >"$screen"; fi
  if [ "$well" = yes ]; then return; fi
  if [ "$started" = yes ]; then
    echo "roundhouse: died without a chance to say why: killed, or a crash (ROUNDHOUSE_JVM_OPTIONS=-XX:-SuppressFatalErrorMessage makes a report of the next one); a recording replays up to its last check point" >&2
  else
    echo "roundhouse: ended before it had begun: killed, too little memory, a limit (ulimit -v), or a bad option in ROUNDHOUSE_JVM_OPTIONS" >&2
  fi
}

if [ "$guard_script" = "$0" ]; then guard; fi
