// The page of the gallery: each kind of chart with its question, its picture, and the call and command that draw it.
import { ENTRIES, SETUP, START } from './entries.mjs'

const HEAD = `# Chart gallery

Each chart answers one question and says the answer in its title. This page shows every kind, with the call and the command that draw its
picture. [Charts](charts.md) explains how to save them and how to use them elsewhere.`

/** The finding, for those who cannot see the picture. @param {string} svg */
const titleOf = (svg) =>
  [...svg.matchAll(/<text x="5" [^>]*font-size="15" font-weight="700"[^>]*>([^<]*)</g)].map(([, text]) => text).join(' ')

/** @param {ReadonlyMap<string, string>} pictures by kind */
export function galleryPage(pictures) {
  const links = ENTRIES.map(({ kind, question }) => `| [${question}](#${kind}) | \`${kind}\` |`)
  const parts = ENTRIES.map(({ kind, question, shows, call, command }) =>
    [
      `## ${kind}`,
      `**${question}** ${shows}`,
      `![${titleOf(pictures.get(kind) ?? '').replaceAll(/[[\]]/g, '')}](pictures/charts/${kind}.svg)`,
      `\`\`\`js\n${call}\n\`\`\``,
      `\`\`\`sh\n${command}\n\`\`\``,
    ].join('\n\n'),
  )
  return `${[
    HEAD,
    ['| question | chart |', '| --- | --- |', ...links].join('\n'),
    '## Before you start',
    'All calls follow these lines. `writeFileSync(file, await chart.toSVG())` saves a picture, and `chart.at(width)` draws it in another width.',
    `\`\`\`js\n${START}\n\`\`\``,
    'Some charts need a plan with experts, an export of conversations, or the folder of a plan with closed months. These commands make them:',
    `\`\`\`sh\n${SETUP}\n\`\`\``,
    ...parts,
  ].join('\n\n')}\n`
}
