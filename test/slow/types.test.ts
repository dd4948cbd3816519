// The types of the built package, as compilers and editors of its users see them.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import ts from 'typescript-6'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { long } from '../effort.ts'

/** The oldest that is three years old, those between, and the newest. The long tests run them all. */
const COMPILERS = ['typescript-5.3', 'typescript-5.8', 'typescript-6', 'typescript']
const run = long ? COMPILERS : [COMPILERS[0], COMPILERS[COMPILERS.length - 1]]

const folder = mkdtempSync(join(tmpdir(), 'billcast-types-'))
const at = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const PLAN = `{
  conversations: { base: '45k to 60k', noise: { cv: '8%' } },
  resolution: { rate: [{ until: '2027-06', value: '50%' }, { value: { p10: '60%', p90: '70%' } }] },
  offers: {
    fin: { catalog: 'fin', charges: { outcomes: { price: '$0.89' } } },
    flat: { charges: [{ meter: 'conversations', price: 0.71 }] },
  },
}`

/** What a user may write, and what must not compile. */
const PROGRAM = `
import { breakEven, charts, check as checkedPlan, offers, ScenarioError, simulate, type Scenario, type Summary } from 'billcast'
import { type Estimate, submit } from 'billcast/queue'

const plan = ${PLAN} satisfies Scenario
const result = await simulate(plan, { trials: 4_096, folder: '.' })
const budget: Estimate = result.budget('fin', 0.8)
const summary: Summary = result.summary
await result.save('results', { formats: ['parquet', 'xlsx'] })
const bytes: Uint8Array = await result.toParquet('months')
const queued = await submit(plan)
export const same: typeof result = queued
export const used = [budget, summary, bytes, breakEven, charts, checkedPlan, offers, ScenarioError]

interface Own { months: number; conversations: { base: string }; offers: Record<string, { catalog: string }> }
export const runs = (own: Own) => simulate(own)
// @ts-expect-error: a misspelled key
export const slip = { conversatons: { base: '50k' }, offers: {} } satisfies Scenario
// @ts-expect-error: a misspelled option
export const option = simulate(plan, { trails: 1 })
`

const IN_BROWSER = `
import { simulate, type Scenario } from 'billcast'
const plan = ${PLAN} satisfies Scenario
export const result = await simulate(plan, { files: { 'plan.csv': 'month,conversations' } })
// @ts-expect-error: a browser reads no folders
export const folder = simulate(plan, { folder: '.' })
`

const config = (files: readonly string[], more: object) => ({
  compilerOptions: {
    target: 'es2022',
    lib: ['es2022', 'dom'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    ...more,
  },
  files,
})
const nodes = { module: 'nodenext', types: [], skipLibCheck: false }

beforeAll(() => {
  mkdirSync(at('node_modules'))
  symlinkSync(resolve('.'), at('node_modules/billcast'), 'junction')
  writeFileSync(at('package.json'), '{ "type": "module" }')
  writeFileSync(at('program.ts'), PROGRAM)
  writeFileSync(at('page.ts'), IN_BROWSER)
  writeFileSync(at('tsconfig.json'), JSON.stringify(config(['program.ts'], nodes)))
  const page = { module: 'esnext', moduleResolution: 'bundler', types: [], customConditions: ['browser'], skipLibCheck: true }
  writeFileSync(at('page.json'), JSON.stringify(config(['page.ts'], page)))
})

/** The errors of a compiler. */
function errors(compiler: string, project: string): string[] {
  const tsc = resolve('node_modules', compiler, 'bin/tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', at(project)], { encoding: 'utf8', cwd: folder })
  return stdout.split('\n').filter((line) => /error TS/.test(line))
}

describe.each(run)('%s', (compiler) => {
  it('checks a program and the declarations of the package', () => {
    // Types of flatbuffers, which apache-arrow needs, are for TypeScript 5.7 and later.
    const own = errors(compiler, 'tsconfig.json').filter((line) => compiler !== 'typescript-5.3' || !line.includes('flatbuffers'))
    expect(own).toEqual([])
  }, 900_000)
})

it('gives a browser project the types of a browser', () => {
  expect(errors('typescript', 'page.json')).toEqual([])
})

describe('the declarations', () => {
  const files = () => execFileSync('find', ['dist', '-name', '*.d.ts'], { encoding: 'utf8' }).trim().split('\n')
  it('name only the table library, and hold no inner types', () => {
    const texts = files().map((file) => readFileSync(file, 'utf8'))
    const imported = texts.flatMap((text) => [...text.matchAll(/from ['"]([^.'"][^'"]*)['"]/g)].map(([, name]) => name))
    expect([...new Set(imported)]).toEqual(['apache-arrow'])
    for (const text of texts) expect(text).not.toMatch(/\bzod\b|\bTrials\b|\bResolvedScenario\b/)
  })
})

/** An editor's view of a file. */
function editor(file: string, text: string): ts.LanguageService {
  writeFileSync(at(file), text)
  const options = ts.parseJsonConfigFileContent(config([file], nodes), ts.sys, folder).options
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [at(file)],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(name) ?? '') : undefined),
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (own) => ts.getDefaultLibFilePath(own),
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
  })
}

describe('an editor', () => {
  const text = `import type { Scenario } from 'billcast'
export const plan = { resolution: { rate: '65%', /*key*/ }, run: { method: '/*word*/' }, offers: {} } satisfies Scenario
`
  let service: ts.LanguageService
  beforeAll(() => {
    service = editor('edited.ts', text)
  })
  const completed = (mark: string) =>
    service.getCompletionsAtPosition(at('edited.ts'), text.indexOf(mark), {})?.entries.map(({ name }) => name) ?? []

  it('completes the keys of a plan and the words of a field', () => {
    expect(completed('/*key*/')).toEqual(
      expect.arrayContaining(['approach', 'ceiling', 'improvement', 'noise', 'returns', 'setbacks', 'source']),
    )
    expect(completed('/*word*/')).toEqual(expect.arrayContaining(['latin', 'random', 'sobol']))
  })

  it('shows the help of a key', () => {
    const info = service.getQuickInfoAtPosition(at('edited.ts'), text.indexOf('rate:'))
    expect(ts.displayPartsToString(info?.documentation)).toBe(
      "Share of the AI's conversations that it resolves, such as 60% to 70%.",
    )
  })
})
