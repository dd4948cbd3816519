import { findOffers, listOffers, noSuchOffer } from '../../contract/catalog/list.ts'
import { defineCommand } from '../command.ts'
import { terminalLines, toStdout } from '../streams.ts'

export const summary = 'list the offers of the catalog, find them by vendor, or explain one with its sources'
export const group = 'start'

export const command = defineCommand({
  arguments: [['[name]', 'an offer of the catalog, or a word of its vendor or title']],
  options: {},
  run(_, name) {
    const text = name === undefined ? listOffers() : findOffers(name)
    if (text === undefined) throw noSuchOffer(name ?? '')
    toStdout(terminalLines(text, process.stdout).join('\n'))
  },
})
