#!/usr/bin/env bash
# check-system.sh: is there what the bed needs? Names all that is missing with its
# Debian package, and exits 1 if anything is.
set -uo pipefail
bad=0
missing() { echo "$*"; bad=1; }
need() { # COMMAND DEBIAN_PACKAGE
  command -v "$1" > /dev/null || missing "missing: $1 (Debian package $2)"
}
atleast() { # WHAT HAVE WANT PACKAGE
  [ "$(printf '%s\n%s\n' "$3" "$2" | sort -V | head -1)" = "$3" ] || missing "too old: $1 ${2:-of unknown version}, want $3 or newer (Debian package $4)"
}
javaversion() { "$1" -version 2>&1 | grep -oE '[0-9]+(\.[0-9]+)*' | head -1; }
[[ $OSTYPE == linux* ]] || { echo "Linux only: the bed uses the addresses 127.0.1.x and 127.0.2.x, and /proc"; exit 1; }
atleast bash "${BASH_VERSION%%[^0-9.]*}" 5.0 bash
need realpath coreutils
need setsid util-linux
need ps procps
need curl curl
need jq jq
need openssl openssl
need dig bind9-dnsutils
need mvn maven
need go "golang-go; where that is older than 1.26, the upstream tarball"
if command -v go > /dev/null; then v=$(GOTOOLCHAIN=local go env GOVERSION); atleast go "${v#go}" 1.26.0 "golang-go, or the upstream tarball"; fi
need python3 python3
if command -v python3 > /dev/null; then
  atleast python3 "$(python3 -c 'import platform; print(platform.python_version())')" 3.10 python3
  python3 -c 'import ensurepip, venv' 2> /dev/null || missing "missing: venv module of python3 (Debian package python3-venv)"
fi
for c in java javac; do
  need $c openjdk-17-jdk-headless
  if command -v $c > /dev/null; then atleast $c "$(javaversion $c)" 17 openjdk-17-jdk-headless; fi
done
exit $bad
