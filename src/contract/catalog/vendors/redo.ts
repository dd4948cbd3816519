// Redo bills resolutions in graduated tiers.
import { cited, pricePage, type Vendor } from '../entry.ts'

const redoPage = pricePage('Redo')

export const redo: Vendor = {
  vendor: 'Redo',
  order: 100,
  offers: {
    redo: {
      title: 'Redo',
      offer: {
        charges: [
          {
            id: 'resolutions',
            meter: 'resolutions',
            graduated: [
              { to: cited(50, redoPage), price: cited('$0.95', redoPage) },
              { to: cited(100, redoPage), price: cited('$0.90', redoPage) },
              { price: cited('$0.85', redoPage) },
            ],
          },
        ],
      },
      notes: ['Its worked example: 253 resolutions cost $222.55.'],
    },
  },
}
