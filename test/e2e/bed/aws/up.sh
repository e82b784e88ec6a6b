#!/usr/bin/env bash
# up.sh: boots the AWS emulator and the token reviewer. A control plane that runs
# (control-plane/up.sh, before this) becomes the API server behind the EKS
# clusters of its region; without one, an EKS cluster has no API server.
BED=$(cd "$(dirname "$0")/.." && pwd)
. "$BED/lib.sh"
RUN=$BED_RUN/aws
"$BED/check-system.sh" aws || exit 1
built "$BED_BIN"/{venv/bin/python,aws,kubectl}
idle
free 127.0.0.1 "$BED_EMULATOR_PORT" "$BED_TOKENREVIEW_PORT"
fresh
trap '[ $? = 0 ] || "$BED/aws/down.sh"' EXIT
. "$BED/aws/env.sh"   # before the start: Lambda functions inherit AWS_ENDPOINT_URL from here
mkdir -p "$RUN/tmp"
export BED_PYTHON=$BED_BIN/venv/bin/python
export TMPDIR=$RUN/tmp STATE_DIR=$RUN/state S3_DATA_DIR=$RUN/s3
export GATEWAY_PORT=$BED_EMULATOR_PORT BIND_HOST=127.0.0.1 MINISTACK_HOST=localhost
export MINISTACK_ACCOUNT_ID=$BED_ACCOUNT MINISTACK_REGION=us-east-1 LAMBDA_EXECUTOR=local IOT_MTLS_ENABLED=0 SFTP_ENABLED=0
for d in "$BED_RUN"/control-plane/region-*; do
  [ -n "$(running "$BED_RUN/control-plane/pids")" ] && [ -f "$d/endpoint" ] || continue
  export "EKS_APISERVER_$(tr - _ < "$d/region")=$(cat "$d/endpoint"),$d/ca.crt"
  echo "EKS in $(cat "$d/region") -> $(cat "$d/endpoint")"
done
start tokenreview "$BED_PYTHON" "$BED/aws/tokenreview.py" "$BED_TOKENREVIEW_PORT"
export NODE_PATH=${BED_NODE_MODULES:-$BED_HOME/app/node_modules}
start emulator "$BED_PYTHON" "$BED/aws/emulator.py"
wait_for 30 emulator curl -sf "$AWS_ENDPOINT_URL/_ministack/health"
say "emulator up, $(rss "$RUN/pids") MiB: $AWS_ENDPOINT_URL"
