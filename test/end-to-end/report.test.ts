// Tests the report that --out writes: it needs nothing else, escapes all text of a scenario, and states the summary's figures.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { formatMoney } from '../../src/notation/money.ts'
import { readReport } from '../../src/platform/node/finished.ts'
import { reportMarkdown } from '../../src/present/report/markdown.ts'
import { reportHtml } from '../../src/present/report/page.ts'
import { amountsOf } from '../../src/questions/compare/rounding.ts'
import { verdictOf } from '../../src/questions/compare/verdict.ts'
import type { Summary } from '../../src/summary/summary.ts'
import { here } from './command.ts'
import { thorough } from '../effort.ts'

const folder = mkdtempSync(join(tmpdir(), 'billcast-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function reportOf(name: string, text: string): Promise<{ html: string; summary: Summary }> {
  const file = join(folder, `${name}.yaml`)
  writeFileSync(file, text)
  const out = join(folder, name)
  const { status, stderr } = await here(['run', file, '--trials', '2048', '--out', out, '--quiet'])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return {
    html: readFileSync(join(out, 'report.html'), 'utf8'),
    summary: JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary,
  }
}

/** The rows of the first table in a text, without the head. */
const rowsOf = (html: string): string[][] =>
  [...(/<tbody[^>]*>(.*?)<\/tbody>/s.exec(html)?.[1] ?? '').matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell),
  )

/** Without what a program reads. */
const markup = (html: string) => html.replace(/<script[\s\S]*?<\/script>/g, '')

const plan = `name: NAME
start: 2027-01
months: 3
conversations: { base: { value: 45k to 60k, source: SOURCE }, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { title: TITLE, charges: [{ meter: resolutions, price: $0.99 }, { fee: $500/month }] }
  flat: { charges: [{ meter: conversations, price: $0.80 }] }
budget: { offer: fin, amount: $110k }
`
const segmented = `start: 2027-01
months: 3
segments: { chat: { conversations: { base: 30k to 32k } }, voice: { conversations: { base: 5k to 15k } } }
offers: { one: { charges: [{ meter: conversations, price: $1 }] } }
`
const written = (name: string, title: string, source: string) =>
  plan.replace('NAME', JSON.stringify(name)).replace('TITLE', JSON.stringify(title)).replace('SOURCE', JSON.stringify(source))

