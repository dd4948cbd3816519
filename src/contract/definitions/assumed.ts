// The AI had the last word and nobody asked for more: silence is taken as yes.
import { type ResolutionDefinition, overAt } from './definition.ts'

export const assumed: ResolutionDefinition = {
  words: (silence) =>
    `The AI took part and no person did; the customer confirmed, or left the AI's answer without another word for ${silence}. A customer who asked last and got no answer does not count.`,
  resolvedAt(conversation, terms) {
    const { involved, escalated, confirmed, lastCustomer, lastAgent } = conversation
    if (!involved || !Number.isNaN(escalated)) return Number.NaN
    if (!Number.isNaN(confirmed)) return confirmed
    const answered = !Number.isNaN(lastAgent) && !(lastCustomer > lastAgent)
    return answered ? overAt(conversation, terms) : Number.NaN
  },
}
