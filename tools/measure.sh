#!/usr/bin/env bash
# Runs test folders and measuring scripts one after another; each one's output is shown and kept in docs/measurements.
# Usage: tools/measure.sh PYTHON PATH…   (a folder is run by pytest, a file by Python; a path that is not there is passed over)
set -euo pipefail
cd "$(dirname "$0")/.."

python=$1
shift
failed=0

for path in "$@"; do
    name=$(basename "$path" .py)
    log=docs/measurements/$name.txt
    if [ -d "$path" ]; then
        command=("$python" -m pytest "$path")
    elif [ -f "$path" ]; then
        command=("$python" "$path")
    else
        echo "measure: $path is not there"
        continue
    fi
    echo "measure: $path -> $log"
    { date -u '+%Y-%m-%d %H:%M UTC'; nproc | sed 's/$/ cores/'; "${command[@]}"; } 2>&1 | tee "$log" || failed=1
done
exit "$failed"
