// Freshworks sells packages of sessions, here at the current and at the former price.
import { cited, pricePage, type Vendor } from '../entry.ts'

const [freddy, former] = [pricePage('Freshworks', '2025-11-13'), pricePage('Freshworks', 'before 2025-11-13')]

export const freshworks: Vendor = {
  vendor: 'Freshworks',
  order: 70,
  offers: {
    freddy: {
      title: 'Freddy AI agent',
      offer: { charges: [{ id: 'sessions', meter: 'conversations', package: cited(100, freddy), price: cited('$49', freddy) }] },
    },
    'freddy-2024': {
      title: 'Freddy AI agent, former price',
      offer: { charges: [{ id: 'sessions', meter: 'conversations', package: cited(1000, former), price: cited('$100', former) }] },
    },
  },
}
