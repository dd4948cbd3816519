// The words that contracts and programs share: what is counted, kinds of cost, periods, and values that may be drawn.

export type Meter = 'conversations' | 'tickets' | 'resolutions' | 'actions' | 'escalations' | 'people'

export type Layer = 'usage' | 'commitment' | 'overage' | 'platform' | 'add-on' | 'set-up' | 'management' | 'credits'

export type Period = 'month' | 'quarter' | 'year'

/** A number, or the once-a-trial input it is drawn from (its place in the program's list of inputs). */
export type Value = number | { readonly input: number }

/** The same data with every distribution replaced by the input that it became. */
export type Bound<T> = T extends { readonly distribution: string }
  ? { readonly input: number }
  : T extends readonly (infer Item)[]
    ? readonly Bound<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Bound<T[Key]> }
      : T
