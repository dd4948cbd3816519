// A baseline without AI.
import { cited, EXAMPLE, type Vendor } from '../entry.ts'

export const people: Vendor = {
  vendor: 'people only',
  order: 120,
  offers: {
    people: {
      title: 'People only',
      offer: {
        resolution: { rate: cited('0%', EXAMPLE, 'no AI'), ceiling: cited('0%', EXAMPLE, 'no AI') },
        charges: [{ id: 'nothing', fee: cited('$0/month', EXAMPLE, 'no vendor') }],
      },
      notes: ['Every contact costs `human.cost`; the article takes $6.00. Compare offers by `total`, not by `bill`.'],
    },
  },
}
