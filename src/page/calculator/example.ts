// A line above the form describes the example that the page shows, and links to the other example.
import { type ComponentChild, h } from 'preact'
import { FIRST_PLAN } from './plan.ts'
import type { Store } from './store.ts'

/** The plan of the article's market, which the build puts in (scripts/calculator.mjs). */
declare const ARTICLE: string

const EXAMPLES = () => [
  {
    plan: FIRST_PLAN,
    words: 'Example: three close quotes, seasons of CFPB complaints. Type over it.',
    other: ARTICLE,
    open: "Open the article's example",
  },
  {
    plan: ARTICLE,
    words: "The article's example: five vendors at catalog prices. Type over it.",
    other: FIRST_PLAN,
    open: 'Open three close quotes',
  },
]

export function ExampleNote({ store }: { readonly store: Store }): ComponentChild {
  const found = EXAMPLES().find(({ plan }) => plan === store.state.plan)
  return (
    found &&
    h(
      'p',
      { class: 'note example' },
      `${found.words} `,
      h('button', { class: 'link', onClick: () => store.edit(found.other) }, found.open),
    )
  )
}
