#!/usr/bin/env bash
# A run in shards on the cores of one machine, or of several by ssh (--sshlogin), with GNU parallel.
#   examples/distributed/parallel.sh PLAN SHARES OUT [--trials 10m …]
# A shard that fails is repeated twice. Finished shards are skipped, so the same call continues after a kill.
set -euo pipefail
plan=$1 shares=$2 out=$3
shift 3
mkdir -p "$out/shards"
name=$(basename "${plan%.*}")
for k in $(seq "$shares"); do
  file=$(printf '%s/shards/%s.%03d-of-%03d.shard' "$out" "$name" "$k" "$shares")
  [[ -e $file ]] || echo "$k"
done | parallel --retries 3 --halt soon,fail=1 --jobs "${JOBS:-100%}" \
  billcast run "$plan" --shard "{}/$shares" --out "$out/shards" --threads 1 --quiet "$@"
billcast merge "$out/shards/$name".*.shard --out "$out/result"
