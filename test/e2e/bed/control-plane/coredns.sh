#!/usr/bin/env bash
# coredns.sh start|stop REGION: CoreDNS of one region, with what its Corefile in
# BED_RUN/control-plane/region-N says. It runs under the permissions of its add-on.
BED=$(cd "$(dirname "$0")/.." && pwd)
. "$BED/lib.sh"
RUN=$BED_RUN/control-plane r=$2
d=$RUN/region-$r
case $1 in
start)
  "$BED_BIN/coredns" check "$d/Corefile" > "$d/Corefile.zones"
  start "coredns-$r" "$BED_BIN/coredns" -conf "$d/Corefile"
  wait_for 30 "coredns-$r" curl -sf "http://$BED_LOOPBACK.$((r + 1)).10:8181/ready" ;;
stop)
  grep " coredns-$r\$" "$RUN/pids" > "$d/coredns.pids" || true
  stop "$d/coredns.pids" 2
  sed -i "/ coredns-$r\$/d" "$RUN/pids" ;;
*) die "coredns.sh start|stop REGION" ;;
esac
