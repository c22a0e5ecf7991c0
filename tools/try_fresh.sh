#!/bin/sh
# Runs commands in a bare Debian 12 with a fresh clone of this repository, to see what `./dev` does where nothing is.
#
#   sudo tools/try_fresh.sh [--user] [--keep] COMMAND…      for example: tools/try_fresh.sh ./dev test tests/unit
#
# --user runs as a person without rights instead of root; --keep leaves the system in place and goes on with it next time.
# Needs debootstrap and root. Nothing of this machine is changed: mounts live in a namespace of their own. The network's
# settings (mirror, resolver, certificates, proxies) are taken over from this machine, since they are not part
# of what is tried.
set -eu

repository=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cache=${TCMDESK_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tcmdesk-test}
base=$cache/fresh-bookworm.tar
system=$cache/fresh
account=root
keep=

while [ $# -gt 0 ]; do
  case $1 in
    --user) account=person ;;
    --keep) keep=1 ;;
    *) break ;;
  esac
  shift
done
[ $# -gt 0 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2; }
[ "$(id -u)" = 0 ] || { echo "try_fresh: run as root" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "try_fresh: run: sudo apt install debootstrap" >&2; exit 69; }

mkdir -p "$cache"
if [ ! -e "$base" ]; then
  mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m1 '/debian/\?$') || {
    echo "try_fresh: apt on this machine knows no Debian archive" >&2
    exit 69
  }
  echo "try_fresh: making a bare Debian 12" >&2
  work=$(mktemp -d)
  debootstrap --variant=minbase bookworm "$work" "$mirror" >&2
  tar -C "$work" -cf "$base.part" .
  mv "$base.part" "$base"
  rm -rf "$work"
fi

if [ -z "$keep" ] || [ ! -d "$system" ]; then
  rm -rf "$system"
  mkdir -p "$system"
  tar -C "$system" -xf "$base"
  chmod 755 "$system" # mktemp made it for root alone
  chroot "$system" useradd --create-home person
fi
home=$(chroot "$system" sh -c "eval echo ~$account")

# what belongs to the network, not to the system
cp -L /etc/resolv.conf "$system/etc/resolv.conf"
certificates=/etc/certificates-of-the-network.crt
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
  cp -L /etc/ssl/certs/ca-certificates.crt "$system$certificates"
  set -- "PIP_CERT=$certificates" "$@"
fi
for name in PIP_INDEX_URL http_proxy https_proxy no_proxy; do
  value=$(printenv "$name") && set -- "$name=$value" "$@"
done

if [ -z "$keep" ] || [ ! -d "$system$home/tcmdesk" ]; then
  rm -rf "$system$home/tcmdesk"
  git clone --quiet --no-hardlinks "$repository" "$system$home/tcmdesk"
  chroot "$system" chown -R "$account:$account" "$home/tcmdesk"
fi

exec unshare --mount --pid --fork sh -ec '
  system=$1 account=$2 home=$3
  shift 3
  mount -t proc proc "$system/proc"
  mount --rbind /dev "$system/dev"
  exec chroot "$system" setpriv --reuid="$account" --regid="$account" --init-groups \
    env -i --chdir="$home/tcmdesk" HOME="$home" LANG=C.UTF-8 TERM=dumb \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
' sh "$system" "$account" "$home" "$@"
