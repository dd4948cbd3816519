// People alone, as the baseline.
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
      notes: ['What it costs is human.cost a contact: the article takes $6.00. Compare by total, not by bill.'],
    },
  },
}
