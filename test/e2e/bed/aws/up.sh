#!/usr/bin/env bash
# up.sh: boots the AWS emulator, the token reviewer, the chart repository, the reader
# of what the emulator holds, and the process that runs the AWS CLI. A
# control plane that runs (control-plane/up.sh, before this) becomes the API server
# behind the EKS clusters of its region; without one, an EKS cluster has no API server.
BED=$(cd "$(dirname "$0")/.." && pwd)
. "$BED/lib.sh"
RUN=$BED_RUN/aws
built "$BED_BIN/venv/bin/python" "$BED_HOME/layers/bin"/{aws,helm,kubectl} "$BED_HOME/charts/index.yaml"
idle
free 127.0.0.1 "$BED_EMULATOR_PORT" "$BED_TOKENREVIEW_PORT" "$BED_CHARTS_PORT" "$BED_STATE_PORT"
fresh
trap '[ $? = 0 ] || "$BED/aws/down.sh"' EXIT
mkdir -p "$RUN/tmp"
export BED_PYTHON=$BED_BIN/venv/bin/python
# Lambda functions inherit these: the commands of the kubectl layer, and for Node functions an AWS SDK as the runtime has one
export PATH=$BED_HOME/layers/bin:$PATH NODE_PATH=$BED_NODE_MODULES
export TMPDIR=$RUN/tmp STATE_DIR=$RUN/state S3_DATA_DIR=$RUN/s3 HOME=$RUN/home
export GATEWAY_PORT=$BED_EMULATOR_PORT BIND_HOST=127.0.0.1 MINISTACK_HOST=localhost
# A function that ran several times at once keeps one process, not all of them: each takes 50 MiB.
export LAMBDA_WARM_TTL_SECONDS=20
export MINISTACK_ACCOUNT_ID=$BED_ACCOUNT MINISTACK_REGION=us-east-1 LAMBDA_EXECUTOR=local IOT_MTLS_ENABLED=0 SFTP_ENABLED=0
mkdir -p "$HOME"
export UPDATE_RULES=$BED_RUN/update-rules.json EKS_UPDATES=$BED_RUN/eks-updates.jsonl EKS_LEFTOVERS=$BED_RUN/eks-leftovers
for d in "$BED_RUN"/control-plane/region-*; do
  [ -n "$(running "$BED_RUN/control-plane/pids")" ] && [ -f "$d/endpoint" ] || continue
  export "EKS_APISERVER_$(tr - _ < "$d/region")=$(cat "$d/endpoint"),$d/ca.crt"
done
start tokenreview "$BED_PYTHON" "$BED/aws/tokenreview.py" "$BED_TOKENREVIEW_PORT"
start charts "$BED_PYTHON" -m http.server "$BED_CHARTS_PORT" --bind 127.0.0.1 --directory "$BED_HOME/charts"
start warm "$BED_PYTHON" "$BED/aws/warm.py" "$BED_WARM_AWS" "$BED_HOME/layers/awscli"
start state "$BED_PYTHON" "$BED/aws/state.py" "$BED_STATE_PORT"
start emulator "$BED_PYTHON" "$BED/aws/emulator.py"
wait_for 30 emulator curl -sf "$AWS_ENDPOINT_URL/_ministack/health"
wait_for 10 charts curl -sf "http://127.0.0.1:$BED_CHARTS_PORT/index.yaml"
wait_for 30 state curl -sf "http://127.0.0.1:$BED_STATE_PORT/"
wait_for 30 warm grep -q "@$BED_WARM_AWS\$" /proc/net/unix
say "emulator up, $(rss "$RUN/pids") MiB: $AWS_ENDPOINT_URL"
