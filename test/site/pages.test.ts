// How pages of the repository become pages of the site.
import { describe, expect, it } from 'vitest'
import { readPage } from '../../scripts/docs/built.mjs'
import { commandPages } from '../../scripts/docs/commands.mjs'
import { rewritten } from '../../scripts/docs/links.mjs'
import { routeOf, titleOf } from '../../scripts/docs/routes.mjs'
import { slug } from '../../scripts/docs/slug.mjs'
import { commandsIn, parsedHelp } from '../../scripts/prose/help.mjs'
import { allPages } from '../../scripts/prose/pages.mjs'

it('every page of docs/ has a place in the navigation and a highest grade', () => {
  const pages = allPages().map(({ page }) => page)
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/scenario.md', 'docs/model.md', 'docs/glossary.md']))
  expect(pages.filter((page, k) => pages.indexOf(page) !== k)).toEqual([])
})

it('a page keeps its path below docs/, and a README is the first page of its folder', () => {
  expect(['README.md', 'docs/how-to/README.md', 'docs/how-to/set-a-budget.md', 'CHANGELOG.md'].map(routeOf)).toEqual([
    'index.md',
    'how-to/index.md',
    'how-to/set-a-budget.md',
    'changelog.md',
  ])
  expect(titleOf('\n# The `plan` file\n')).toBe('The plan file')
})

it('an anchor is the one that GitHub makes', () => {
  expect(['What is P80?', 'Sobol’ nets, in short', 'A – B', 'trial_id'].map(slug)).toEqual([
    'what-is-p80',
    'sobol-nets-in-short',
    'a--b',
    'trial_id',
  ])
})

describe('links', () => {
  const pages = new Set(['README.md', 'docs/model.md'])
  const at = (text: string) => rewritten('docs/how-to/a.md', text, pages, (file) => `/pictures/${file.split('/').at(-1)}`)
  it('lead to pages of the site, to pictures beside them, and else to the repository', () => {
    const { text, dead } = at(
      '[../model.md](../model.md#bits), ![A](../scaling-trials.svg), [plan](../../examples/annual-budget.yaml), [all](../../examples/),\n[web](https://a.example/b), [here](#here), [home]\n\n[home]: ../../README.md\n\n`[no](link.md)`\n',
    )
    expect(dead).toEqual([])
    expect(text).toMatch(/^\[\.\.\/model\.md\]\(\/model\.md#bits\), !\[A\]\(\/pictures\/scaling-trials\.svg\), /)
    expect(text).toMatch(/\/blob\/main\/examples\/annual-budget\.yaml\), \[all\]\(https:\S+\/tree\/main\/examples\/\),\n/)
    expect(text).toContain('[web](https://a.example/b), [here](#here), [home]\n\n[home]: /index.md\n\n`[no](link.md)`\n')
  })
  it('that lead nowhere are named with their line', () => {
    expect(at('One.\n\n[two](two.md)\n').dead).toEqual(['docs/how-to/a.md:3: two.md leads nowhere'])
  })
  it('of a built page are found with its anchors and all that it loads', () => {
    const { ids, links, loads } = readPage(
      '<h2 id="a">A</h2><a name="b" href="c.html#d">C</a><img src="e.png"><script src="f.js"></script>',
    )
    expect([[...ids], links, loads]).toEqual([['a', 'b'], ['c.html#d'], ['e.png', 'f.js']])
  })
})

describe('the page of a command', () => {
  const help = `Usage: billcast run [options] <scenario>

run a plan on many
trials

Options:
  --trials <n>  trials, such as
                1m|2m
  -h, --help    display help

Exit codes: 0 done
`
  it('has its usage, its description and every option with its text in one piece', () => {
    expect(parsedHelp(help)).toEqual({
      usage: 'billcast run [options] <scenario>',
      description: 'run a plan on many trials',
      groups: [
        {
          title: 'Options',
          kind: 'option',
          entries: [
            { term: '--trials <n>', text: 'trials, such as 1m|2m' },
            { term: '-h, --help', text: 'display help' },
          ],
        },
      ],
      rest: 'Exit codes: 0 done',
    })
    const [page] = commandPages(new Map([['run', help]]))
    expect(page.route).toBe('reference/commands/run.md')
    expect(page.text).toContain('# billcast run\n\nRun a plan on many trials.\n')
    expect(page.text).toContain('| `--trials <n>` | trials, such as 1m\\|2m |\n')
  })
  it('exists for every command of every group', () => {
    const all = `Usage: billcast [options] [command]

Options:
  --version       output the version

Run plans:
  batch           run many plans into a folder
                  each
  run <plan>      run a plan

Commands:
  help [command]  display help

Start with:
  billcast run budget.yaml   what it costs
`
    expect(commandsIn(all)).toEqual(['batch', 'run'])
    expect(parsedHelp(all).rest).toContain('billcast run budget.yaml')
  })
  it('is linked from the page of all commands', () => {
    const pages = commandPages(
      new Map([
        ['', 'Usage: billcast\n\nCommands:\n  run [options] <scenario>  run a plan\n'],
        ['run', help],
      ]),
    )
    expect(pages[0].text).toContain('| [`run [options] <scenario>`](/reference/commands/run.md) | run a plan |')
  })
})
