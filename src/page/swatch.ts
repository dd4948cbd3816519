// The color of an offer, by its place in the plan.
import { h, type VNode } from 'preact'
import { OFFER_COLORS } from '../present/charts/theme.ts'

export const ownColor = (place: number): string => `--own:var(--offer${place % OFFER_COLORS.length})`

export const swatch = (place: number): VNode<object> => h('i', { class: 'swatch', style: ownColor(place) }) as VNode<object>
