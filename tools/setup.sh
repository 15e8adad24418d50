#!/bin/sh
# Make .venv from requirements.lock (hashes checked), with uv where present, else with venv and pip.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

PYTHON=${PYTHON:-python3}
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    say "setup: Python 3.11 or newer is needed. Install it, or name it: make setup PYTHON=/path/to/python3"
    exit 1
}

if command -v uv >/dev/null 2>&1; then
    [ -x .venv/bin/python ] || uv venv --quiet --python "$PYTHON" .venv
    uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r requirements.lock
    uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
else
    if [ ! -x .venv/bin/pip ]; then
        rm -rf .venv
        if ! "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
            if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
                say "setup: installing python3-venv, which this Debian lacks"
                apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
            else
                say "setup: this Python cannot make virtual environments. Run:  sudo apt-get install python3-venv"
                exit 1
            fi
        fi
        "$PYTHON" -m venv .venv
    fi
    say "setup: installing the locked dependencies (once)"
    .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
# Each start of the house is four processes; without bytecode every one of them would compile all it imports
.venv/bin/python -m compileall -q -j 0 src/redhouse
touch .venv/.ready
