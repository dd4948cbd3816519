// The types that contracts and programs share: meters, layers, periods, and values that may be drawn.

/** One of METERS, `people`, or the name of a quantity of the plan. */
export type Meter = string
/** The layers that a charge may state. */
export const CHARGE_LAYERS = ['usage', 'commitment', 'overage', 'platform', 'add-on', 'set-up', 'management'] as const
export type Layer = (typeof CHARGE_LAYERS)[number] | 'credits'
export type Period = 'month' | 'quarter' | 'year'

/** A number, or the index of the input from which it is drawn once a trial. */
export type Value = number | { readonly input: number }

/** The same data with every distribution replaced by its input. */
export type Bound<T> = T extends { readonly distribution: string }
  ? { readonly input: number }
  : T extends readonly (infer Item)[]
    ? readonly Bound<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Bound<T[Key]> }
      : T
