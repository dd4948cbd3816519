// The files that a page gets beside a plan: those that the plan names and may read, and the reasons for the others.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { besideReader, NO_FILES } from '../../src/api/beside.ts'
import { soundPlan } from '../../src/api/check.ts'
import { filesBeside } from '../../src/platform/node/calculator/beside.ts'
import { folderReader } from '../../src/platform/node/reader.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-beside-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const folder = join(root, 'plan')
mkdirSync(join(folder, 'data'), { recursive: true })

const MONTHS = Array.from({ length: 36 }, (_, k) => `${2023 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}`)
const CSV = `month,conversations\n${MONTHS.map((month, k) => `${month},${1_000 + 10 * k + (k % 5)}`).join('\n')}\n`
writeFileSync(join(folder, 'data', 'past.csv'), CSV)
writeFileSync(join(folder, 'data', 'unnamed.csv'), CSV)
writeFileSync(join(root, 'secret.csv'), CSV)
symlinkSync(join(root, 'secret.csv'), join(folder, 'link.csv'))
writeFileSync(join(folder, 'huge.csv'), CSV + 'x'.repeat(2 ** 20))
writeFileSync(join(folder, 'latin.csv'), Buffer.from([0x6d, 0xe9, 0x0a, 0x31]))

const planOf = (history: string) =>
  `conversations: { history: ${JSON.stringify(history)} }\nresolution: { rate: 60% to 70% }\noffers: { a: { catalog: fin } }\n`
const besideOf = (history: string, allowed: readonly string[] = []) => filesBeside(planOf(history), folderReader(folder, allowed))

describe('files beside a plan', () => {
  it('are those that the plan names, and no others of its folder', async () => {
    expect(await besideOf('data/past.csv')).toEqual({ texts: { 'data/past.csv': CSV }, refused: {} })
    const plan = `${planOf('data/past.csv')}resolution: [\n`
    expect(await filesBeside(plan, folderReader(folder))).toEqual(NO_FILES)
    const mistaken = planOf('data/past.csv').replace('rate: 60%', 'rat: 60%')
    expect((await filesBeside(mistaken, folderReader(folder))).texts).toEqual({ 'data/past.csv': CSV })
  })

  it.each([
    ['../secret.csv', 'outside the folder'],
    ['data/../../secret.csv', 'outside the folder'],
    [join(root, 'secret.csv'), 'outside the folder'],
    ['link.csv', 'outside the folder'],
    ['huge.csv', 'the limit is 1 MiB'],
    ['data', 'it is a folder'],
    ['latin.csv', 'not text in UTF-8'],
    ['no.csv', 'no such file'],
    ['../plan/../secret.csv', 'outside the folder'],
    ['__proto__', 'no such file'],
  ])('do not include %j, and the page gives the reason of the command line: %s', async (name, reason) => {
    const files = await besideOf(name)
    expect(files.texts).toEqual({})
    expect(Object.values(files.refused)).toEqual([expect.stringContaining(reason)])
    const heard = soundPlan(planOf(name), besideReader(files))
    await expect(heard).rejects.toThrow(reason)
    if (name !== 'latin.csv') {
      const said = await soundPlan(planOf(name), folderReader(folder)).catch((error: unknown) => String(error))
      await expect(heard).rejects.toThrow(String(said).replace(/^ScenarioError: /, ''))
    }
  })

  it('may come from other folders that the user allows', async () => {
    expect((await besideOf('../secret.csv', [root])).texts).toEqual({ '../secret.csv': CSV })
  })

  it('that the page lacks have a message that says how to add them', async () => {
    const asked = new Set<string>()
    await expect(soundPlan(planOf('constructor'), besideReader(NO_FILES, asked))).rejects.toThrow('Drop the file on the page')
    expect([...asked]).toEqual(['constructor'])
  })
})
