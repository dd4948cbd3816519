// Ada publishes no prices.
import { cited, type Publication, type Vendor } from '../entry.ts'

const article: Publication = { title: 'the article behind this project', publisher: 'Fini', asOf: '2026-11' }
const quoted: Publication = { title: 'quotes that buyers report', publisher: 'various', asOf: '2026-11' }
const conflict = 'the article says both $0.15 to $3.50 and $1.00 to $3.50 a conversation'

export const ada: Vendor = {
  vendor: 'Ada',
  order: 50,
  offers: Object.fromEntries(
    [
      ['ada', 'Ada, by quote', 'pert($0.35, $0.90, $1.50)', quoted] as const,
      ['ada-article', 'Ada, by the article', 'uniform($1.00, $3.50)', article] as const,
    ].map(([name, title, price, from]) => [
      name,
      {
        title,
        offer: {
          charges: [
            {
              id: 'conversations',
              meter: 'conversations',
              price: cited(price, from, conflict),
              minimum: cited('$30k/year', article),
            },
          ],
        },
        notes: ['Ada publishes no prices. The price here is uncertain, and each trial draws one.'],
      },
    ]),
  ),
}
