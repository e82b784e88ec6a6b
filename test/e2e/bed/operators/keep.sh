#!/usr/bin/env bash
# keep.sh CONTROLLER REGION: does for one controller what the kubelet does for its pod. Waits until its chart is installed,
# gives it a token of the chart's ServiceAccount, with the chart's rights and no others, and starts it again when it has ended.
# A deployment that was destroyed and made anew has another ServiceAccount of that name, and gets another token.
BED=$(cd "$(dirname "$0")/.." && pwd)
. "$BED/lib.sh"
RUN=$BED_RUN/operators name=$1 r=$2
d=$BED_RUN/control-plane/region-$r own=$RUN/$name-$r
read -r namespace account < <(tr ' ' '\n' <<< "$BED_CONTROLLERS" | sed -n "s#^$name=\(.*\)/\(.*\)#\1 \2#p")
read -ra regions <<< "$BED_REGIONS"
export KUBECONFIG=$own.kubeconfig
admin() { kubectl --kubeconfig "$d/admin.kubeconfig" "$@"; }
uid() { # of the account, or "none"; nothing when the API server doesn't answer
  local answer
  answer=$(curl -s --max-time 3 --cacert "$d/ca.crt" --cert "$d/admin.crt" --key "$d/admin.key" \
    "$(cat "$d/endpoint")/api/v1/namespaces/$namespace/serviceaccounts/$account") || return 0
  jq -r '.metadata.uid // (if .code == 404 then "none" else empty end)' <<< "$answer"
}
kinds() { # CustomResourceDefinitions that it can't start without
  case $name in
  cert-manager) echo certificates.cert-manager.io issuers.cert-manager.io certificaterequests.cert-manager.io ;;
  eck) echo elasticsearches.elasticsearch.k8s.elastic.co kibanas.kibana.k8s.elastic.co ;;
  external-secrets) echo externalsecrets.external-secrets.io secretstores.external-secrets.io ;;
  load-balancer) echo targetgroupbindings.elbv2.k8s.aws ;;
  esac
}
installed() {
  # shellcheck disable=SC2046
  admin wait --for=condition=Established --timeout=60s $(printf 'crd/%s ' $(kinds)) > /dev/null 2>&1
}
kubeconfig() {
  local token; token=$(admin --namespace "$namespace" create token "$account" --duration 24h)
  printf 'apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: "%s", certificate-authority: "%s"}}]\nusers: [{name: u, user: {token: "%s"}}]\ncontexts: [{name: c, context: {cluster: c, user: u}}]\ncurrent-context: c\n' \
    "$(cat "$d/endpoint")" "$d/ca.crt" "$token" > "$own.new"
  mv "$own.new" "$KUBECONFIG"
}
controller() { # sets command: what the chart's Deployment runs, without what would listen or elect
  case $name in
  cert-manager) command=(--kubeconfig "$KUBECONFIG" --cluster-resource-namespace "$namespace") ;;
  eck)
    # A pod's address is reached through a tunnel of the API server, which ends at the stand-in for Elasticsearch.
    admin --namespace "$namespace" get configmap elastic-operator -o 'jsonpath={.data.eck\.yaml}' |
      sed 's/^\(enable-webhook\|enable-leader-election\):.*/\1: false/; s/^\(disable-telemetry\|disable-config-watch\):.*/\1: true/' > "$own.yaml"
    command=(manager --config "$own.yaml" --metrics-host 127.0.0.1 --development --auto-port-forward --debug-http-listen "$BED_LOOPBACK.$((r + 1)).98:6060") ;;
  external-secrets)
    command=(--metrics-addr 0 --enable-cluster-store-reconciler=false --enable-cluster-external-secret-reconciler=false
      --enable-cluster-push-secret-reconciler=false --enable-push-secret-reconciler=false) ;;
  load-balancer)
    mapfile -t command < <(admin --namespace "$namespace" get deployment "$account" -o json | jq -r '.spec.template.spec.containers[0].args[]')
    command+=(--kubeconfig "$KUBECONFIG" --enable-leader-election=false --metrics-bind-addr 0 --health-probe-bind-addr 0
      --aws-api-endpoints "ec2=$AWS_ENDPOINT_URL,elasticloadbalancing=$AWS_ENDPOINT_URL") ;;
  esac
}
# A smaller heap: eight of them run, and have little to do.
export GOGC=40 POD_IP=127.0.0.1 AWS_REGION=${regions[r]} AWS_SECRETSMANAGER_ENDPOINT=$AWS_ENDPOINT_URL AWS_STS_ENDPOINT=$AWS_ENDPOINT_URL
trap 'exit 0' TERM
while true; do
  until [ ! -e "$own.held" ] && known=$(uid) && [ "${known:-none}" != none ] && installed; do sleep 2; done
  if kubeconfig && controller; then
    echo "$(date +%T) $name of region $r: starting"
    # It ends with this script, whatever ends that.
    setpriv --pdeathsig KILL "$BED_BIN/operators/$name" "${command[@]}" &
    pid=$!
    echo $pid > "$own.pid"
    while kill -0 $pid 2> /dev/null; do
      sleep 5 & wait -n $pid $! || true
      now=$(uid)
      if [ -e "$own.held" ] || { [ -n "$now" ] && [ "$now" != "$known" ]; }; then kill $pid 2> /dev/null || true; wait $pid || true; fi
    done
    rm -f "$own.pid"
    echo "$(date +%T) $name of region $r: ended"
  fi
  sleep 1
done
