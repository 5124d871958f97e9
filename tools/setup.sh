#!/usr/bin/env bash
# All the set-up: a virtual environment in .venv with the locked packages, and this project in it (which builds the
# page's bundle and the message catalogs). Does nothing when nothing has changed since the last time.
#     tools/setup.sh run|dev|bench [packages]     with the second word, all but the pages: enough to compute
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*" >&2; }
as_root_on_debian() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    say "needs Python 3.11 or newer: install python3 (Debian: apt-get install python3 python3-venv; macOS: brew install python)"
    exit 1
}

need_venv_module() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    if as_root_on_debian; then
        say "this Python has no ensurepip: apt-get install python3-venv"
        apt-get update -qq && apt-get install -qq -y python3-venv >/dev/null
    else
        say "this Python has no ensurepip; run: sudo apt-get install python3-venv"
        exit 1
    fi
}

need_chromium() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null && return
    [ -d "/Applications/Google Chrome.app" ] && return
    if as_root_on_debian; then
        say "browser tests need a browser: apt-get install chromium"
        apt-get update -qq && apt-get install -qq -y chromium >/dev/null || say "chromium could not be installed: browser tests will be skipped"
    else
        say "no chromium found: browser tests will be skipped (Debian: sudo apt-get install chromium)"
    fi
}

requirements="requirements/${1:-run}.txt"
[ "${1:-run}" = run ] || need_chromium

python=$(find_python)
# What the environment depends on. Page sources count: their bundle is built at install.
state=$(cat "$requirements" pyproject.toml hatch_build.py frontend/package-lock.json \
    $(find frontend/src -type f | LC_ALL=C sort) src/hostcity/locale/*/*/*.po tools/*.* | "$python" -c 'import hashlib, sys; print(sys.executable, hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')
stamp=".venv/.set-up-${1:-run}"
# The types of the page's sources are checked with npm's packages; a bundle that is built already does not bring them.
need_npm_packages() { [ "$1" = run ] || [ -d frontend/node_modules/typescript ] || .venv/bin/python tools/npm.py ci --no-audit --no-fund; }
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ]; then
    need_npm_packages "${1:-run}"
    exit 0
fi

installed=".venv/.installed-${1:-run}"
if ! { [ -f "$installed" ] && [ "$(cat "$installed")" = "$state" ]; }; then
    if [ ! -x .venv/bin/python ]; then
        need_venv_module "$python"
        say "making .venv with $("$python" --version)"
        "$python" -m venv .venv
    fi
    say "installing $requirements"
    # Python compiles what is imported when it first is: less than half of all that is installed.
    # The lock is whole; a package that asks for more asks for what was left out of it (requirements/left-out.in).
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r "$requirements"
    # Without build isolation, so that the tools of the build are the locked ones too; its pages are built below.
    HOSTCITY_PAGES=later .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    printf '%s\n' "$state" > "$installed"
fi
[ "${2:-all}" = all ] || exit 0
say "building the pages of hostcity"
.venv/bin/python hatch_build.py
need_npm_packages "${1:-run}"
printf '%s\n' "$state" > "$stamp"
