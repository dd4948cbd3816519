// The extractors of the prose checker: what counts as prose, and in which line it stands.
import { expect, it } from 'vitest'
import { CODE, type Document, lineOf } from '../../scripts/prose/block.mjs'
import { htmlDocument } from '../../scripts/prose/html.mjs'
import { helpDocument, linesDocument } from '../../scripts/prose/lines.mjs'
import { markdownDocument } from '../../scripts/prose/markdown.mjs'
import { sentencesOf } from '../../scripts/prose/sentences.mjs'

const shown = ({ source, blocks }: Document) =>
  blocks.map(({ kind, text, offsets }) => [kind, text.replaceAll(/\s+/g, ' '), lineOf(source, offsets[0])])

it('a Markdown page gives its paragraphs, items, cells, headings and captions with their lines', () => {
  const page = `---
title: Left out
---
# Set a budget

billcast bills *every* contract,
see [the model](model.md).

- One item.
- Another

| name | meaning |
| --- | --- |
| trial | one year |

![A chart](chart.svg)
`
  expect(shown(markdownDocument('page.md', page))).toEqual([
    ['heading', 'Set a budget', 4],
    ['paragraph', 'billcast bills every contract, see the model.', 6],
    ['item', 'One item.', 9],
    ['item', 'Another', 10],
    ['cell', 'name', 12],
    ['cell', 'meaning', 12],
    ['cell', 'trial', 14],
    ['cell', 'one year', 14],
    ['caption', 'A chart', 16],
  ])
})

it('code, HTML, targets of links and marks of containers are no prose', () => {
  const page =
    '::: tip\nRun `billcast run` now.\n:::\n\n```sh\nbillcast told\n```\n\n<div>so many</div>\n\n[docs/model.md](docs/model.md) [says so](tells.md).\n'
  expect(shown(markdownDocument('page.md', page))).toEqual([
    ['paragraph', `Run ${CODE} now.`, 2],
    ['paragraph', `${CODE} says so.`, 11],
  ])
})

it('bold words with a period at the start of a paragraph are a heading', () => {
  expect(shown(markdownDocument('page.md', '**Precision.** Each figure has an error. **So.**\n'))).toEqual([
    ['heading', 'Precision.', 1],
    ['paragraph', ' Each figure has an error. So.', 1],
  ])
})

it('escapes and entities leave the lines of what follows right', () => {
  const page = 'It costs \\$5 &amp; more\nin 2027 &lt;now&gt;.\nIt is told.\n'
  const document = markdownDocument('page.md', page)
  const [, second] = sentencesOf(document)
  expect([second.text, lineOf(page, second.start)]).toEqual(['It is told.', 3])
})

it('sentences end at a mark, neither in a number nor at an abbreviation, and may begin with the name of the product', () => {
  const page = 'It is 5.5% more (Smith et al. 2014). billcast bills it, e.g. monthly. `fin` does not.\n'
  expect(sentencesOf(markdownDocument('page.md', page)).map(({ shown: text }) => text)).toEqual([
    'It is 5.5% more (Smith et al. 2014).',
    'billcast bills it, e.g. monthly.',
    '`fin` does not.',
  ])
})

it('a report gives its text without scripts, styles, pictures and code', () => {
  const page = `<!doctype html><html><head><title>Title</title><style>p { color: red }</style></head><body>
<h1>Budget</h1><p>Ask for <b>$451,000</b>.</p><script>so many</script>
<table><tr><th>Offer</th><td>Fin</td></tr></table><div>Plain text.</div><svg><text>axis</text></svg><p>Run <code>billcast</code>.</p></body></html>`
  expect(shown(htmlDocument('report.html', page))).toEqual([
    ['heading', 'Budget', 2],
    ['paragraph', 'Ask for $451,000.', 2],
    ['cell', 'Offer', 3],
    ['cell', 'Fin', 3],
    ['paragraph', 'Plain text.', 3],
    ['paragraph', `Run ${CODE}.`, 3],
  ])
})

it('a help text gives each description in one piece, and options in it are code', () => {
  const help = `Usage: billcast run [options] <scenario>

Bill every offer, so that a
budget follows

Options:
  --trials <n>   trials to sample
  --out <folder> also write a report with
                 --inputs if asked
  -h, --help     display help for command

Commands:
  check <plan>   validate a plan

Start with:
  billcast init budget.yaml    a commented plan
`
  expect(shown(helpDocument('help', help))).toEqual([
    ['line', 'Bill every offer, so that a budget follows', 3],
    ['line', 'trials to sample', 7],
    ['line', 'display help for command', 10],
    ['line', 'validate a plan', 13],
    ['line', 'a commented plan', 16],
  ])
})

it('a plain text is read by the line', () => {
  expect(shown(linesDocument('messages.txt', 'One.\n\n  Two.\n'))).toEqual([
    ['line', 'One.', 1],
    ['line', ' Two.', 3],
  ])
})
