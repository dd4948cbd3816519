#!/usr/bin/env bash
# A run in shards as a Slurm array, and a job that merges them when all are done. PLAN, OUT and RUN come from the environment:
#   PLAN=plan.yaml OUT=runs/2027 RUN="--trials 100m --no-keep-trials" examples/distributed/slurm.sh 64
# If a shard fails, repeat it by its number, sbatch --array=7 …, and submit the merge again.
set -euo pipefail
shares=${1:?how many shares}
: "${PLAN:?a scenario}" "${OUT:?a folder}"
export PLAN OUT RUN=${RUN:-} SHARES=$shares
array=$(
  sbatch --parsable --array="1-$shares" --cpus-per-task=1 --time=30 --job-name=billcast <<'JOB'
#!/usr/bin/env bash
set -euo pipefail
# shellcheck disable=SC2086 # options are words
billcast run "$PLAN" --shard "env/$SHARES" --out "$OUT/shards" --threads "$SLURM_CPUS_PER_TASK" --quiet $RUN
JOB
)
sbatch --parsable --dependency="afterok:$array" --kill-on-invalid-dep=yes --cpus-per-task=2 --time=30 --job-name=billcast-merge <<'JOB'
#!/usr/bin/env bash
set -euo pipefail
billcast merge "$OUT/shards"/*.shard --out "$OUT/result" --quiet
JOB
