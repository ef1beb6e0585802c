#!/usr/bin/env bash
# Brings what the tests use beside Python: a browser (Debian's chromium), PostgreSQL with PostGIS (Debian's, started by
# the tests themselves on a free port) and the npm packages of tests/npm.
# Where one cannot be had the tests that need it are skipped, and this says so; under CI=true it fails instead.
set -euo pipefail
cd "$(dirname "$0")/.."

go_without() {
    if [ "${CI:-}" = true ]; then
        echo "prepare-tests: $1" >&2
        exit 1
    fi
    echo "prepare-tests: $1 The tests that need it will be skipped." >&2
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_install() {
    command -v apt-get >/dev/null && as_root true 2>/dev/null
}

has_postgis() {
    compgen -G '/usr/share/postgresql/*/extension/postgis.control' >/dev/null &&
        compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

debian=()
command -v chromium >/dev/null || debian+=(chromium fonts-liberation)
command -v npm >/dev/null || debian+=(npm)
has_postgis || debian+=(postgresql postgresql-postgis)
if [ ${#debian[@]} -gt 0 ] && can_install; then
    echo "prepare-tests: installing ${debian[*]} with apt-get"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${debian[@]}" >/dev/null
fi

command -v chromium >/dev/null || go_without "Chromium is not here and could not be installed."
has_postgis || go_without "PostgreSQL with PostGIS is not here and could not be installed."

if ! command -v npm >/dev/null; then
    go_without "npm is not here and could not be installed."
elif [ tests/npm/package-lock.json -nt tests/npm/node_modules/.package-lock.json ]; then
    npm ci --prefix tests/npm --no-fund --no-audit --loglevel=error || go_without "npm could not install tests/npm."
fi
