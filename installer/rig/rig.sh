#!/bin/bash
# A Windows to try the client on, on Debian 12 or newer, as root: Wine 10 in a Debian 13 chroot with a real Windows
# CPython 3.11. Not Windows: docs/windows.md says what it cannot show. About 4 minutes and 3 GB, once.
#
#   rig.sh build FOLDER            make the rig in a folder outside the repository, and install what the tests need
#   rig.sh trial FOLDER [OPTION…]  installer/rig/trial.py in it
#   rig.sh test  FOLDER [PATH…]    pytest in it (by default the rooms that docs/windows.md names)
#   rig.sh python FOLDER WORD…     any Python command in it, at the root of a copy of this repository
#   rig.sh delivery FOLDER         two versions frozen, their MSIs made, and installer/rig/delivery.py with them
set -eu
verb=${1:?build, trial, test, python or delivery}
mkdir -p "${2:?a folder outside the repository}"
rig=$(realpath "$2")
shift 2
here=$(dirname "$(realpath "$0")")
root=$(realpath "$here/../..")
ca=/etc/ssl/certs/ca-certificates.crt
tools=(pytest pytest-timeout pytest-xdist pytest-qt aiosmtpd hypothesis psutil soundfile pyyaml jsonschema openapi-spec-validator markdown-it-py
    pyinstaller 'numpy==1.26.4') # numpy 2 aborts: Wine 10 lacks a function of its

