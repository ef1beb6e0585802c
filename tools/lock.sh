#!/usr/bin/env bash
# Writes requirements.txt and requirements-dev.txt: every version pinned, every file hashed, no index and no machine named.
# Usage: tools/lock.sh PIP_COMPILE [more pip-compile options, such as --upgrade]
set -euo pipefail
cd "$(dirname "$0")/.."

pip_compile=$1
shift
options=(
    --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --newline=lf
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options
    --extra test --build-deps-for editable
)

"$pip_compile" "${options[@]}" "$@" --output-file requirements.txt pyproject.toml
"$pip_compile" "${options[@]}" "$@" --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