describe('the report', () => {
  it('splits the bill by segment, with two charts, in HTML and in Markdown', async () => {
    const { html, summary } = await reportOf('segments', segmented)
    const { bill } = summary.offers.one
    expect(html.match(/<h2>[^<]*<\/h2>/g)).toContain('<h2>Segments</h2>')
    const { whole } = amountsOf(summary)
    expect(html).toContain(`The bill of one, ${whole.text(bill.mean.value)} on average, by segment.`)
    // Each column adds up to its figure of the plan, as it is shown.
    const rows = rowsOf(html.split('on average, by segment.')[2])
    const sum = (column: number) => rows.reduce((total, cells) => total + Number(cells[column].replace(/[$,%]/g, '')), 0)
    expect(rows.map(([name]) => name)).toEqual(['chat', 'voice'])
    expect(sum(1)).toBe(whole.round(bill.mean.value))
    expect(sum(2)).toBe(whole.round(bill.percentiles.p80?.value ?? 0))
    expect([sum(3), sum(4)]).toEqual([100, 100])
    const report = await readReport(join(folder, 'segments'))
    const markdown = reportMarkdown(report)
    for (const text of [html, markdown]) expect(text).toContain('makes up')
    expect(markdown).toContain('## Segments')
    expect(markdown).toMatch(/voice.*of the variance of one and/)
    expect(markdown).toContain('| segment | mean bill |')
  })

  it('states the figures of the summary', async () => {
    const { html, summary } = await reportOf('plain', written('Support budget', 'Fin', 'ticket export, 2026'))
    const { p80 } = summary.offers.fin.bill.percentiles
    expect(html).toContain('<title>Support budget: what each contract will cost</title>')
    const verdict = verdictOf(summary, { titles: { fin: 'Fin' } })
    expect(html).toContain(`<h1>${verdict?.sentences[0]}`)
    expect(html).toContain('Vendor bill, January to March 2027, USD')
    expect(html).toContain(formatMoney(p80?.value ?? 0))
    expect(html).toContain('ticket export, 2026')
    expect(html).toMatch(/Your budget of \$110,000 holds in (less than 1|more than 99|\d+) of 100 trials/)
    // The facts of the first screen come before them.
    expect([...html.matchAll(/<section(?: class="(?:ahead|begin)")?><h2>(.*?)<\/h2>/g)].map(([, heading]) => heading)).toEqual([
      'What each contract charges',
      'What we assumed',
      'What would change this answer',
      'Prices to ask for',
      'What moves the cost',
      'By month',
      'How the contracts compare',
      'Precision and details',
      'Assumptions and sources',
    ])
    // The sliders stand among what would change the answer.
    expect(html.indexOf('id="live"')).toBeGreaterThan(html.indexOf('<h2>What moves the cost'))
    expect(html.indexOf('id="live"')).toBeLessThan(html.indexOf('<h2>By month'))
    // Six charts, each for wide and for narrow pages.
    for (const size of ['wide', 'middle', 'narrow'])
      expect(markup(html).match(new RegExp(`data-for="${size}"`, 'g'))).toHaveLength(6)
    expect(html).toContain('Mar 2027')
    expect(html).toContain('--seed billcast --method sobol')
    expect(markup(html)).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('states the months so that they add up to the year, and errors only on request', async () => {
    const { html, summary } = await reportOf('precise', written('Support budget', 'Fin', 'guess'))
    const rows = rowsOf(html.split('add up to its P80.')[2])
    const amounts = rows.map((cells) => cells.slice(1).map((cell) => Number(cell.replace(/[$,]/g, ''))))
    const total = amounts.pop() ?? []
    expect(amounts).toHaveLength(3)
    expect(total.map((_, column) => amounts.reduce((sum, row) => sum + row[column], 0))).toEqual(total)
    const { whole } = amountsOf(summary)
    const offer = verdictOf(summary)?.offer ?? ''
    expect(total[2]).toBe(whole.round(summary.offers[offer].bill.percentiles.p80?.value ?? 0))
    // Details that a reader opens may hold more of it.
    let shown = markup(html)
    for (const inner of [/<details>(?:(?!<details>).)*?<\/details>/gs, /<details>.*?<\/details>/gs])
      shown = shown.replace(inner, '')
    expect(shown.match(/<table/g)?.length).toBeGreaterThan(6)
    expect(shown).not.toContain('±')
    expect(html).toMatch(
      /Simulation error is below \d+(\.\d)?% of every cost and budget\. The uncertainty of the forecast is the spread from P50 to P95\./,
    )
    expect(html).toContain(`${formatMoney(summary.offers.flat.bill.mean.value)} ±`)
  })

  it('states the saving against people as the difference of the amounts shown', async () => {
    const { html, summary } = await reportOf('people', `${written('Support', 'Fin', 'guess')}human: { cost: $6.00 }\n`)
    const [, saving] = /saves \$([\d,]+) on average/.exec(html) ?? []
    const [, alone, together] = /the same months cost \$([\d,]+)\. With [^<]* come to \$([\d,]+)\./.exec(html) ?? []
    const amount = (text = '') => Number(text.replaceAll(',', ''))
    expect(amount(alone) - amount(together)).toBe(amount(saving))
    // People alone answer every conversation at $6.00.
    expect(amount(alone) / (6 * summary.drivers.conversations.mean.value)).toBeCloseTo(1, 2)
  })

  it('grades by the odds of --clear-at, of the run and of the report', async () => {
    const file = join(folder, 'clear.yaml')
    writeFileSync(file, written('Clear', 'Fin', 'guess').replace('$0.80', '$0.69'))
    const out = join(folder, 'clear')
    const graded = () => /<li aria-current="true"><b>([^<]*)/.exec(readFileSync(join(out, 'report.html'), 'utf8'))?.[1]
    await here(['run', file, '--trials', '2048', '--out', out, '--quiet', '--clear-at', '99.9%'])
    const strict = graded()
    await here(['report', out, '--clear-at', '1%'])
    expect([strict, graded()]).toEqual(['Leaning', 'Clear'])
    expect((await here(['report', out])).status).toBe(0)
    expect(graded()).toBe('Leaning')
  })

  it('compares the best offer with the other one, and shows bad years and how P80 settles', async () => {
    const { html, summary } = await reportOf('beyond', written('Support budget', 'Fin', 'guess'))
    const { difference, cheaper } = summary.comparison
    const best = (verdictOf(summary)?.offer === 'fin' ? ['fin', 'flat'] : ['flat', 'fin']) as ['fin', 'flat'] | ['flat', 'fin']
    const gap = difference?.[best[0]]?.[best[1]]
    const { whole } = amountsOf(summary)
    const mean = (name: string) => whole.round(summary.offers[name].bill.mean.value)
    const { p10, p50, p90 } = gap?.percentiles ?? {}
    const [own, other] = best.map((name) => (name === 'fin' ? 'Fin' : name))
    const [row] = rowsOf(html.split(`>${own === 'Fin' ? own : 'Flat'} minus<`)[1])
    const dearer = cheaper?.[best[1]]?.[best[0]]?.value ?? Number.NaN
    // The mean of the difference is that of the means shown.
    expect(row.slice(0, 5)).toEqual([
      other,
      whole.text(mean(best[0]) - mean(best[1])),
      ...[p10, p50, p90].map((one) => whole.text(one?.value ?? Number.NaN)),
    ])
    expect(Number(row[5])).toBe(Math.round(100 * dearer))
    for (const words of [
      `In the worst 5% of trials, ${own} costs $`,
      `In the 5% of trials that are worst for ${own} against ${other}, the difference is `,
      'P90 of regret',
      `The skewness of the cost of ${own} is `,
      `P80 of ${own} settles at $`,
      `Counted in trials, P80 of ${own} is $`,
    ])
      expect(html).toContain(words)
  })
  it('needs no other file and no network', async () => {
    const { html } = await reportOf('alone', written('Plan', 'Fin', 'see https://example.org/prices'))
    const policy = /content="(default-src 'none'[^"]*)"/.exec(html)?.[1] ?? ''
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-[\w+/=]+' 'wasm-unsafe-eval'; worker-src blob:; base-uri 'none'; form-action 'none'$/,
    )
    // The one script that runs is the one that the policy names.
    const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes, text]) => [attributes, text])
    expect(scripts.map(([attributes]) => attributes)).toEqual([
      ' type="application/json" id="page-data"',
      ' type="application/octet-stream" id="engine"',
      '',
    ])
    expect(policy).toContain(`'sha256-${createHash('sha256').update(scripts[2][1]).digest('base64')}'`)
    expect(markup(html)).not.toMatch(/<link|<iframe|<a |@import|src=|href="(?!#)/)
    expect(html.length).toBeLessThan(2_500_000)
    // Sources are text.
    expect(html).toContain('see https://example.org/prices')
  })

  it('escapes all text of a scenario', async () => {
    const evil = '<script>alert(1)</script> & "quotes" \u2019'
    const { html } = await reportOf('evil', written(evil, evil, evil))
    expect(html.match(/<script/g)).toHaveLength(3)
    expect(html).not.toContain('<script>alert')
    expect(JSON.parse(/id="page-data">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '')).toMatchObject({
      figures: { summary: { name: evil } },
    })
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;')
  })

  it.runIf(thorough)('has the same bytes when it is made again', async () => {
    const text = written('Again', 'Fin', 'twice')
    expect((await reportOf('one', text)).html).toBe((await reportOf('two', text)).html)
  })

  it.runIf(thorough)('has sliders for the shipped example', async () => {
    const out = join(folder, 'shipped')
    const { stderr } = await here(['run', 'examples/annual-budget.yaml', '--trials', '2k', '--out', out])
    expect(stderr).not.toContain('slider')
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<script')
  })

  it('has no sliders if they would make it too large, and says so', async () => {
    const file = join(folder, 'large.yaml')
    writeFileSync(file, plan)
    const notes: string[] = []
    await here(['run', file, '--trials', '2k', '--out', join(folder, 'large'), '--quiet'])
    const data = await readReport(join(folder, 'large'))
    const html = await reportHtml({ ...data, live: { ...data.live, scenario: 'x'.repeat(2_500_000) } }, (words) =>
      notes.push(words),
    )
    expect(html).not.toContain('<script')
    expect(notes).toEqual([
      expect.stringMatching(/^This report has no sliders: with them, the page would have \d\.\d MB, and the limit is 2\.5 MB\./),
    ])
    expect(html).toContain(notes[0])
  })

  it('has no sliders if the files of the plan are too long, and says so', async () => {
    const file = join(folder, 'long.yaml')
    writeFileSync(file, `${plan}# ${'x'.repeat(1_000_000)}\n`)
    const { stderr } = await here(['run', file, '--trials', '2k', '--out', join(folder, 'long')])
    expect(stderr).toMatch(
      /note: The report has no sliders: the plan and its files have 1,000,\d{3} characters, and the limit is 1,000,000\./,
    )
    expect(readFileSync(join(folder, 'long', 'report.html'), 'utf8')).toContain('The report has no sliders')
  })

  it('leaves out figures that few trials or a single offer cannot give', async () => {
    const file = join(folder, 'tiny.yaml')
    writeFileSync(
      file,
      'months: 1\nconversations: { base: 1000 }\noffers: { one: { charges: [{ meter: conversations, price: 1 }] } }\n',
    )
    expect((await here(['run', file, '--trials', '64', '--out', join(folder, 'tiny'), '--quiet'])).status).toBe(0)
    const html = readFileSync(join(folder, 'tiny', 'report.html'), 'utf8')
    expect(html).toContain('Nothing uncertain affects the cost of one.')
    expect(markup(html)).not.toMatch(/NaN|undefined/)
  })
})
