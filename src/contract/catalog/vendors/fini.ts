// Fini bills by the resolution or by the conversation.
import { cited, pricePage, type Vendor } from '../entry.ts'

const finiPage = pricePage('Fini')
const breakEven = ['Its two models cost the same at a resolution rate of 77.5% (0.69 / 0.89).']

export const fini: Vendor = {
  vendor: 'Fini',
  order: 110,
  offers: {
    'fini-resolutions': {
      title: 'Fini by the resolution',
      offer: { charges: [{ id: 'resolutions', meter: 'resolutions', price: cited('$0.89', finiPage) }] },
      notes: breakEven,
    },
    'fini-conversations': {
      title: 'Fini by the conversation',
      offer: { charges: [{ id: 'conversations', meter: 'conversations', price: cited('$0.69', finiPage) }] },
      notes: breakEven,
    },
  },
}
