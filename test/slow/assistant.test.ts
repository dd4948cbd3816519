// `billcast mcp` with the client of the protocol's own SDK: a conversation from three quotes to a verdict, and hostile arguments.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILT, started } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-assistant-'))
const folder = join(root, 'plans')

const QUOTES = `name: Renewal
months: 12
conversations: { base: 45k to 60k, noise: { cv: 8%, autocorrelation: 0.5 } }
resolution: { rate: 58% to 72% }
offers:
  fin: { catalog: fin }
  per-conversation: { charges: [{ meter: conversations, price: $0.80 }] }
  committed: { charges: [{ meter: resolutions, commitment: 30k/month, price: $0.90, overage: $1.20 }] }
run: { seed: renewal }
`

/** A question that takes many seconds. */
const LONG = { file: 'renewal.yaml', trials: 2 ** 18, path: 'conversations.base', offers: ['fin', 'committed'] }

interface Answer {
  readonly words: string
  readonly figures: readonly { readonly name: string; readonly value: number; readonly se: number | null; readonly unit: string }[]
  readonly notes: readonly string[]
  readonly details?: Readonly<Record<string, unknown>>
}

/** The server does not use the network: any attempt ends its process. */
const NO_NETWORK = `import net from 'node:net'
import dns from 'node:dns'
const refuse = () => { process.stderr.write('network'); process.exit(99) }
net.Socket.prototype.connect = refuse
net.Server.prototype.listen = refuse
dns.lookup = refuse
`
const NO_SDK = `import { register } from 'node:module'
register('data:text/javascript,' + encodeURIComponent(\`export const resolve = (name, context, next) => {
  if (!name.startsWith('@modelcontextprotocol/')) return next(name, context)
  throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
}\`))
`
const preload = (program: string) => `--import=data:text/javascript,${encodeURIComponent(program)}`

async function connected(...args: readonly string[]) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [preload(NO_NETWORK), BUILT, 'mcp', folder, ...args],
    stderr: 'pipe',
  })
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(transport)
  const call = async (name: string, given: Record<string, unknown>) => {
    const found = await client.callTool({ name, arguments: given })
    const [{ text }] = found.content as readonly { readonly text: string }[]
    return { failed: found.isError === true, text, answer: found.structuredContent as unknown as Answer }
  }
  return { client, transport, call }
}

let open: Awaited<ReturnType<typeof connected>>
beforeAll(async () => {
  mkdirSync(folder)
  writeFileSync(join(folder, 'renewal.yaml'), QUOTES)
  writeFileSync(join(root, 'secret.csv'), 'month,conversations\n2027-01,4711\n')
  symlinkSync(join(root, 'secret.csv'), join(folder, 'link.csv'))
  open = await connected()
})
afterAll(async () => {
  await open.client.close()
  rmSync(root, { recursive: true, force: true })
})

const value = ({ figures }: Answer, name: string): number => figures.find((one) => one.name === name)?.value ?? Number.NaN

