// What comes back to the AI: conversations of a month that seemed resolved are conversations of a later one, so that months have to be
// settled in order, and all contracts of an offer together.
import { isOpenIn } from '../compile/program.ts'
import type { Node } from './graph.ts'
import type { OfferSetting } from './included.ts'
import { limiting } from './limits.ts'
import type { Handled, Usage } from './usage.ts'

/** What the contracts of an offer handle, with what comes back to the AI. */
export interface Returning {
  /** By contract. */
  readonly handled: readonly Handled[]
  /** All conversations by segment and month. */
  readonly volume: readonly (readonly Node[])[]
}

/** @param settings one for each contract of the offer */
export function returning(settings: readonly OfferSetting[]): Returning {
  const [{ program, usage, inputs }] = settings
  const { graph } = inputs
  const volume = usage.conversations.segments.map((own) => [...own.volume])
  const arriving = volume.map((months) => months.map((): Node[] => []))
  const courses = settings.map((setting) => {
    const flow = flowOf(usage, usage.of(setting.offer, setting.shares), program.segments.length)
    return { setting, flow, limits: limiting(setting, flow.handled) }
  })
  for (let m = 0; m < program.months; m++) {
    arriving.forEach((months, s) => {
      if (months[m].length === 0) return
      const all = graph.add(...months[m])
      volume[s][m] = graph.add(volume[s][m], all)
      for (const { setting, flow } of courses) {
        const own = setting.shares ? graph.multiply(setting.shares[s][m], all) : all
        flow.add([s, m], own, isOpenIn(setting.offer, s, m))
      }
    })
    for (const { setting, flow, limits } of courses) {
      limits.step(m)
      const { segments, contract } = setting.offer
      segments.forEach(({ rate, returns }, s) => {
        if (rate === undefined || returns?.to !== 'ai' || contract.shadow?.[m]) return
        const later = arriving[s][m + returns.lag]
        const solved = limits.within(flow.handled.resolved(s, rate)[m], m, s)
        later?.push(usage.returnedOf([s, m], returns, solved))
      })
    }
  }
  return { volume, handled: courses.map(({ limits }) => limits.handled()) }
}

/** What one contract handles without its limits; its months may still grow. */
interface Flow {
  readonly handled: Handled
  readonly add: (at: readonly [segment: number, month: number], count: Node, open: boolean) => void
}

function flowOf(usage: Usage, start: Handled, count: number): Flow {
  const { graph } = usage
  const segments = Array.from({ length: count }, (_, s) => s)
  const volumes = segments.map((s) => [...start.volume(s)])
  const involved = segments.map((s) => [...start.involved(s)])
  const resolved = segments.map(() => new Map<number, Node[]>())
  return {
    handled: {
      volume: (s) => volumes[s],
      involved: (s) => involved[s],
      resolved: (s, rate) => {
        const known = resolved[s].get(rate) ?? involved[s].map((own, m) => usage.resolvedIn([s, m], rate, own))
        resolved[s].set(rate, known)
        return known
      },
    },
    add: ([s, m], own, open) => {
      volumes[s][m] = graph.add(volumes[s][m], own)
      if (!open) return
      involved[s][m] = graph.add(involved[s][m], own)
      for (const [rate, months] of resolved[s]) months[m] = usage.resolvedIn([s, m], rate, involved[s][m])
    },
  }
}