# A command in the chroot, in a mount namespace of its own. Its output goes through a file: Wine's services, which the
# first command starts and which outlive it, hold a pipe open.
inside() {
    local said status=0
    said=$(mktemp "$rig/said.XXXXXX")
    unshare -m --propagation private bash -c '
        set -eu
        chroot=$1/chroot rig=$1 said=$2 ca=$3; shift 3
        mkdir -p "$chroot$rig" "$chroot/etc/ssl/certs"
        mount -t proc proc "$chroot/proc"
        mount --rbind /dev "$chroot/dev"
        mount --bind "$rig" "$chroot$rig"
        cp /etc/resolv.conf "$chroot/etc/resolv.conf"
        cp -L "$ca" "$chroot/etc/ssl/certs/"
        echo "127.0.0.1 localhost" > "$chroot/etc/hosts"
        mapfile -t kept < <(env | grep -E "^(PIP_INDEX_URL|SOURCE_DATE_EPOCH|[a-z]*_proxy|[A-Z]*_PROXY)=" || true)
        exec chroot "$chroot" /usr/bin/env -i "${kept[@]}" HOME="$rig/home" LANG=C.UTF-8 XDG_RUNTIME_DIR=/tmp \
            PATH=/usr/lib/wine:/usr/sbin:/usr/bin:/sbin:/bin WINEPREFIX="$rig/prefix" WINEDEBUG=-all \
            WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe=" PIP_CERT="Z:${ca//\//\\}" \
            PYTHONPYCACHEPREFIX="C:\\pyc" \
            timeout "${LIMIT:-1200}" bash -c "said=\$1; shift; cd \"\$1\"; shift; exec \"\$@\" >\"\$said\" 2>&1" _ "$said" "$rig/src" "$@"
    ' _ "$rig" "$said" "$ca" "$@" || status=$?
    cat "$said"
    rm -f "$said"
    return "$status"
}

windows_python() {
    inside wine64 'C:\Python311\python.exe' "$@"
}

# It works in a copy: a rig must not change the tree, and others may work in it.
copy() {
    rm -rf "$rig/src"
    mkdir -p "$rig/src"
    git -C "$root" ls-files -z --cached --others --exclude-standard |
        (cd "$root" && xargs -0 sh -c 'for f; do [ ! -e "$f" ] || printf "%s\0" "$f"; done' _) |
        tar -C "$root" --null -T - -cf - | tar -C "$rig/src" -xf -
}

build() {
    local lib windows
    apt-get install -y -qq --no-install-recommends mmdebstrap gcc-mingw-w64-x86-64-posix unzip
    mkdir -p "$rig/home" "$rig/wheel" "$rig/pieces"
    [ -d "$rig/chroot" ] || mmdebstrap --variant=apt --include=wine64,wine,wixl,msitools,xvfb,xauth,fonts-dejavu-core,fonts-liberation trixie "$rig/chroot"
    # This wheel carries python311.dll and the standard library's extension modules as python.org builds them.
    python3 -m pip download -q --no-deps --only-binary=:all: --platform win_amd64 --python-version 3.11 \
        -d "$rig/wheel" panda3d==1.10.16
    unzip -q -o -j "$rig"/wheel/panda3d*.whl 'deploy_libs/*' -d "$rig/pieces"
    x86_64-w64-mingw32-gcc-posix -O2 -s -municode "$here/python.c" -o "$rig/pieces/python.exe"
    # python3.dll forwards every name to python311.dll.
    {
        printf 'LIBRARY python3.dll\nEXPORTS\n'
        x86_64-w64-mingw32-objdump -p "$rig/pieces/python311.dll" |
            awk '/\[Ordinal\/Name Pointer\] Table/{f=1;next} f&&/^\t\[/{print "  "$NF" = python311."$NF} f&&!/^\t\[/{if(n++>0)exit}'
    } >"$rig/pieces/python3.def"
    x86_64-w64-mingw32-gcc-posix -shared -s -nostdlib -Wl,-e,0,--no-insert-timestamp -o "$rig/pieces/python3.dll" "$rig/pieces/python3.def"
    # Of Windows 10; Wine lacks it, and Qt asks for it.
    x86_64-w64-mingw32-gcc-posix -O2 -s -shared -o "$rig/pieces/icuuc.dll" "$here/icuuc.c"
    copy
    inside bash -c 'wine64 wineboot -i; wine64 winecfg -v win10; wineserver64 -w' >/dev/null
    cp "$rig/pieces/icuuc.dll" "$rig/prefix/drive_c/windows/system32/"
    windows=$rig/prefix/drive_c/Python311
    mkdir -p "$windows/DLLs" "$windows/Lib/site-packages"
    lib=$(python3.11 -c 'import os; print(os.path.dirname(os.__file__))')
    tar -C "$lib" --exclude=__pycache__ --exclude=./site-packages --exclude=./lib-dynload --exclude=./test \
        --exclude='./config-*' --exclude='./_sysconfigdata*' --exclude=./idlelib --exclude=./lib2to3 -cf - . |
        tar -C "$windows/Lib" -xf -
    cp "$rig"/pieces/*.pyd "$rig"/pieces/lib*.dll "$rig/pieces/sqlite3.dll" "$windows/DLLs/"
    cp "$rig"/pieces/{python311.dll,VCRUNTIME140.dll,python.exe,python3.dll} "$windows/"
    windows_python -m ensurepip
    windows_python -m pip install -q --disable-pip-version-check --no-warn-script-location \
        --require-hashes -r requirements/demo.txt
    windows_python -m pip install -q --disable-pip-version-check --no-warn-script-location "${tools[@]}"
    windows_python -m download_client --version
}

# One version: frozen by the Windows Python, packed by wixl. The time of the last commit makes two builds alike.
deliver() {
    local version=$1 out=$rig/out-$1
    sed -i "s/^__version__ = .*/__version__ = \"$version\"/" "$rig/src/download_client/__init__.py"
    LIMIT=2400 windows_python installer/build.py freeze "Z:${out//\//\\}" --work "Z:${rig//\//\\}\\freezing"
    MIR_TOOLS="$here/rig.sh inside $rig" python3 "$rig/src/installer/build.py" msi "$out/MIR Download Client" \
        "$rig/client-$version.msi" --icon "$rig/freezing/client/client.ico"
    du -sh "$out/MIR Download Client" "$rig/client-$version.msi"
}

delivery() {
    local began=$SECONDS now next
    SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
    export SOURCE_DATE_EPOCH
    copy
    now=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/download_client/__init__.py")
    next=${now%.*}.$((${now##*.} + 1))
    deliver "$now"
    deliver "$next"
    echo "built in $((SECONDS - began)) s"
    mkdir -p "$rig/pictures"
    # A screen for the window; it ends with this script.
    inside_with_screen wine64 'C:\Python311\python.exe' installer/rig/delivery.py \
        "Z:${rig//\//\\}\\client-$now.msi" "Z:${rig//\//\\}\\client-$next.msi" --pictures "Z:${rig//\//\\}\\pictures"
    echo "all of it in $((SECONDS - began)) s; look at the pictures in $rig/pictures"
}

inside_with_screen() {
    LIMIT=2400 inside xvfb-run -a -s '-screen 0 1400x900x24' "$@"
}

case $verb in
build) build ;;
inside) inside "$@" ;;
delivery) delivery ;;
trial)
    copy
    windows_python installer/rig/trial.py "$@"
    ;;
test)
    copy
    [ $# -gt 0 ] || set -- tests/model tests/wav tests/retry tests/log tests/settings tests/credentials tests/ledger \
        tests/archive tests/content tests/api tests/sound tests/schedule tests/report tests/alarm tests/cli
    windows_python -m pytest -q -p no:cacheprovider --timeout=120 "$@"
    ;;
python)
    copy
    windows_python "$@"
    ;;
*)
    echo "build, trial, test, python or delivery" >&2
    exit 2
    ;;
esac
