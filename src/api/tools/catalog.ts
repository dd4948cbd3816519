// Tools about the catalog, and about how a plan is written.
import { explainOffer } from '../../contract/catalog/explain.ts'
import { catalogList, findOffers, listOffers, noSuchOffer } from '../../contract/catalog/list.ts'
import { required, option } from '../../options/option.ts'
import { textKind } from '../../options/kinds.ts'
import { TEMPLATE } from '../template.ts'
import { fieldsAt } from './guide.ts'
import { defineTool } from './tool.ts'

const NOTHING = { figures: [], assumptions: [], notes: [] } as const

export const listOffersTool = defineTool({
  title: 'List published offers',
  help: 'List the AI-support offers whose prices vendors publish, and the vendors that sell by quote with what to ask them. Start here if the user names a vendor.',
  options: {
    words: option(
      textKind('<words>', 'a word of a vendor, name or title'),
      'list only what has these words in its vendor, name or title',
    ),
  },
  answer: async ({ words }) => {
    const text = words === undefined ? listOffers() : findOffers(words)
    if (text === undefined) throw noSuchOffer(words ?? '')
    const { offers, byQuote } = catalogList(words)
    return {
      ...NOTHING,
      words: text,
      details: {
        offers: offers.map(({ name, vendor, title }) => ({ name, vendor, title })),
        byQuote: byQuote.map(({ vendor, title }) => ({ vendor, title })),
      },
    }
  },
})

export const explainOfferTool = defineTool({
  title: 'Explain a published offer',
  help: 'Explain one offer of the catalog: its charges, the source and date of every figure, stated resolution rates, and what to ask before signing. A plan uses it as `catalog: NAME`.',
  options: { name: required(textKind('<name>', 'the name of an offer'), 'an offer of the catalog, such as fin') },
  answer: async ({ name }) => {
    const text = explainOffer(name)
    const [offer] = catalogList(name).offers
    if (text === undefined || offer === undefined) throw noSuchOffer(name)
    return { ...NOTHING, words: text, details: offer }
  },
})

export const planGuideTool = defineTool({
  title: 'Show how a plan is written',
  help: 'Show a commented plan to start from, and the fields that a plan may have below a path. Ask this before you write a plan.',
  options: {
    path: option(
      textKind('<path>', 'the path of a field'),
      'show the fields below this path, such as offers.fin.charges[0]',
      'the whole plan',
    ),
  },
  answer: async ({ path }) => {
    const fields = fieldsAt(path ?? '')
    const list = fields.map(({ name, help }) => `  ${name}: ${help}`).join('\n')
    const words =
      path === undefined
        ? `${TEMPLATE}\nFields of a plan:\n${list}\n\nAsk again with a path, such as offers.fin.charges[0], for the fields below it.`
        : `Fields below ${path}:\n${list}`
    return { ...NOTHING, words, details: { fields } }
  },
})
