// The color of an offer, by its place in the plan.
import { h, type VNode } from 'preact'

export const ownColor = (place: number): string => `--own:var(--offer${place % 8})`

export const swatch = (place: number): VNode<object> => h('i', { class: 'swatch', style: ownColor(place) }) as VNode<object>
