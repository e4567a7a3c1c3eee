#!/bin/bash
# Makes a folder with an empty Debian: its smallest variant, sudo, and an account that may use it without a password. From
# this machine come what reaching the network takes (resolv.conf, apt's settings of how to acquire, the authorities that are
# trusted), and the stand-ins.
#
#   makeRoot.sh SUITE ROOT [CACHE]
set -euo pipefail
suite=$1 root=$2 cache=${3:-}
here=$(dirname "$(readlink -f "$0")")

if [ -n "$cache" ] && [ -f "$cache/$suite.tar" ]; then
  mkdir -p "$root"
  tar --extract --file "$cache/$suite.tar" --directory "$root"
else
  debootstrap --variant=minbase --include=ca-certificates,sudo "$suite" "$root"
  rm -f "$root"/var/cache/apt/archives/*.deb
  if [ -n "$cache" ]; then
    tar --create --one-file-system --file "$cache/$suite.tar.new" --directory "$root" .
    mv "$cache/$suite.tar.new" "$cache/$suite.tar"
  fi
fi

cp --dereference /etc/resolv.conf "$root/etc/resolv.conf"
printf '127.0.0.1 localhost ledger ledger.example\n' > "$root/etc/hosts"
apt-config dump Acquire > "$root/etc/apt/apt.conf.d/90acquire"
# The machine is thrown away, so nothing needs to be on the disk before the next step.
echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
# As in Debian's own images for containers.
for folder in doc info locale man; do echo "path-exclude=/usr/share/$folder/*"; done > "$root/etc/dpkg/dpkg.cfg.d/slim"
# There is no systemd to start what apt installs. The test starts it.
printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"

cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$root/etc/ssl/authorities.pem"
cat > "$root/etc/profile.d/authorities.sh" << 'END'
export NODE_EXTRA_CA_CERTS=/etc/ssl/authorities.pem npm_config_cafile=/etc/ssl/authorities.pem
export DEBIAN_FRONTEND=noninteractive HARDHAT_DISABLE_TELEMETRY_PROMPT=true
END
[ -z "$cache" ] || echo 'export npm_config_cache=/var/cache/npm' >> "$root/etc/profile.d/authorities.sh"
mkdir -p "$root/etc/systemd/system/multi-user.target.wants" "$root/etc/systemd/system.conf.d"
echo 'DefaultEnvironment=NODE_EXTRA_CA_CERTS=/etc/ssl/authorities.pem' > "$root/etc/systemd/system.conf.d/test.conf"

mkdir -p "$root/usr/local/lib/stand-ins"
cp "$here/systemctl.ts" "$root/usr/local/lib/stand-ins/"
echo '{ "type": "module" }' > "$root/usr/local/lib/stand-ins/package.json"
for program in systemctl journalctl; do
  printf '#!/bin/sh\nSTAND_IN=%s exec /usr/local/lib/stand-ins/node /usr/local/lib/stand-ins/systemctl.ts "$@"\n' "$program" \
    > "$root/usr/local/bin/$program"
  chmod 755 "$root/usr/local/bin/$program"
done

chroot "$root" id -u admin > /dev/null 2>&1 || chroot "$root" useradd --create-home --shell /bin/bash admin
echo 'admin ALL=(ALL) NOPASSWD: ALL' > "$root/etc/sudoers.d/admin"
