// What counts as a resolution: a predicate over one conversation, and its words.

/** One conversation as it happened: instants in milliseconds since 1970 (UTC), NaN where something did not happen. */
export interface Happened {
  readonly started: number
  /** Whether the AI took part. */
  readonly involved: boolean
  /** Handed over to a person. */
  readonly escalated: number
  /** The customer, or a check of the outcome, confirmed that it was solved. */
  readonly confirmed: number
  /** Last message of each. */
  readonly lastCustomer: number
  readonly lastAgent: number
  /** The customer came back with the same matter. */
  readonly reopened: number
}

export interface DefinitionTerms {
  /** Silence after which a conversation is over, in milliseconds. */
  readonly silence: number
  /** When the export was taken: a silence that is not over by then is not known to last. */
  readonly until: number
}

export interface ResolutionDefinition {
  /** In plain language. */
  words(silence: string): string
  /** When it was resolved; NaN where it was not. */
  resolvedAt(conversation: Happened, terms: DefinitionTerms): number
}

/** The last that anybody wrote. */
export const lastWord = ({ started, lastCustomer, lastAgent }: Happened): number =>
  Math.max(started, Number.isNaN(lastCustomer) ? started : lastCustomer, Number.isNaN(lastAgent) ? started : lastAgent)

/** When the silence after the last word was over, NaN where the export ends before. */
export function overAt(conversation: Happened, { silence, until }: DefinitionTerms): number {
  const over = lastWord(conversation) + silence
  return over <= until ? over : Number.NaN
}
