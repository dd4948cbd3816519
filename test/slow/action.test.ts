// The script of the GitHub Action, on a repository of its own and with a stand-in for GitHub.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = mkdtempSync(join(tmpdir(), 'billcast-action-'))
const beside = mkdtempSync(join(tmpdir(), 'billcast-action-beside-'))
const at = (...names: readonly string[]) => join(root, ...names)
const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

const PLAN = `name: Support
months: 3
conversations: { monthly: volumes.csv }
resolution: { rate: 65% }
offers: { fin: { title: "Fin \`\`\` @everyone", charges: [{ meter: resolutions, price: $0.99 }] } }
budget: { offer: fin, amount: $100k, confidence: 80% }
`
const csv = (volume: number) => `month,conversations\n2027-01,${volume}\n2027-02,${volume}\n2027-03,${volume}\n`

interface Asked {
  readonly method: string
  readonly url: string
  readonly token: string
  readonly body: string
}
const asked: Asked[] = []
let refuses = false
const comments: { id: number; body: string }[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => (body += String(part)))
  request.on('end', () => {
    const { method = '', url = '', headers } = request
    asked.push({ method, url, token: headers.authorization ?? '', body })
    const text = body === '' ? '' : (JSON.parse(body) as { readonly body: string }).body
    if (method === 'POST') comments.push({ id: 7, body: text })
    if (method === 'PATCH') comments[0].body = text
    response.writeHead(refuses ? 403 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(method === 'GET' ? comments : {}))
  })
})

let base = ''
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  mkdirSync(at('plans'))
  git('init', '--quiet')
  git('config', 'user.email', 'a@example.com')
  git('config', 'user.name', 'a')
  writeFileSync(at('plans/support.yaml'), PLAN)
  writeFileSync(at('plans/volumes.csv'), csv(50_000))
  git('add', '-A')
  git('commit', '--quiet', '-m', 'plan')
  base = git('rev-parse', 'HEAD')
})
afterAll(() => {
  server.close()
  for (const folder of [root, beside]) rmSync(folder, { recursive: true, force: true })
})

/** The environment that action.yml makes of its inputs. */
function step(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { inputs: known, runs } = parse(readFileSync('action.yml', 'utf8')) as {
    readonly inputs: Readonly<Record<string, { readonly default?: string }>>
    readonly runs: { readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[] }
  }
  expect(runs.steps.map(({ run }) => run)).toEqual(['node "$GITHUB_ACTION_PATH/scripts/action.mjs"'])
  return Object.fromEntries(
    Object.entries(runs.steps[0].env).map(([name, text]) => {
      const [, input = ''] = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(text) ?? []
      expect(Object.keys(known)).toContain(input)
      return [name, inputs[input] ?? known[input].default ?? '']
    }),
  )
}

async function acted(
  inputs: Readonly<Record<string, string>>,
  event: object = { pull_request: { number: 12, base: { sha: base } } },
) {
  writeFileSync(join(beside, 'event.json'), JSON.stringify(event))
  writeFileSync(join(beside, 'summary.md'), '')
  const command = `${process.execPath} ${resolve('dist/cli/billcast.js')}`
  const child = spawn(process.execPath, [resolve('scripts/action.mjs')], {
    cwd: root,
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, COLUMNS: '200' },
      ...step({ plan: 'plans/support.yaml', trials: '1024', token: 'secret', command, ...inputs }),
      GITHUB_EVENT_PATH: join(beside, 'event.json'),
      GITHUB_STEP_SUMMARY: join(beside, 'summary.md'),
      GITHUB_REPOSITORY: 'a/b',
      GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)))
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return { code, said, summary: readFileSync(join(beside, 'summary.md'), 'utf8') }
}

it('comments what a change costs, with the files of both plans, and passes while the budget holds', async () => {
  writeFileSync(at('plans/support.yaml'), PLAN.replace('$0.99', '$1.02'))
  const { code, summary } = await acted({})
  expect(code).toBe(0)
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /repos/a/b/issues/12/comments?per_page=100',
    'POST /repos/a/b/issues/12/comments',
  ])
  expect(asked.every(({ token }) => token === 'Bearer secret')).toBe(true)
  const [{ body }] = comments
  expect(body).toContain('### plans/support.yaml: The budget holds.')
  // 97,500 resolutions: from $96,525 to $99,450.
  expect(body).toMatch(/96,525[\s\S]*99,450/)
  expect(body).toContain('offers.fin')
  expect(summary).toBe(`${body}\n`)
  expect(summary).not.toContain('secret')
  // The name of the offer ends no fence.
  expect(body).toContain('````text')
  expect(git('worktree', 'list').split('\n')).toHaveLength(1)
})

it('replaces its comment and fails by the gate when the budget no longer holds', async () => {
  asked.length = 0
  writeFileSync(at('plans/volumes.csv'), csv(60_000))
  const { code } = await acted({})
  expect(code).toBe(3)
  expect(asked.map(({ method }) => method)).toEqual(['GET', 'PATCH'])
  expect(comments).toHaveLength(1)
  expect(comments[0].body).toContain('The budget does not hold.')
  expect((await acted({ gate: 'false', comment: 'false' })).code).toBe(0)
  expect(asked).toHaveLength(2)
})

it('shows a mistake of the plan with its place, and fails', async () => {
  writeFileSync(at('plans/support.yaml'), PLAN.replace('65%', '65'))
  const { code, summary } = await acted({ comment: 'false' })
  expect(code).toBe(2)
  expect(summary).toContain('The plan has a mistake.')
  expect(summary).toContain('resolution.rate')
})

it('says so where there is no earlier plan, no pull request, or no right to comment', async () => {
  writeFileSync(at('plans/new.yaml'), PLAN)
  expect((await acted({ plan: 'plans/new.yaml', comment: 'false', gate: 'false' })).summary).toContain('This plan is new.')
  expect((await acted({ plan: 'plans/new.yaml', gate: 'false' }, {})).summary).toContain('This run belongs to no pull request')
  refuses = true
  const { code, said } = await acted({ plan: 'plans/new.yaml', gate: 'false' })
  expect(code).toBe(0)
  expect(said).toContain('::warning::The comment was not written: GitHub answered 403')
})

it('starts no shell with its inputs, and refuses a plan that does not exist', async () => {
  const { code, said } = await acted({ plan: 'plans/$(touch hacked).yaml' })
  expect(code).toBe(2)
  expect(said).toContain('expected the name of a plan in the repository')
  expect(git('status', '--short')).not.toContain('hacked')
})