describe('a conversation', () => {
  it('lists tools that only read, each with schemas', async () => {
    const { tools } = await open.client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      ...['plan_guide', 'list_offers', 'explain_offer', 'fit_history', 'check_plan', 'run_plan'],
      ...['compare_offers', 'set_budget', 'find_break_even', 'find_fair_price', 'bill_offer'],
    ])
    for (const { annotations, outputSchema, inputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false })
      expect(outputSchema?.required).toContain('words')
      expect(inputSchema.additionalProperties).toBe(false)
    }
    expect(open.client.getInstructions()).toContain('plan_guide')
    // All of it stands in the context of an assistant.
    expect(JSON.stringify(tools).length).toBeLessThan(40_000)
  })

  it('goes from three quotes to a verdict, with the figures of the command', async () => {
    const { call } = open
    expect((await call('plan_guide', {})).text).toContain('conversations a month')
    expect((await call('list_offers', { words: 'intercom' })).text).toContain('fin ')
    expect((await call('explain_offer', { name: 'fin' })).text).toContain('price')

    // A slip in the first draft is reported with its place, as the command reports it.
    const slip = await call('check_plan', { plan: QUOTES.replace('months: 12', 'month: 12') })
    writeFileSync(join(root, 'slip.yaml'), QUOTES.replace('months: 12', 'month: 12'))
    expect(slip.failed).toBe(true)
    expect(slip.text).toBe(started(['check', join(root, 'slip.yaml')]).stderr.trimEnd())
    expect((await call('check_plan', { plan: QUOTES })).answer.words).toContain('is valid: 12 months')

    const ran = await call('run_plan', { plan: QUOTES, trials: 8_192 })
    const summary = JSON.parse(started(['run', join(folder, 'renewal.yaml'), '--trials', '8192', '--json']).stdout)
    for (const offer of ['fin', 'per-conversation', 'committed']) {
      const { bill } = summary.offers[offer]
      expect(ran.answer.figures.find(({ name }) => name === `${offer}: mean`)).toMatchObject({ ...bill.mean, unit: 'USD' })
      expect(value(ran.answer, `${offer}: P80`)).toBe(bill.percentiles.p80.value)
      expect(value(ran.answer, `${offer}: odds of being cheapest`)).toBe(summary.comparison.cheapest[offer].value)
    }
    expect(started(['compare', join(folder, 'renewal.yaml'), '--trials', '8192']).stdout).toContain(
      ran.answer.words.split(' A plan with')[0],
    )
    expect(ran.text).toContain(ran.answer.words)

    const compared = await call('compare_offers', { file: 'renewal.yaml', trials: 8_192, difference: ['fin', 'per-conversation'] })
    expect(value(compared.answer, 'fin: mean')).toBe(value(ran.answer, 'fin: mean'))
    const budget = await call('set_budget', { file: 'renewal.yaml', trials: 8_192, offer: 'fin' })
    expect(value(budget.answer, 'budget')).toBe(value(ran.answer, 'fin: P80'))
    const even = await call('find_break_even', {
      ...{ file: 'renewal.yaml', trials: 1_024, path: 'resolution.rate' },
      ...{ offers: ['fin', 'per-conversation'], bounds: ['50%', '95%'] },
    })
    expect(value(even.answer, 'resolution.rate')).toBeGreaterThan(0.8)
    const fair = await call('find_fair_price', {
      ...{ file: 'renewal.yaml', trials: 1_024, path: 'offers.per-conversation.price' },
      ...{ against: 'fin', bounds: ['$0.4', '$1'] },
    })
    expect(fair.failed).toBe(false)
    const invoice = await call('bill_offer', {
      file: 'renewal.yaml',
      offer: 'committed',
      conversations: 50_000,
      rate: '70%',
      month: '2027-01',
    })
    // 30,000 committed at $0.90, and 5,000 more at $1.20.
    expect(value(invoice.answer, 'total')).toBeCloseTo(33_000, 6)
  })

  it('reports progress to those who ask for it', async () => {
    const seen: number[] = []
    await open.client.callTool({ name: 'run_plan', arguments: { file: 'renewal.yaml', trials: 2 ** 18 } }, undefined, {
      onprogress: ({ progress, total }) => seen.push(progress / (total ?? Number.NaN)),
    })
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.every((share, k) => share >= (seen[k - 1] ?? 0) && share <= 1)).toBe(true)
  })
})

