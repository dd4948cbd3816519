// Contracts that make no sense, and what is said about each: errors.test.ts compares, test/messages lists all.

const meter = 'resolutions'
const charge = 'offers.offer.charges[0]'

type Wrong = readonly (readonly [wrong: object, message: string])[]

/** As the only charge. */
export const CHARGES: Wrong = [
  [
    {
      meter,
      graduated: [
        { to: 100, price: 1 },
        { to: 50, price: 0.9 },
      ],
    },
    `${charge}.graduated[1].to: expected a quantity above 100, got 50`,
  ],
  [
    { meter, volume: [{ price: 1 }, { to: 50, price: 0.9 }] },
    `${charge}.volume[0].to: expected a bound at every tier but the last`,
  ],
  [{ meter, bundles: [{ to: 0, fee: 1 }] }, `${charge}.bundles[0].to: expected a quantity above 0, got 0`],
  [{ meter, graduated: [] }, `${charge}.graduated: expected at least 1`],
  [
    { meter, price: [{ until: '2027-06', value: 1 }, { until: '2027-03', value: 2 }, { value: 3 }] },
    `${charge}.price[1].until: expected a month after 2027-06, where the stage before ends, got 2027-03`,
  ],
  [{ meter, price: [{ value: 1 }, { value: 2 }] }, `${charge}.price[0].until: expected a month at every stage but the last`],
  [{ meter, price: [{ until: '2027-06', value: 1 }] }, `${charge}.price[0].until: expected no month at the last stage`],
  [{ meter, price: -1 }, `${charge}.price: expected an amount ≥ 0, got -1`],
  [{ meter, price: 'normal(1, 1)' }, `${charge}.price: expected an amount ≥ 0 in nearly all draws`],
  [{ meter, price: 1, rollover: 2 }, `${charge}.rollover: expected nothing without \`included\``],
  [{ meter, commitment: 5, price: 1 }, `${charge}.overage: expected`],
  [
    { meter, price: 1, overage: 2 },
    `${charge}.overage: expected nothing here, since without a commitment there is nothing to exceed, got 2`,
  ],
  [
    { price: '$115/month', seats: {} },
    `${charge}.seats.perAgent: expected conversations a month that one person handles, above 0, got nothing`,
  ],
  [{ fee: '$12k', once: true }, `${charge}.once: unknown key: once is a period, such as fee: $12k/once`],
  [{ price: 1 }, `${charge}.meter: expected what the charge counts`],
  [{ meter, credits: { actions: 2 }, price: 1 }, `${charge}.credits: expected nothing beside \`meter\``],
  [{ credits: { actions: 0 }, price: 1 }, `${charge}.credits: expected credits for at least one meter`],
  [
    { meter, graduated: [{ price: 1 }], volume: [{ price: 1 }] },
    `${charge}.volume: expected one model a charge, got graduated and volume`,
  ],
  [{ meter, graduated: [{ price: 1 }], minimum: '50/month' }, `${charge}.minimum: expected money such as $30k/year`],
  [{ meter, commitment: 5, price: 1, overage: 1, minimum: '50/month' }, `${charge}.minimum: expected money such as $30k/year`],
  [{ meter, package: 5, price: 1, minimum: 50 }, `${charge}.minimum: expected money such as $30k/year`],
  [
    { meter, bundles: [{ fee: 1 }], included: 5 },
    `${charge}.included: expected nothing here, since what a bundle holds is in its fee`,
  ],
  [{ meter, price: 1, ratchet: true }, `${charge}.ratchet: expected nothing here, since only bundles have levels that hold`],
  [{ fee: 5, included: 5 }, `${charge}.included: expected nothing here, since a fee is due whatever is used`],
  [{ fee: '$5/month', per: 'year' }, `${charge}.per: expected one period, got /month in the fee and per: year`],
  [{ seats: 4, price: 5, minimum: 10 }, `${charge}.minimum: expected nothing: the number of seats is stated`],
  [{ seats: { perAgent: 60 }, price: 5, paid: 'upfront' }, `${charge}.paid: expected monthly`],
  [{ seats: 4, price: '$5/once' }, `${charge}.price: expected a price a month, quarter or year`],
  [{ meter, price: 1, paid: 'upfront' }, `${charge}.paid: expected nothing here, since what is used is billed`],
  [{ meter, price: 1, from: '2027-05', until: '2027-03' }, `${charge}.until: expected a month from 2027-05 on, got 2027-03`],
  [{ meter: 'tickets', price: 1, limit: 50 }, `${charge}.limit: expected a limit on what the AI does`],
  [
    { meter, commitment: 5, price: 1, overage: 1, limit: '$50' },
    `${charge}.limit: expected a quantity: no charge of the offer is in the layer usage`,
  ],
  [{ meter, package: 5, price: 1, limit: '$50' }, `${charge}.package: expected no amount that jumps beside a limit of money`],
  [
    { meter, price: 1, included: { perSeat: 5 } },
    `${charge}.included: expected a quantity such as 50/month: the offer has no seats charge`,
  ],
  [{ meter, price: 1, discount: '100%' }, `${charge}.discount: expected a share from 0% to less than 100%`],
  [{ meter, price: 1, escalator: '7%/month' }, `${charge}.escalator: expected a share a year such as 7%/year`],
  [{ meter, price: 1, included: '$5' }, `${charge}.included: expected a quantity`],
  [{ meter, price: 1, maximum: '$5/once' }, `${charge}.maximum: expected a period of month, quarter or year`],
  [
    { meter, commitment: [{ until: '2027-06', value: '5/month' }, { value: '5/year' }], price: 1, overage: 1 },
    `${charge}.commitment[1].value: expected a quantity for the same period`,
  ],
  [
    { meter, price: '€1' },
    'exchange.EUR: expected what one EUR costs in USD (offers.offer.charges[0].price is in it), got nothing',
  ],
  [{ meter, price: '€1 to £2' }, `${charge}.price: expected one currency in one amount`],
  [{ meter, prize: 1 }, 'expected a charge with'],
]

/** Beside a good charge. */
export const TERMS: Wrong = [
  [{ minimum: '50/once' }, 'offers.offer.minimum: expected an amount and its period, such as $240k/year'],
  [{ paid: 'upfront' }, 'offers.offer.paid: expected nothing without `minimum`'],
  [{ refund: { months: 0, below: '5%' } }, 'offers.offer.refund.months: expected a whole number of months from 1 to 240'],
  [{ renewal: { month: 12, change: 50 } }, 'offers.offer.renewal.change: expected a change such as 5% or -10% (did you mean 50%?)'],
  [{ renewal: { month: 12, change: 'normal(-90%, 50%)' } }, 'offers.offer.renewal.change: expected a change from -100% on'],
  [{ guarantee: { months: 12, notAbove: '65%' } }, 'offers.offer.guarantee.payment: expected'],
  [{ currency: 'euro' }, 'offers.offer.currency: expected a currency code such as USD'],
  [{ running: '€5' }, "offers.offer.running: expected an amount in USD, the scenario's currency, got one in EUR"],
]
