#!/usr/bin/env bash
# package.sh OUT: a chart repository, ready to be served. One chart for each
# controllers.KEY of the product, out of the folder KEY here, in the version which
# the product pins (BED_CHARTS: "KEY=VERSION ..."), with the operator's real CRDs.
#
# The CRDs come out of the Go modules that publish them. The registry of modules
# doesn't have every version, so two differ from what the charts bring on AWS:
#   External Secrets 1.3.2 for 2.9.0: of the fields that the product writes, none differs
#   AWS Load Balancer Controller of December 2022: TargetGroupBinding only lacks what came later
# docs/decisions/0022-controller-versions.md says what was compared.
HERE=$(cd "$(dirname "$0")" && pwd)
BED=$(dirname "$HERE")
. "$BED/lib.sh"
out=$1
helm=$BED_HOME/layers/bin/helm
module() { # MODULE@VERSION: its folder
  local d; d=$(GOFLAGS='' go mod download -json "$1" | jq -r '.Dir // empty')
  [ -d "$d" ] || die "no $1 in the module cache"
  echo "$d"
}
join() { # OUT FILE...
  local o=$1 f; shift
  for f; do [ -s "$f" ] || die "$f is not there"; echo ---; cat "$f"; echo; done > "$o"
  grep -q '^kind: CustomResourceDefinition' "$o" || die "no CRD in $o"
}
rm -rf "$out" "$out.new"; mkdir -p "$out.new/src"
for pair in $BED_CHARTS; do
  key=${pair%%=*} version=${pair#*=} chart=$out.new/src/$key
  [ -d "$HERE/$key" ] || die "the product installs a chart for controllers.$key: make test/e2e/bed/charts/$key"
  cp -r "$HERE/$key" "$chart"
  # Where the real chart has its CRDs: in crds/ Helm never deletes them, as templates they go with the release.
  case $key in
  loadBalancerController) m=$(module sigs.k8s.io/aws-load-balancer-controller@v0.0.0-20221203001353-edeb4f1c1312)
    mkdir -p "$chart/crds"; join "$chart/crds/crds.yaml" "$m"/config/crd/bases/*.yaml ;;
  elasticOperator) m=$(module github.com/elastic/cloud-on-k8s/v3@v3.5.0)
    mkdir -p "$chart/files"; join "$chart/files/crds.yaml" "$m/config/crds/v1/all-crds.yaml" ;;
  externalSecrets) m=$(module github.com/external-secrets/external-secrets@v1.3.2)
    mkdir -p "$chart/files"; join "$chart/files/crds.yaml" "$m/deploy/crds/bundle.yaml" ;;
  certManager) m=$(module github.com/cert-manager/cert-manager@v1.21.2)
    mkdir -p "$chart/files"; join "$chart/files/crds.yaml" "$m"/deploy/crds/*.yaml ;;
  *) die "package.sh: name the module with the CRDs of controllers.$key" ;;
  esac
  "$helm" package "$chart" --version "$version" --app-version "$version" --destination "$out.new" > /dev/null
done
rm -rf "$out.new/src"
"$helm" repo index "$out.new"
mv "$out.new" "$out"
