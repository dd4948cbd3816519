// What a chart of an analysis is drawn from. A call with something else gets a message that names the function that returns it.
import { shown, UsageError } from '../../errors.ts'
import type { Chart } from './chart.ts'

interface Subject {
  /** The function whose answer the chart shows. */
  readonly of: string
  /** Keys that tell its answer from others. */
  readonly keys: readonly string[]
  /** The texts that follow the answer, in order. */
  readonly texts?: readonly string[]
}

const isAnswer = (given: unknown, keys: readonly string[]): boolean =>
  typeof given === 'object' && given !== null && keys.every((key) => key in given)

/** The chart for callers, who may give anything. */
export const ofAnswer =
  <Given extends readonly unknown[]>(
    name: string,
    { of, keys, texts = [] }: Subject,
    draw: (...given: Given) => Chart,
  ): ((...given: Given) => Chart) =>
  (...given) => {
    const [answer, ...rest]: readonly unknown[] = given
    if (!isAnswer(answer, keys)) throw new UsageError(`charts.${name}: expected what ${of}() returns, got ${shown(answer)}`)
    texts.forEach((text, k) => {
      const own = rest[k]
      if (typeof own !== 'string') throw new UsageError(`charts.${name}: expected ${text}, got ${shown(own)}`)
    })
    return draw(...given)
  }
