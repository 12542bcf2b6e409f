#!/bin/sh
# Programs the tests need besides Python: COMMAND:PACKAGE ... Installed by apt where that may be
# done without asking; otherwise one sentence says what is skipped. With CI=true that is a failure.
set -eu
PATH="$PATH:/usr/sbin:/sbin"  # servers lie there, and people look elsewhere

missing=""
for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
done
[ -z "$missing" ] && exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        as_root="none"
    fi
fi

if [ "$as_root" != none ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing ..."
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 - each word is a package
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
    exit 0
fi

echo "Not installed, so what needs it is skipped: apt install$missing"
[ "${CI:-}" != true ]
