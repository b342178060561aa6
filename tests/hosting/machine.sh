#!/bin/bash
# A machine beside this one: its files, of which it may change its own copy alone, its own processes and a real systemd.
# machine.sh SCRATCH GROUP: as root. SCRATCH is an empty folder, GROUP the cgroup it lives in. It ends when it is killed.
# Network and kernel are shared. So nothing of the usual start-up runs, /sys and /proc/sys cannot be written, and the
# kernel's audit is left alone: a journal, and whatever a test types.
set -euo pipefail
scratch=$1 group=$2
checkout=$(realpath "$(dirname "$0")/../..")

if [ "${3:-}" != inside ]; then
    mkdir -p "$group"
    echo $$ > "$group/cgroup.procs"
    exec unshare --mount --pid --uts --ipc --cgroup --fork --kill-child "$0" "$scratch" "$group" inside
fi

mount -t tmpfs tmpfs "$scratch"
root=$scratch/root
mkdir "$scratch/changes" "$scratch/work" "$root"
mount -t overlay -o "lowerdir=/,upperdir=$scratch/changes,workdir=$scratch/work" overlay "$root"
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount --bind /sys "$root/sys"
mount -o remount,bind,ro "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
for each in run tmp dev; do mount -t tmpfs tmpfs "$root/$each"; done
mkdir "$root/dev/shm" "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
for each in null zero full random urandom tty; do
    touch "$root/dev/$each"
    mount --bind "/dev/$each" "$root/dev/$each"
done
mkdir "$root/run/checkout"
mount --bind -o ro "$checkout" "$root/run/checkout"
# Where a container's network is named by files laid over its own, those.
for each in /etc/resolv.conf /etc/hosts; do
    rm -f "$root$each"
    cp -L "$each" "$root$each"
done

cd "$root"
find etc/systemd/system usr/lib/systemd/system -name '*.wants' -prune -exec rm -rf {} +
rm -f etc/fstab
ln -sf /dev/null etc/systemd/system/systemd-journald-audit.socket
printf '[Unit]\nDefaultDependencies=no\nWants=systemd-journald.service\n' > etc/systemd/system/test.target
mkdir -p run/before
pivot_root . run/before
umount -l /run/before
echo ready
exec env -i container=test "PATH=$PATH" /lib/systemd/systemd --system --unit=test.target --log-target=journal --show-status=0
