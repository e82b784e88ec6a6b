# Shared by every script here (sourced, not run). The caller sets BED to this
# folder and RUN to its own folder below BED_RUN. All settings come from the
# environment, which ../runner/environment.ts makes out of the configuration.
set -euo pipefail
: "${BED_BIN:?run it through npm run e2e, or source env.sh of a kept bed}" "${BED_RUN:?}"
BED_HOME=$(dirname "$BED_BIN") # charts, Stages, layers, jars and stamps lie beside bin

T0=${EPOCHREALTIME/[.,]/}
elapsed() { local ms=$(((${EPOCHREALTIME/[.,]/} - T0) / 1000)); printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100)); }
say() { echo "$* ($(elapsed))"; }
die() { echo "$*" >&2; exit 1; }
built() { local f; for f; do [ -e "$f" ] || die "$f is missing: run build.sh first"; done; }

# ---- processes: $RUN/pids holds "pid starttime name"; the start time keeps us
# from ending a stranger that got the same pid later
starttime() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
alive() { [ -n "$2" ] && [ "$(starttime "$1")" = "$2" ]; }
running() { # prints the pids of $1 (a pids file) that still run
  local pid st name
  [ -f "$1" ] || return 0
  while read -r pid st name; do if alive "$pid" "$st"; then echo "$pid"; fi; done < "$1"
}
idle() { [ -z "$(running "$RUN/pids")" ] || die "already up ($RUN/pids): run down.sh first"; }
fresh() { # a new run folder
  rm -rf "$RUN"; mkdir -p "$RUN"; : > "$RUN/pids"
}
start() { # NAME COMMAND...
  local name=$1; shift
  setsid "$@" > "$RUN/$name.log" 2>&1 < /dev/null &
  echo "$! $(starttime $!) $name" >> "$RUN/pids"
  disown $! 2> /dev/null || true # else bash reports it when down.sh ends it
}
free() { # HOST PORT...: nobody may listen there yet
  local h=$1 p; shift
  for p; do if (exec 3<> "/dev/tcp/$h/$p") 2>/dev/null; then die "$h:$p is in use"; fi; done
}
wait_for() { # SECONDS NAME COMMAND...: NAME is also the log to show when it doesn't come
  local end=$((SECONDS + $1)) name=$2 pid st; shift 2
  until "$@" > /dev/null 2>&1; do
    read -r pid st _ < <(grep " $name\$" "$RUN/pids" | tail -1 | grep . || echo "0 0")
    if [ "$pid" != 0 ] && ! alive "$pid" "$st"; then tail -5 "$RUN/$name.log" >&2; die "$name has ended: $RUN/$name.log"; fi
    if [ $SECONDS -ge "$end" ]; then tail -5 "$RUN/$name.log" >&2 || true; die "$name isn't ready after $(elapsed): $RUN/$name.log"; fi
    sleep 0.2
  done
}
stop() { # PIDS_FILE SECONDS: TERM, then KILL for what is left (the data is throwaway)
  local end pid
  for pid in $(running "$1"); do kill "$pid" 2>/dev/null || true; done
  end=$((SECONDS + $2))
  while [ -n "$(running "$1")" ] && [ $SECONDS -lt $end ]; do sleep 0.1; done
  for pid in $(running "$1"); do kill -9 "$pid" 2>/dev/null || true; done
  end=$((SECONDS + 10)) # the ports are free again once the processes are gone
  while [ -n "$(running "$1")" ]; do [ $SECONDS -lt $end ] || die "can't end: $(running "$1" | tr '\n' ' ')"; sleep 0.1; done
  if [ -f "$1" ]; then : > "$1"; fi
}
rss() { # MiB of the processes in $1 and their children
  local pid all=""
  for pid in $(running "$1"); do all+=" $pid $(cat /proc/"$pid"/task/*/children 2>/dev/null)"; done
  # shellcheck disable=SC2086
  [ -z "$all" ] && echo 0 || ps -o rss= -p "$(echo $all | tr ' ' ,)" | awk '{s+=$1} END {printf "%d", s/1024}'
}

