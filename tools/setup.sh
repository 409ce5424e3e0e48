#!/bin/sh
# Makes .venv and installs into it, on a machine that has nothing but Python and make.
# Usage: tools/setup.sh venv | tools/setup.sh install FILE [--no-deps]
set -eu
cd "$(dirname "$0")/.."

# Whatever the user has set for other projects must not redirect this one's packages.
unset PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

works() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not '"$2"')' >/dev/null 2>&1
}

# macOS still calls its Python 3.9 `python3`, so that the name alone says nothing. Versions that
# the tests run on come first; a newer one has to do where there is none of them.
find_python() {
    for range in '(3, 11) <= sys.version_info < (3, 14)' 'sys.version_info >= (3, 11)'; do
        for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 python; do
            if works "$name" "$range"; then
                echo "$name"
                return
            fi
        done
    done
}

make_venv() {
    if .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        return
    fi
    python=$(find_python)
    if [ -z "$python" ]; then
        found=$(python3 --version 2>/dev/null || echo 'none')
        echo "Hearback needs Python 3.11 or newer with its venv module; found: $found." >&2
        echo "Install it (macOS: brew install python@3.13; Debian, Ubuntu: sudo apt-get install" >&2
        echo "python3 python3-venv), or name it: make PYTHON=/path/to/python3 ..." >&2
        exit 1
    fi
    echo "Making .venv with $("$python" --version) ..."
    "$python" -m venv --clear .venv
}

case "$1" in
    venv) make_venv ;;
    install)
        echo "Installing $2; the first time takes about half a minute ..."
        .venv/bin/python -m pip install --quiet --requirement "$2" ${3:+"$3"}
        ;;
esac
