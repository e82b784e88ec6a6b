#!/usr/bin/env bash
BED=$(cd "$(dirname "$0")/.." && pwd)
. "$BED/lib.sh"
stop "$BED_RUN/operators/pids" 5
