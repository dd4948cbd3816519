// Which noise a known number of resolutions determines, if several noises act on them.

const SHARED = 'resolution.noise'

/**
 * The noise that all rates share comes first, because the sum over all that it acts on says most about it. Others are drawn where an
 * earlier one takes the number. What is drawn counts as given, so any order is exact.
 * @param acting for each number, the noises that act on it
 * @returns for each number, the noise that it determines
 */
export function determinedBy<N>(
  noises: readonly N[],
  acting: readonly (readonly N[])[],
  nameOf: (noise: N) => string,
): (N | undefined)[] {
  const order = [...noises].sort((a, b) => Number(nameOf(b) === SHARED) - Number(nameOf(a) === SHARED))
  return acting.map((own) => order.find((noise) => own.includes(noise)))
}
