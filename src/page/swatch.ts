// The color of an offer, by its place in the plan. Gray without one.
import { h, type VNode } from 'preact'
import { ownStyle } from '../present/charts/theme.ts'

export const swatch = (place: number | undefined): VNode<object> =>
  h('i', { class: 'swatch', style: ownStyle(place) }) as VNode<object>
