#!/bin/bash
# Makes a folder with a Debian, which is mounted, the root of a machine of its own: with its own processes, name and network, in
# which nothing but loopback is there. Its first process ends when the standard input does, and everything in the machine
# with it, whatever has happened to the program that started it.
#
#   unshare --pid --uts --ipc --net --fork enter.sh ROOT
set -euo pipefail
root=$1
ip link set lo up
hostname ledger
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mkdir -p "$root/dev/pts" "$root/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -sfn /proc/self/fd "$root/dev/fd"
for i in 0:stdin 1:stdout 2:stderr; do ln -sfn "/proc/self/fd/${i%:*}" "$root/dev/${i#*:}"; done
mkdir -p "$root/run/lock"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
rm -f "$root/dev/ptmx"
ln -s pts/ptmx "$root/dev/ptmx"
for folder in ${MACHINE_BINDS:-}; do
  mkdir -p "$root/${folder#*:}"
  mount --bind "${folder%%:*}" "$root/${folder#*:}"
done
touch "$root/usr/local/lib/stand-ins/node"
mount --bind "$MACHINE_NODE" "$root/usr/local/lib/stand-ins/node"
# Orphans of the machine become children of this shell, which waits for them between two reads.
exec chroot "$root" /bin/bash --norc -c 'echo ready; while read -r -t 5 || (($? > 128)); do :; done'
