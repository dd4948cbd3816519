// Ten thousand shards of a six-offer year: merged in under a minute of CPU and 300 MB.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { inlineExecutor } from '../../src/run/executor.ts'
import { givenFiles } from '../../src/api/given.ts'
import { identityOf } from '../../src/api/identity.ts'
import { planned, prepareScenario, runShard } from '../../src/api/run.ts'
import { sha256 } from '../../src/platform/node/hash.ts'
import { shardContent, shardName } from '../../src/platform/node/shard-file.ts'
import { VERSION } from '../../src/platform/version.generated.ts'
import { childCpu } from '../cpu.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-many-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const SHARDS = 10_000

it('ten thousand shards are merged in under 60 s of CPU and 300 MB', async () => {
  const text = readFileSync('bench/reference.yaml', 'utf8')
  const prepared = await prepareScenario(text, { trials: 1_024 * SHARDS, keepTrials: false, monthly: false }, givenFiles({}))
  const { identity, scenarioHash, part } = identityOf(planned(prepared), VERSION, sha256)
  let bytes = 0
  for (let index = 1; index <= SHARDS; index++) {
    const own = { index, count: SHARDS }
    const shard = await runShard(prepared, own, { executor: () => inlineExecutor })
    const parts: Uint8Array[] = []
    const header = { shard: own, identity, scenarioHash, part, plan: 'reference.yaml', written: prepared.written }
    await shardContent(
      header,
      shard,
    )((chunk) => {
      parts.push(chunk.slice())
      return Promise.resolve()
    })
    const whole = Buffer.concat(parts)
    bytes += whole.byteLength
    writeFileSync(join(root, shardName('reference', own)), whole)
  }
  // A result without trials and months is under 512 kB.
  expect(bytes / SHARDS).toBeLessThan(512_000)
  const memory = `data:text/javascript,process.on('exit',()=>process.stderr.write('rss '+process.resourceUsage().maxRSS))`
  const command = join(process.cwd(), 'dist/cli/billcast.js')
  const cpu = childCpu(join(root, 'merge.cpu'))
  const { status, stderr } = spawnSync(
    'bash',
    [
      '-c',
      `exec "$0" --import "$1" "$2" merge reference.*.shard --out merged --no-report --quiet`,
      process.execPath,
      memory,
      command,
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ...cpu.env } },
  )
  expect(status, stderr).toBe(0)
  expect(cpu.used()).toBeLessThan(60)
  expect(Number(/rss (\d+)/.exec(stderr)?.[1]) / 1024).toBeLessThan(300)
  const summary = JSON.parse(readFileSync(join(root, 'merged/summary.json'), 'utf8')) as { trials: number }
  expect(summary.trials).toBeGreaterThanOrEqual(1_024 * SHARDS)
}, 900_000)
