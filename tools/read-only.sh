#!/usr/bin/env bash
# Runs mapapp as the image does: nobody's account, no capabilities, no new rights, PREFIX and the system read-only, and
# nothing to write to but DATA and a scratch folder in memory.
# Usage: tools/read-only.sh PREFIX DATA ARGUMENTS… (needs the right to mount, as root has)
set -euo pipefail
prefix=$(realpath "$1") data=$(realpath --canonicalize-missing "$2")
shift 2
mkdir -p "$data"
chown 65534:65534 "$data"
python=$("$prefix/bin/python" -c 'import sys; print(sys.base_prefix)')
scratch=$(mktemp -d)

closed=  # the outermost folder above the interpreter that nobody may enter, such as the home of whoever runs this
folder=$python
while [[ $folder != / ]]; do
    [[ $(stat --format=%A "$folder") == *[xt] ]] || closed=$folder
    folder=$(dirname "$folder")
done

# shellcheck disable=SC2016  # these are expanded inside
exec unshare --mount --propagation private /bin/bash -euo pipefail -c '
    prefix=$1 data=$2 python=$3 closed=$4 scratch=$5
    shift 5
    mount --bind "$data" "$data"
    mount --bind "$prefix" "$prefix"
    mount -o remount,bind,ro "$prefix"
    if [[ $closed ]]; then  # show the interpreter, and nothing else of that folder
        mount --bind "$python" "$scratch"
        mount -t tmpfs -o mode=755 tmpfs "$closed"
        mkdir -p "$python"
        mount --move "$scratch" "$python"
        mount -o remount,bind,ro "$python"
        mount -o remount,ro "$closed"
    fi
    mount -t tmpfs -o size=256m,mode=1777,nosuid,nodev tmpfs "$scratch"
    mount -o remount,bind,ro /
    cd /
    exec setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
        env -i PATH=/usr/bin:/bin HOME="$scratch" TMPDIR="$scratch" PYTHONDONTWRITEBYTECODE=1 \
        MAPAPP_DATA_DIR="$data" "$prefix/bin/mapapp" "$@"
' bash "$prefix" "$data" "$python" "$closed" "$scratch" "$@"
