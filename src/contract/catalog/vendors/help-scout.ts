// Help Scout bills each resolution.
import { cited, pricePage, type Vendor } from '../entry.ts'

export const helpscout: Vendor = {
  vendor: 'Help Scout',
  order: 80,
  offers: {
    helpscout: {
      title: 'Help Scout AI Answers',
      offer: { charges: [{ id: 'resolutions', meter: 'resolutions', price: cited('$0.75', pricePage('Help Scout')) }] },
    },
  },
}
