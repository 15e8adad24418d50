#!/bin/sh
# What the tests need beyond Python: Chromium and a CJK font for the browser tests, Debian's PostgreSQL for the second
# run of CI. Installed when root; otherwise said in one loud line, and fatal where REDHOUSE_REQUIRE_ALL is set.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fonts-wqy-microhei fontconfig"
if [ -n "${REDHOUSE_REQUIRE_ALL:-}" ]; then
    ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$missing postgresql"
fi
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "test: installing$missing" >&2
    # shellcheck disable=SC2086
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
fi
echo "TEST: MISSING$missing — browser tests will be skipped. Install with: sudo apt-get install$missing" >&2
[ -z "${REDHOUSE_REQUIRE_ALL:-}" ]
