// Gladly bills resolutions and seats.
import { cited, pricePage, type Vendor } from '../entry.ts'

const gladlyPage = pricePage('Gladly')

export const gladly: Vendor = {
  vendor: 'Gladly',
  order: 90,
  offers: {
    gladly: {
      title: 'Gladly',
      offer: {
        charges: [
          { id: 'resolutions', meter: 'resolutions', price: cited('$0.60', gladlyPage) },
          { id: 'seats', seats: cited(10, gladlyPage, 'at least 10'), price: cited('$180/month', gladlyPage), layer: 'platform' },
        ],
      },
    },
  },
}
