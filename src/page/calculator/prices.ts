// The prices to ask for, from the trials of the answer, so that they agree with its budgets and its verdict.
import type { Finished } from '../../api/run.ts'
import { type AskedWords, askedWords } from '../../present/words/asking.ts'
import { priceToAsk } from '../../questions/compare/asking.ts'
import { nextTurn } from '../../pace.ts'

/** A newer request can stop it between two offers. */
export async function askedPricesOf(
  { trials, summary }: Pick<Finished, 'trials' | 'summary'>,
  signal: AbortSignal,
): Promise<readonly AskedWords[]> {
  const found: AskedWords[] = []
  for (const name of trials.names) {
    await nextTurn()
    if (signal.aborted) return []
    const asked = priceToAsk(trials, summary, name)
    if (asked) found.push(askedWords(asked))
  }
  return found
}
