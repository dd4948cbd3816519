// Somebody or something said that it was solved.
import type { ResolutionDefinition } from './definition.ts'

export const verified: ResolutionDefinition = {
  words: () => 'The AI took part and no person did, and the outcome was confirmed, by the customer or by a check of it.',
  resolvedAt: ({ involved, escalated, confirmed }) => (involved && Number.isNaN(escalated) ? confirmed : Number.NaN),
}
