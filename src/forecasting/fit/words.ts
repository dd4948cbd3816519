// States a fit in words: growth, seasons and noise, each with its uncertainty.
import { CALENDAR_MONTHS } from '../../months.ts'
import { formatShare } from '../../notation/money.ts'
import type { VolumeFit } from './volume.ts'

/** A share that is shown as 0 has no sign. */
const percent = (share: number): string => formatShare(Math.abs(share) < 5e-4 ? 0 : share)
const signed = (share: number): string => `${share < 0 ? '' : '+'}${percent(share)}`

export function fitInWords({ growth, seasonality, cv, elasticity }: VolumeFit): string {
  const noise = `noise of ${formatShare(cv.value)} a month (95% interval ${cv.range.map((value) => formatShare(value)).join(' to ')})`
  const working = elasticity
    ? `, an elasticity to working days of ${elasticity.value.toFixed(2)} ± ${elasticity.se.toFixed(2)} (1 is in proportion, 0 is not at all)`
    : ''
  return `growth of ${percent(growth.value)} ± ${formatShare(growth.se)} a year, ${seasonsIn(seasonality)}, ${noise}${working}`
}

function seasonsIn(seasonality: VolumeFit['seasonality']): string {
  if (!seasonality) return 'no seasons'
  const at = (value: number) => `${signed(value - 1)} in ${CALENDAR_MONTHS[seasonality.indexOf(value)]}`
  return `seasons from ${at(Math.min(...seasonality))} to ${at(Math.max(...seasonality))}`
}
