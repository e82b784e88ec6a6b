#!/usr/bin/env bash
# up.sh: starts the controllers of both regions, each as soon as its chart is installed, and what stands in for Elasticsearch
# towards them. Before anything is deployed there is nothing to do for them, so that this waits for none.
BED=$(cd "$(dirname "$0")/.." && pwd)
. "$BED/lib.sh"
HERE=$BED/operators RUN=$BED_RUN/operators
controllers=$(tr ' ' '\n' <<< "$BED_CONTROLLERS" | cut -d= -f1)
built "$BED_BIN/operators/elasticsearch" $(printf "$BED_BIN/operators/%s " $controllers)
idle
for r in 0 1; do free "$BED_LOOPBACK.$((r + 1)).99" 9200; free "$BED_LOOPBACK.$((r + 1)).98" 6060; done
fresh
trap '[ $? = 0 ] || "$HERE/down.sh"' EXIT
read -ra namespaces <<< "$BED_NAMESPACES"
for r in 0 1; do
  start "elasticsearch-$r" "$BED_BIN/operators/elasticsearch" --listen "$BED_LOOPBACK.$((r + 1)).99:9200" \
    --region "$BED_RUN/control-plane/region-$r" --namespace "${namespaces[r]}" --secret "$BED_SEARCH_CERTIFICATE" --upstream "$RUN/upstream-$r"
  for name in $controllers; do start "$name-$r" bash "$HERE/keep.sh" "$name" "$r"; done
done
for r in 0 1; do wait_for 10 "elasticsearch-$r" bash -c "exec 3<> /dev/tcp/$BED_LOOPBACK.$((r + 1)).99/9200"; done
say "controllers wait for their charts"
