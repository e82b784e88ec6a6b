#!/usr/bin/env bash
# node.sh HOME: becomes a node with the configuration in HOME/config, the variables in HOME/environment and the names in HOME/hosts.
BED=$(cd "$(dirname "$0")/.." && pwd)
. "$BED/lib.sh"
o=$BED_HOME/search h=$1
mkdir -p "$h"/{data,logs,tmp,plugins}; ln -sfn "$o/modules" "$h/modules"
mapfile -t variables < "$h/environment"
native=(); if [ "$(java -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.specification.version = //p')" -ge 22 ]; then native=(--enable-native-access=ALL-UNNAMED); fi
exec env "${variables[@]}" java -Xmx400m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData "${native[@]}" -Djdk.net.hosts.file="$h/hosts" \
  -Des.path.home="$h" -Djava.io.tmpdir="$h/tmp" --module-path "$o/lib" --add-modules ALL-MODULE-PATH -cp "$o/classes" RunEs "$h"
