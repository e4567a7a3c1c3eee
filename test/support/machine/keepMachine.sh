#!/bin/bash
# Makes a machine in FOLDER/root, keeps it while the standard input is open, and removes the folder afterwards. What it
# mounts is in a namespace of its own, and is gone with its processes.
#
#   keepMachine.sh SUITE FOLDER [CACHE]
trap '' INT TERM HUP
here=$(dirname "$(readlink -f "$0")")
suite=$1 folder=$2 cache=${3:-}
keep() {
  set -euo pipefail
  mount --make-rprivate /
  mkdir -p "$folder/root" "$folder/disk"
  # One large file is removed at once, and some 300,000 small ones in minutes.
  truncate --size 16G "$folder/image"
  mkfs.ext4 -q -F -O ^has_journal -E lazy_itable_init=1,nodiscard "$folder/image" 2> /dev/null &&
    mount -o loop "$folder/image" "$folder/disk" 2> /dev/null || rm -f "$folder/image"
  mkdir -p "$folder/disk/empty" "$folder/disk/upper" "$folder/disk/work"
  # Nothing in it has to survive a power cut: `volatile` lets no program wait for the disk.
  layers="lowerdir=$folder/disk/empty,upperdir=$folder/disk/upper,workdir=$folder/disk/work"
  mount -t overlay -o "$layers,volatile" machine "$folder/root" 2> /dev/null ||
    mount --bind "$folder/disk/upper" "$folder/root"
  bash --norc "$here/makeRoot.sh" "$suite" "$folder/root" "$cache" >&2 < /dev/null
  exec unshare --pid --uts --ipc --net --fork bash --norc "$here/enter.sh" "$folder/root"
}
export -f keep
export here suite folder cache
unshare --mount bash --norc -c keep
rm -rf --one-file-system "$folder"
