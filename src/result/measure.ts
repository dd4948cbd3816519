/** What a vendor invoices, or that with the people and the buyer's own running costs. */
export type Measure = 'bill' | 'total'
