// Every command that reads a folder of results finds a manifest that is not the one that billcast wrote with them.
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Manifest } from '../../src/api/manifest.ts'
import { here } from '../end-to-end/command.ts'
import { reseal, statedIn, unseal } from '../end-to-end/manifests.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-proof-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const [made, out, other] = ['made', 'out', 'other'].map((name) => join(root, name))
const actuals = join(root, 'actuals.csv')
const plan = (base: string) => `start: 2027-01
months: 3
conversations: { base: ${base}, noise: { cv: 8% } }
offers:
  flat: { charges: [{ meter: conversations, price: $0.80 }] }
  seats: { charges: [{ fee: $30k/month }] }
`
/** The commands that read a folder of results. */
const READERS = [
  ['verify', out],
  ['verify', out, '--files'],
  ['report', out, '--out', '-'],
  ['track', out, actuals, '--trials', '1024'],
]
const stated = () => statedIn(out) as unknown as Manifest
const manifest = join(out, 'manifest.json')

beforeAll(async () => {
  writeFileSync(actuals, 'month,conversations\n2027-01,41000\n')
  for (const [folder, base] of [
    [made, '40k'],
    [other, '50k'],
  ]) {
    writeFileSync(join(root, 'plan.yaml'), plan(base))
    expect(await here(['run', join(root, 'plan.yaml'), '--trials', '64', '--out', folder, '--quiet'])).toMatchObject({ status: 0 })
  }
})
beforeEach(() => {
  rmSync(out, { recursive: true, force: true })
  cpSync(made, out, { recursive: true })
})

/** Every reader ends with the code 2 and this line, or those that are named. */
async function refused(line: RegExp, readers = READERS): Promise<void> {
  for (const reader of readers) {
    const { status, stdout, stderr } = await here(reader)
    expect([reader[0], status, stdout]).toEqual([reader[0], 2, ''])
    expect(stderr).toMatch(line)
    expect(stderr.trimEnd()).not.toContain('\n')
  }
}

describe('a manifest', () => {
  it('of which a figure was changed is refused by every command that reads it', async () => {
    const text = readFileSync(manifest, 'utf8')
    const changed = text.replace(/"amount": \d+\.\d+/, '"amount": 1.5')
    expect(changed).not.toBe(text)
    writeFileSync(manifest, changed)
    await refused(/manifest\.json cannot be used: its bytes have changed since billcast wrote it\. Finish it with billcast run/)
  })

  it('that is cut off, or has lost its SHA-256, is refused', async () => {
    const bytes = readFileSync(manifest)
    writeFileSync(manifest, bytes.subarray(0, -1))
    await refused(/manifest\.json cannot be used: its bytes have changed/, READERS.slice(0, 1))
    writeFileSync(manifest, bytes.subarray(0, -5))
    await refused(/manifest\.json cannot be used: it is not JSON/, READERS.slice(0, 1))
    cpSync(made, out, { recursive: true })
    unseal(out, stated())
    await refused(/its bytes have changed/, READERS.slice(0, 1))
  })

  it('that says of a seed that it is another contradicts its identity', async () => {
    reseal(out, { ...stated(), seed: 'another' })
    await refused(/manifest\.json contradicts itself: its scenario, seed and trials do not give its identity\./)
  })

  it('with the text of another plan is refused, and verify repeats that plan', async () => {
    const { report } = stated()
    const scenario = report.live.scenario.replace('40k', '41k')
    reseal(out, { ...stated(), report: { ...report, live: { ...report.live, scenario } } })
    await refused(/manifest\.json contains the text of another plan than its figures belong to/, READERS.slice(1))
    const { status, stdout } = await here(READERS[0])
    expect(status).toBe(1)
    expect(stdout).toMatch(/The run does not give the same bits again: summary\.json, .*manifest\.json\./)
    expect(stdout).toMatch(
      /manifest\.json states what the run does not give: scenarioHash, identity, scenario\.conversations\.base/,
    )
  })

  it('of another run does not match the summary', async () => {
    copyFileSync(join(other, 'manifest.json'), manifest)
    await refused(/summary\.json does not match manifest\.json/, READERS.slice(2))
    for (const reader of READERS.slice(0, 2)) {
      const { status, stdout } = await here(reader)
      expect(status).toBe(1)
      expect(stdout).toContain('These files are not as they were written: summary.json')
    }
  })

  it('whose figures the run does not give is found by verify, though its SHA-256 is right', async () => {
    const { report } = stated()
    const [first, ...rest] = report.figures?.months ?? []
    const figures = { ...report.figures, months: [{ ...first, amount: first.amount + 0.01 }, ...rest] }
    reseal(out, { ...stated(), report: { ...report, figures } })
    expect(await here(READERS[0])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(
        'The run does not give the same bits again: manifest.json. manifest.json states what the run does not give: report.figures.months[0].amount.',
      ) as string,
    })
  })

  it('that lacks some of its files is found, also without a run, and so is a wrong size', async () => {
    const { files } = stated()
    reseal(out, { ...stated(), files: files.filter(({ name }) => !name.endsWith('.arrow')) })
    const line = 'manifest.json does not list these files of the run: '
    for (const reader of READERS.slice(0, 2))
      expect(await here(reader)).toMatchObject({
        status: 1,
        stdout: expect.stringContaining(`${line}months.arrow, trials.arrow`) as string,
      })
    for (const name of ['months.arrow', 'trials.arrow']) unlinkSync(join(out, name))
    reseal(out, { ...stated(), files: files.filter(({ name }) => name !== 'trials.arrow') })
    expect((await here(READERS[0])).stdout).toContain(`${line}trials.arrow`)
    cpSync(made, out, { recursive: true })
    reseal(out, { ...stated(), files: files.map((own) => ({ ...own, bytes: own.bytes + 1 })) })
    expect(await here(READERS[0])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('other bits') as string,
    })
  })

  it('of a format without SHA-256 is read, with a note', async () => {
    unseal(out, { ...stated(), format: 2 })
    for (const reader of READERS) {
      const { status, stderr } = await here(reader)
      expect([reader[0], status]).toEqual([reader[0], 0])
      expect(stderr).toContain('note: ')
      expect(stderr).toContain('manifest.json is of format 2, which has no SHA-256 of its own. A change to it may go unnoticed.')
    }
    expect((await here(READERS[0])).stdout).toMatch(/manifest\.json +without SHA-256 +same bits/)
  })
})
