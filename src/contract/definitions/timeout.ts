// Nobody wrote for so long: whoever gave up counts too.
import { type ResolutionDefinition, overAt } from './definition.ts'

export const timeout: ResolutionDefinition = {
  words: (silence) =>
    `The AI took part, and ${silence} after the last message no person had taken over. A customer who gave up counts as resolved.`,
  resolvedAt(conversation, terms) {
    const over = overAt(conversation, terms)
    // A hand-over at the very end of the silence comes too late.
    return conversation.involved && !(conversation.escalated < over) ? over : Number.NaN
  },
}
