// The files around the batch example are not run here: they are read as their programs read them.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { here } from '../end-to-end/command.ts'

const read = (name: string): string => readFileSync(`examples/batch/${name}`, 'utf8')
/** The words after the command's name; quotes as a shell reads them. */
const words = (text: string): string[] => {
  const { stdout } = spawnSync('bash', ['-c', `set -f; printf '%s\\n' ${text}`], { encoding: 'utf8' })
  return stdout.trimEnd().split('\n')
}

/** Whether the command knows all options of a call. */
async function known(call: readonly string[]): Promise<void> {
  const { stdout } = await here([call[0], '--help'])
  for (const word of call.slice(1)) if (word.startsWith('--')) expect(stdout).toContain(`${word} `.trimEnd())
}
const callIn = (text: string): string[] => words(/billcast (batch [^\n>]*)/.exec(text.replace(/\s2>>.*$/m, ''))?.[1] ?? '')

describe('examples/batch', () => {
  it('has twelve business units, each a scenario with a budget', async () => {
    const files = readdirSync('examples/batch/plans')
    expect(files).toHaveLength(12)
    for (const file of files) {
      const { status, stderr } = await here(['check', `examples/batch/plans/${file}`])
      expect([file, status, stderr]).toEqual([file, 0, ''])
      expect(read(`plans/${file}`)).toMatch(/^budget: \{ offer: fin, amount: \$/m)
    }
  })

  it('crontab: five fields, and a call that the command knows', async () => {
    const [line] = read('crontab')
      .split('\n')
      .filter((text) => text !== '' && !text.startsWith('#'))
    expect(line).toMatch(/^(?:[\d*/,-]+ ){5} ?\S/)
    expect(spawnSync('bash', ['-n', '-c', line.split(/\s+/).slice(5).join(' ')]).status).toBe(0)
    await known(callIn(line))
  })

  it('systemd unit and timer', async () => {
    const unit = read('billcast.service')
    for (const line of unit.split('\n')) expect(line).toMatch(/^($|#|\[(Unit|Service)\]$|[A-Z][A-Za-z]+=\S)/)
    await known(callIn(unit))
    expect(read('billcast.timer')).toMatch(/^OnCalendar=/m)
    if (!existsSync('/usr/bin/systemd-analyze')) return
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', 'examples/batch/billcast.timer'], { encoding: 'utf8' })
    expect(stderr).not.toMatch(/Unknown|Failed to parse/)
  })

  it('workflow: jobs of steps that use pinned actions or run a call that the command knows', async () => {
    const workflow = parse(read('github-workflow.yml')) as {
      on: { schedule: { cron: string }[] }
      permissions: Record<string, string>
      jobs: Record<string, { 'runs-on': string; 'timeout-minutes': number; steps: { uses?: string; run?: string }[] }>
    }
    expect(workflow.on.schedule[0].cron).toMatch(/^(?:[\d*/,-]+ ?){5}$/)
    expect(workflow.permissions).toEqual({ contents: 'read' })
    for (const job of Object.values(workflow.jobs)) {
      expect(job['timeout-minutes']).toBeGreaterThan(0)
      for (const step of job.steps) {
        expect([step.uses, step.run].filter((what) => what !== undefined)).toHaveLength(1)
        if (step.uses !== undefined) expect(step.uses).toMatch(/^actions\/[\w-]+@v\d+$/)
      }
    }
    await known(callIn(read('github-workflow.yml')))
  })

  it('Dockerfile: a pinned image, a user of its own, and a command that hears SIGTERM', async () => {
    const lines = read('Dockerfile')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    for (const line of lines) expect(line).toMatch(/^(FROM|WORKDIR|COPY|RUN|USER|ENTRYPOINT|CMD) \S/)
    expect(lines[0]).toMatch(/^FROM node:\d+-bookworm-slim$/)
    const at = (name: string) => lines.findIndex((line) => line.startsWith(`${name} `))
    expect(at('USER')).toBeGreaterThan(at('RUN'))
    expect(at('USER')).toBeLessThan(at('ENTRYPOINT'))
    const [entry, arguments_] = ['ENTRYPOINT', 'CMD'].map((name) => JSON.parse(lines[at(name)].slice(name.length + 1)) as string[])
    expect(entry).toEqual(['node', 'node_modules/billcast/dist/cli/billcast.js', 'batch'])
    await known(['batch', ...arguments_])
  })
})
