// One run on many machines: the array jobs are run where their engines are, and read as these read them everywhere.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-distributed-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const command = join(root, 'billcast')
writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli/billcast.js')}' "$@"\n`)
chmodSync(command, 0o755)
const env = { ...process.env, PATH: [root, process.env.PATH].join(delimiter) }
const has = (program: string, ...args: string[]): boolean => spawnSync(program, args, { encoding: 'utf8' }).status === 0
const plan = resolve('examples/annual-budget.yaml')
const read = (name: string): string => readFileSync(`examples/distributed/${name}`, 'utf8')

async function whole(trials: string): Promise<string> {
  return (await here(['run', plan, '--trials', trials, '--json'])).stdout
}

/** Whether `run` knows every option of a call. */
async function known(call: readonly string[]): Promise<void> {
  const { stdout } = await here([call[0], '--help'])
  for (const word of call) if (word.startsWith('--')) expect(stdout).toContain(`${word}`)
}

describe('examples/distributed', () => {
  it.runIf(has('parallel', '--version'))('GNU parallel gives the same bits as one run, and continues after a kill', async () => {
    const out = join(root, 'parallel')
    const run = () =>
      spawnSync('bash', ['examples/distributed/parallel.sh', plan, '3', out, '--trials', '4k'], { env, encoding: 'utf8' })
    const { status, stderr } = run()
    expect([status, stderr]).toEqual([0, ''])
    expect(readFileSync(join(out, 'result/summary.json'), 'utf8')).toBe(await whole('4k'))
    rmSync(join(out, 'shards/annual-budget.002-of-003.shard'))
    expect(run().status).toBe(0)
  })

  it.runIf(has('sinfo', '--noheader') && has('sbatch', '--version'))('Slurm gives the same bits as one run', async () => {
    const out = join(root, 'slurm')
    const job = spawnSync('bash', [resolve('examples/distributed/slurm.sh'), '3'], {
      cwd: root,
      env: { ...env, PLAN: plan, OUT: out, RUN: '--trials 4k' },
      encoding: 'utf8',
    })
    expect([job.status, job.stderr]).toEqual([0, ''])
    for (let k = 0; k < 60 && spawnSync('squeue', ['--noheader'], { encoding: 'utf8' }).stdout !== ''; k++)
      await new Promise((next) => setTimeout(next, 1_000))
    expect(readFileSync(join(out, 'result/summary.json'), 'utf8')).toBe(await whole('4k'))
  })

  it.each(['parallel.sh', 'slurm.sh'])('%s is a valid bash script, and the command accepts its calls', async (name) => {
    expect(spawnSync('bash', ['-n', `examples/distributed/${name}`]).status).toBe(0)
    if (has('shellcheck', '--version'))
      expect(spawnSync('shellcheck', [`examples/distributed/${name}`], { encoding: 'utf8' }).stdout).toBe('')
    const calls = [...read(name).matchAll(/billcast (run|merge) ([^\n]*)/g)].filter(([line]) => !line.includes('PLAN.'))
    expect(calls.length).toBeGreaterThanOrEqual(2)
    for (const [, verb, rest] of calls) await known([verb, ...rest.split(/\s+/)])
  })

  it('Kubernetes has an Indexed Job whose pods know their number, and a merge', async () => {
    const [shards, merge] = parseAllDocuments(read('kubernetes.yaml')).map((document) => document.toJS() as KubernetesJob)
    for (const job of [shards, merge]) {
      expect([job.apiVersion, job.kind]).toEqual(['batch/v1', 'Job'])
      const { containers, volumes, restartPolicy } = job.spec.template.spec
      expect(restartPolicy).toBe('Never')
      const names = volumes.map(({ name }) => name)
      for (const { volumeMounts } of containers) for (const { name } of volumeMounts) expect(names).toContain(name)
    }
    expect(shards.spec).toMatchObject({ completionMode: 'Indexed', completions: 16 })
    const [{ args = [] }] = shards.spec.template.spec.containers
    expect(args).toContain(`env/${shards.spec.completions}`)
    await known(args)
    const [{ command: call = [] }] = merge.spec.template.spec.containers
    await known(call[2].replace('billcast ', '').split(' '))
  })

  it('AWS Batch has an array with one member per shard', async () => {
    const { arrayProperties, containerOverrides } = JSON.parse(read('aws-batch.json')) as {
      arrayProperties: { size: number }
      containerOverrides: { command: string[] }
    }
    expect(containerOverrides.command).toContain(`env/${arrayProperties.size}`)
    await known(containerOverrides.command)
  })
})

interface KubernetesJob {
  readonly apiVersion: string
  readonly kind: string
  readonly spec: {
    readonly completions?: number
    readonly completionMode?: string
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string
        readonly volumes: readonly { readonly name: string }[]
        readonly containers: readonly {
          readonly args?: string[]
          readonly command?: string[]
          readonly volumeMounts: readonly { readonly name: string }[]
        }[]
      }
    }
  }
}
