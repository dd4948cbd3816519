// returns: the customers who come back, although their conversation seemed resolved.
import { monthsWords } from '../months.ts'
import * as z from 'zod'
import { choice, countField, uncertainShare } from './fields.ts'

export const returns = z
  .strictObject({
    share: uncertainShare({
      label: 'Share that returns',
      help: 'share of what seems resolved in a month that comes back, such as 8% to 15%',
      staged: true,
      words: (value) => `${value} of what seems resolved comes back`,
    }),
    lag: countField({
      label: 'Lag',
      help: 'months until they come back; 0: within the same month, which only people can handle',
      range: [0, 239],
      expected: 'a whole number of months from 0 to 239',
      default: 1,
      words: (value) => `after ${monthsWords(value)}`,
    }),
    to: choice(['people', 'ai'], {
      label: 'To',
      help: 'whether people handle those who come back, or the AI may try again',
      default: 'people',
      words: (value) => (value === 'ai' ? 'to the AI' : 'to people'),
    }),
  })
  .meta({ description: 'customers who come back, although their conversation seemed resolved' })