describe('hostile arguments', () => {
  const empirical = (file: string) => QUOTES.replace('58% to 72%', `"empirical(${file}, conversations)"`)
  it.each([
    ['check_plan', { file: '../secret.csv' }],
    ['check_plan', { file: '/etc/passwd' }],
    ['check_plan', { file: 'link.csv' }],
    ['fit_history', { file: '../secret.csv' }],
    ['check_plan', { plan: empirical('../secret.csv') }],
    ['check_plan', { plan: empirical('/etc/passwd') }],
    ['run_plan', { plan: empirical('link.csv') }],
    ['run_plan', { plan: QUOTES.replace('{ base: 45k to 60k', '{ monthly: ../secret.csv') }],
    ['check_plan', { plan: QUOTES.replace('{ base: 45k to 60k', '{ history: { file: ../secret.csv }') }],
  ] as const)('%s %j reads no file outside the folder', async (tool, given) => {
    const { failed, text } = await open.call(tool, given)
    expect(failed).toBe(true)
    expect(text).toContain('outside the folder that this server was started for')
    expect(text).not.toMatch(/4711|root:/)
    expect(text).not.toContain(root)
  })

  it.each([
    ['run_plan', { plan: QUOTES, trials: 2 ** 40 }, 'trials: expected a whole number from 1,024 to 1,048,576'],
    ['run_plan', { plan: QUOTES, threads: 1_000 }, 'threads: expected one of'],
    ['run_plan', { plan: QUOTES, __proto__: { trials: 1 }, constructor: 1 }, 'constructor: expected one of'],
    ['run_plan', { plan: 'a: &a [*a, *a]' }, ''],
    ['check_plan', { plan: `offers: ${'['.repeat(100_000)}` }, ''],
    ['check_plan', { plan: 'x'.repeat(2 ** 20 + 1) }, 'at most 1 MiB'],
    ['bill_offer', { plan: QUOTES, offer: '__proto__' }, 'there is no offer'],
    ['find_break_even', { plan: QUOTES, path: '__proto__.a', offers: ['fin', 'committed'] }, '__proto__'],
    ['set_budget', { plan: QUOTES, offer: 'fin\u202e', trials: 1_024 }, 'there is no offer'],
    ['fit_history', { history: 'month,conversations\n' }, ''],
    ['toString', {}, 'expected one of the tools plan_guide'],
  ] as const)('%s %# is refused with words, and the server goes on', async (tool, given, words) => {
    const { failed, text } = await open.call(tool, given)
    expect(failed).toBe(true)
    expect(text.length).toBeGreaterThan(10)
    expect(text.length).toBeLessThan(4_000)
    expect(text).toContain(words)
    expect(text).not.toContain('\u202e')
  })

  it('a plan that asks for ever larger runs is refused by its memory, and a question that takes too long ends', async () => {
    const offers = Array.from({ length: 900 }, (_, k) => `  o${k}: { charges: [{ meter: resolutions, price: $0.${100 + k} }] }`)
    const large = `${QUOTES.slice(0, QUOTES.indexOf('offers:')).replace('months: 12', 'months: 240')}offers:\n${offers.join('\n')}\n`
    const short = await connected('--seconds', '1')
    const before = performance.now()
    const { failed, text } = await short.call('compare_offers', { plan: large, trials: 2 ** 20 })
    expect(failed).toBe(true)
    expect(text).toMatch(/needs about .* of memory|expected an answer within 1 seconds/)
    const slow = await short.call('find_break_even', LONG)
    expect(slow.text).toContain('expected an answer within 1 seconds. Use fewer trials')
    expect(performance.now() - before).toBeLessThan(60_000)
    // On a busy machine, the first answers of a new thread may take longer than a second too.
    let next = await short.call('explain_offer', { name: 'fin' })
    for (let tries = 0; next.failed && tries < 20; tries++) next = await short.call('explain_offer', { name: 'fin' })
    expect(next.text).toContain('fin: Fin')
    await short.client.close()
  })

  it('a canceled question stops using the processor within 100 ms, and the next one is answered', async () => {
    const { pid } = open.transport
    const used = () => {
      const [, text = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
      const [user, system] = text.split(' ').slice(11, 13).map(Number)
      return (user + system) / 100
    }
    const cancel = new AbortController()
    const running = open.client.callTool(
      {
        name: 'find_break_even',
        arguments: { file: 'renewal.yaml', trials: 2 ** 18, path: 'conversations.base', offers: ['fin', 'committed'] },
      },
      undefined,
      { signal: cancel.signal },
    )
    const ended = expect(running).rejects.toThrow()
    await pause(1_500)
    const before = used()
    cancel.abort()
    await ended
    await open.client.ping()
    let after = used()
    for (let last = -1; last < after; ) {
      last = after
      await pause(300)
      after = used()
    }
    // A tenth of a second of the thread, and what ending it takes.
    expect(after - before).toBeLessThan(0.25)
    expect((await open.call('explain_offer', { name: 'fin' })).failed).toBe(false)
  })

  it('more questions at once than it holds are refused, and the others are answered', async () => {
    const cancel = new AbortController()
    const long = open.client.callTool({ name: 'find_break_even', arguments: LONG }, undefined, { signal: cancel.signal })
    const ended = expect(long).rejects.toThrow()
    const asked = Array.from({ length: 24 }, () => open.call('explain_offer', { name: 'fin' }))
    const refused = (await Promise.race([Promise.all(asked.slice(15)), pause(60_000, [])])).filter(({ failed }) => failed)
    expect(refused.length).toBe(9)
    expect(refused[0].text).toContain('expected at most 16 questions at once')
    cancel.abort()
    await ended
    expect((await Promise.all(asked.slice(0, 15))).filter(({ failed }) => failed)).toEqual([])
  })
})

describe('the server', () => {
  const run = (input: string, ...args: readonly string[]) =>
    new Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>((resolve) => {
      const child = spawn(process.execPath, args)
      const said = { stdout: '', stderr: '' }
      for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (data) => (said[name] += String(data)))
      child.on('close', (code) => resolve({ code, ...said }))
      child.stdin.on('error', () => undefined)
      child.stdin.end(input)
    })

  it('ends with the input, and notes lines that are no messages', async () => {
    const { code, stdout, stderr } = await run('not a message\n', BUILT, 'mcp', folder)
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toMatch(/^note: /)
  })

  it('ends when a message is longer than a plan and a history', async () => {
    const { code, stdout, stderr } = await run('x'.repeat(5 * 2 ** 20), BUILT, 'mcp', folder)
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toContain('exceeded maximum size')
  })

  it('says how to install the SDK where it is missing', async () => {
    const { code, stderr } = await run('', preload(NO_SDK), BUILT, 'mcp', folder)
    expect(code).toBe(2)
    expect(stderr).toBe(
      'a server for assistants needs @modelcontextprotocol/sdk, which is not installed. Run npm install @modelcontextprotocol/sdk\n',
    )
  })

  it('refuses a folder that does not exist', async () => {
    const { code, stderr } = await run('', BUILT, 'mcp', join(root, 'none'))
    expect(code).toBe(2)
    expect(stderr).toContain('expected a folder that holds plans, but there is no such file or folder')
  })
})
