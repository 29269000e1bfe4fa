#!/usr/bin/env bash
# Installs the packages Lathe is built with, on Debian and Ubuntu; elsewhere prints what is needed. Idempotent.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mapfile -t packages < <(grep -v '^#' "$here/packages.txt")

if ! command -v apt-get >/dev/null; then
    echo "Lathe installs packages itself only on Debian and Ubuntu. Please install the equivalents of:"
    printf '  %s\n' "${packages[@]}"
    echo "Then run this command again with LATHE_SKIP_INSTALL=1."
    exit 1
fi
missing=()
for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "Installing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Installing packages needs root: run this as root, or install sudo."; exit 1; }
    as_root=(sudo)
fi
# The tests call sshd by its path with a configuration of their own. That its package is installed for them must not
# open a port of this machine, neither now nor after the next start.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    trap '"${as_root[@]}" rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
    "${as_root[@]}" chmod 755 $policy
fi
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
if [[ " ${missing[*]} " == *" openssh-server "* ]] && command -v systemctl >/dev/null; then
    "${as_root[@]}" systemctl disable ssh.service ssh.socket >/dev/null 2>&1 || true
fi
