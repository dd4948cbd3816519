// The layers of a resolution rate: the plan's, the segment's, the offer's, and the offer's in the segment. Each key comes from the last
// layer that states it.

export interface RateLayer<R> {
  /** Where the plan states it, such as `offers.ada.resolution`. */
  readonly path: string
  readonly own: R
  /** Whether an offer states it. */
  readonly offered: boolean
}

interface Named<R> {
  readonly name: string
  readonly resolution?: R
}

export interface RateOffer<R> extends Named<R> {
  readonly segments?: readonly Named<R>[]
}

/** @param segment absent for a plan without segments */
export function rateLayers<R>(shared: R | undefined, segment: Named<R> | undefined, offer?: RateOffer<R>): RateLayer<R>[] {
  const inside = offer?.segments?.find(({ name }) => name === segment?.name)
  const layers = [
    { path: 'resolution', own: shared, offered: false },
    { path: `segments.${segment?.name}.resolution`, own: segment?.resolution, offered: false },
    { path: `offers.${offer?.name}.resolution`, own: offer?.resolution, offered: true },
    { path: `offers.${offer?.name}.segments.${segment?.name}.resolution`, own: inside?.resolution, offered: true },
  ]
  return layers.flatMap(({ own, ...rest }) => (own === undefined ? [] : [{ ...rest, own }]))
}

export const mergedLayers = <R extends object>(layers: readonly RateLayer<R>[]): Partial<R> =>
  Object.assign({}, ...layers.map(({ own }) => own)) as Partial<R>

/**
 * The layer whose noise holds, and the layers whose rate the noise's standard deviation is stated for. An offer that does not state noise
 * itself does not change its strength, unless no other layer states a rate.
 */
export function noiseLayer<R extends { readonly noise?: unknown; readonly rate?: unknown }>(
  layers: readonly RateLayer<R>[],
): { readonly layer: RateLayer<R>; readonly strength: readonly RateLayer<R>[] } | undefined {
  const k = layers.findLastIndex(({ own }) => own.noise !== undefined)
  if (k < 0) return undefined
  const strength = layers.filter(({ offered }, j) => !offered || (layers[k].offered && j <= k))
  return { layer: layers[k], strength: strength.some(({ own }) => own.rate !== undefined) ? strength : layers }
}
