#!/usr/bin/env bash
# package.sh OUT: a chart repository, ready to be served. One chart for each
# controllers.KEY of the product, in the version which the product pins (BED_CHARTS:
# "KEY=VERSION ..."), whatever that of its source is.
#
# They are the publishers' charts, out of the Go modules of ../operators/modules, so that
# values, schemas, hooks and rights are the real ones, but for two things:
#   webhooks are left out: nothing answers them here, and with failurePolicy Fail all objects would be refused
#   AWS Load Balancer Controller: its chart in the registry of modules is that of December 2022. Only its roles and CRDs
#     are taken; TargetGroupBinding merely lacks what came later. A Deployment of ours stands in.
# External Secrets: of the fields that the product writes, none differs between 1.3.2 and 2.9.0.
# docs/decisions/0022-controller-versions.md says what was compared.
HERE=$(cd "$(dirname "$0")" && pwd)
BED=$(dirname "$HERE")
. "$BED/lib.sh"
out=$1
helm=$BED_HOME/layers/bin/helm
# The newest version that is one module; its chart is newer than the controller that can be built.
EXTERNAL_SECRETS=github.com/external-secrets/external-secrets@v1.3.2
module() { # NAME or MODULE@VERSION: the folder of a module, by its name in ../operators/modules or as it is called itself
  local m=$1 d
  case $m in *@*) ;; *) read -r _ m _ < <(grep "^$1 " "$BED/operators/modules") ;; esac
  d=$(GOFLAGS='' go mod download -json "$m" | jq -r '.Dir // empty')
  [ -d "$d" ] || die "no $m in the module cache"
  echo "$d"
}
copy() { # CHART FOLDER [WEBHOOK...]: a chart without templates of webhooks
  local chart=$1 folder=$2 f; shift 2
  cp -r --no-preserve=mode "$folder/." "$chart"
  for f; do rm "$chart/templates/$f"; done
  if grep -rlE '^kind: (Mutating|Validating)WebhookConfiguration' "$chart"; then die "a webhook is left in $chart"; fi
}
join() { # OUT FILE...
  local o=$1 f; shift
  mkdir -p "$(dirname "$o")"
  for f; do [ -s "$f" ] || die "$f is not there"; echo ---; cat "$f"; echo; done > "$o"
  grep -q '^kind: CustomResourceDefinition' "$o" || die "no CRD in $o"
}
rm -rf "$out" "$out.new"; mkdir -p "$out.new/src"
for pair in $BED_CHARTS; do
  key=${pair%%=*} version=${pair#*=} chart=$out.new/src/$key app=${pair#*=}
  mkdir "$chart"
  # Where the real chart has its CRDs: in crds/ Helm never deletes them, as templates they go with the release.
  case $key in
  loadBalancerController) m=$(module load-balancer)
    cp -r "$HERE/$key/." "$chart"
    cp "$m"/helm/aws-load-balancer-controller/templates/{rbac.yaml,_helpers.tpl} "$chart/templates/"
    cp "$m/helm/aws-load-balancer-controller/values.yaml" "$chart/"
    join "$chart/crds/crds.yaml" "$m"/config/crd/bases/*.yaml ;;
  elasticOperator) m=$(module eck)
    copy "$chart" "$m/deploy/eck-operator" webhook.yaml ;;
  externalSecrets) m=$(module "$EXTERNAL_SECRETS")
    copy "$chart" "$m/deploy/charts/external-secrets" validatingwebhook.yaml
    cp -r "$HERE/$key/." "$chart"
    # A chart of another publisher, for a provider that is off.
    sed -i '/^dependencies:/,$d' "$chart/Chart.yaml"; rm "$chart/Chart.lock"
    join "$chart/files/crds.yaml" "$m/deploy/crds/bundle.yaml"
    app=v$version ;;
  certManager) m=$(module cert-manager)
    copy "$chart" "$m/deploy/charts/cert-manager" webhook-mutating-webhook.yaml webhook-validating-webhook.yaml ;;
  *) die "package.sh: name the module with the chart of controllers.$key" ;;
  esac
  "$helm" package "$chart" --version "$version" --app-version "$app" --destination "$out.new" > /dev/null
done
rm -rf "$out.new/src"
"$helm" repo index "$out.new"
mv "$out.new" "$out"
