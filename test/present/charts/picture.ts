// test/present/charts/pictures/ holds charts that the gallery (docs/chart-gallery.md) does not show, as somebody looked at each and found it good.
// `npx vitest run -u --project unit --project more test/present/charts` draws them again. Look at every one that changed.
import { expect } from 'vitest'

export async function likeItsPicture(svg: string, name: string): Promise<void> {
  const picture = svg.replace(/-?\d+\.\d+/g, (digits) => String(Math.round(Number(digits)) || 0)).replaceAll('><', '>\n<')
  await expect(`${picture}\n`).toMatchFileSnapshot(`pictures/${name}.svg`)
}
