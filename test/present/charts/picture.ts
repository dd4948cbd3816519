// test/present/charts/pictures/ holds each chart as somebody looked at it and found it good, to the pixel.
// `npx vitest run -u test/present/charts` draws them again. Look at every one that changed.
import { expect } from 'vitest'

export async function likeItsPicture(svg: string, name: string): Promise<void> {
  const picture = svg.replace(/-?\d+\.\d+/g, (digits) => String(Math.round(Number(digits)) || 0)).replaceAll('><', '>\n<')
  await expect(`${picture}\n`).toMatchFileSnapshot(`pictures/${name}.svg`)
}
