// Definitions of a resolution: each is a predicate over one conversation, with its wording for people.

/** One conversation as it happened: instants in milliseconds since 1970 (UTC), NaN where something did not happen. */
export interface Happened {
  readonly started: number
  /** Whether the AI took part. */
  readonly involved: boolean
  /** When it was handed to a person. */
  readonly escalated: number
  /** When the customer, or a check of the outcome, confirmed that it was solved. */
  readonly confirmed: number
  readonly lastCustomer: number
  readonly lastAgent: number
  /** When the customer came back with the same issue. */
  readonly reopened: number
}

export interface DefinitionTerms {
  /** Silence after which a conversation is over, in milliseconds. */
  readonly silence: number
  /** When the export was taken. A silence that is not over by then may still be broken. */
  readonly until: number
}

export interface ResolutionDefinition {
  /** The definition in plain language. */
  words(silence: string): string
  /** When the conversation was resolved; NaN where it was not. */
  resolvedAt(conversation: Happened, terms: DefinitionTerms): number
}

/** When the last message of either side was written. */
const lastWord = ({ started, lastCustomer, lastAgent }: Happened): number =>
  Math.max(started, Number.isNaN(lastCustomer) ? started : lastCustomer, Number.isNaN(lastAgent) ? started : lastAgent)

/** When the silence after the last message was over; NaN where the export ends before. */
function overAt(conversation: Happened, { silence, until }: DefinitionTerms): number {
  const over = lastWord(conversation) + silence
  return over <= until ? over : Number.NaN
}

const timeout: ResolutionDefinition = {
  words: (silence) =>
    `The AI took part, and no person had taken over by the time ${silence} passed without a message. A customer who gave up counts as resolved.`,
  resolvedAt(conversation, terms) {
    const over = overAt(conversation, terms)
    // A handover at the very end of the silence comes too late.
    return conversation.involved && !(conversation.escalated < over) ? over : Number.NaN
  },
}

const assumed: ResolutionDefinition = {
  words: (silence) =>
    `The AI took part and no person did. The customer confirmed, or did not reply to the AI's answer for ${silence}. A customer who asked last and got no answer does not count.`,
  resolvedAt(conversation, terms) {
    const { involved, escalated, confirmed, lastCustomer, lastAgent } = conversation
    if (!involved || !Number.isNaN(escalated)) return Number.NaN
    if (!Number.isNaN(confirmed)) return confirmed
    const answered = !Number.isNaN(lastAgent) && !(lastCustomer > lastAgent)
    return answered ? overAt(conversation, terms) : Number.NaN
  },
}

const verified: ResolutionDefinition = {
  words: () =>
    'The AI took part and no person did, and the customer or a check of the outcome confirmed that the issue was solved.',
  resolvedAt: ({ involved, escalated, confirmed }) => (involved && Number.isNaN(escalated) ? confirmed : Number.NaN),
}

/** From the widest to the narrowest. */
export const definitions = { timeout, assumed, verified } as const satisfies Readonly<Record<string, ResolutionDefinition>>
export type DefinitionName = keyof typeof definitions
export const DEFINITION_NAMES = Object.keys(definitions) as DefinitionName[]

export const windowWords = (length: string): string =>
  `Each conversation is a window of ${length} from its first message. Later messages start a new one, even about the same issue.`

/** How many windows a conversation and its return fill. @param length in milliseconds */
export function windowsOf(conversation: Happened, length: number): number {
  const { started, reopened, involved } = conversation
  if (!involved) return 0
  const last = Math.max(lastWord(conversation), Number.isNaN(reopened) ? started : reopened)
  return last >= started + length ? 2 : 1
}

const HOUR = 3_600_000

/** A duration for people: 90 minutes, 24 hours, 3 days. */
export function durationText(milliseconds: number): string {
  const hours = milliseconds / HOUR
  if (!Number.isInteger(hours)) return `${milliseconds / 60_000} minutes`
  if (hours > 48 && hours % 24 === 0) return `${hours / 24} days`
  return `${hours} hours`
}
