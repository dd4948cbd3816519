// Words and phrases that we do not write, each with the one that we do. A pattern matches whole words, in any case.

/** The old dialect. @type {readonly (readonly [pattern: string, instead: string])[]} */
export const DIALECT = [
  ['(?:is|are|was|were|be|been|being) told', 'a program shows, reports, returns or prints'],
  ['tells|telling', 'a program shows, reports, returns or prints'],
  ['what (?:is|are) none', 'name the thing'],
  ['is none of', 'say what it is'],
  ['so many', 'how many'],
  ['futures?', 'trials, or simulated years'],
  ['laws?', 'distribution'],
  ['whoever|whosoever', 'name who acts'],
  ['of late', 'recently'],
  ['surer', 'more precise'],
  ['foretold|foretells?', 'forecast'],
  ['what came', 'the actual figure'],
  ['comes? of', 'follows from'],
  ['whatever amounts', 'at every probability'],
  ['(?:one|who) would rather', 'prefer'],
  ['alive on', 'interactive on'],
]

/** British spellings, and the American ones. @type {readonly (readonly [pattern: string, instead: string])[]} */
export const BRITISH = [
  [
    '(minim|maxim|optim|summar|normal|recogn|organ|real|initial|serial|random|equal|util|visual|emphas|custom|categor|special|general|standard|amort|author|priorit|discret|winsor|penal|stabil|final)is(e|ed|es|er|ing|ation)',
    '$1iz$2',
  ],
  ['analys(e|ed|es|ing)', 'analyz$1'],
  ['catalogue(s|d)?', 'catalog$1'],
  ['(col|behavi|fav|hon|lab|neighb|flav|harb|rum|endeav)our(s|ed|ing|able|ite|ites)?', '$1or$2'],
  ['centre(s|d)?', 'center$1'],
  ['(kilo|centi|milli)?metre(s)?', '$1meter$2'],
  ['litre(s)?', 'liter$1'],
  ['licence(s)?', 'license$1'],
  ['(mod|lab|canc|trav|sign|tot|mark|chann|tunn|lev)ell(ed|ing|er)', '$1el$2'],
  ['fulfil', 'fulfill'],
  ['judgement(s)?', 'judgment$1'],
  ['grey(s|ed)?', 'gray$1'],
  ['programme(s|d)?', 'program$1'],
  ['artefact(s)?', 'artifact$1'],
  ['(def|off)ence', '$1ense'],
  ['whilst', 'while'],
  ['amongst', 'among'],
  ['learnt', 'learned'],
  ['practise(d|s)?', 'practice$1'],
  ['sceptic(al|s)?', 'skeptic$1'],
  ['cheque(s)?', 'check$1'],
]

/**
 * Words that are nouns as often as verbs. Where one stands, a sentence may have its verb in it, and a program cannot say.
 */
export const NOUN_OR_VERB = new Set(
  'account accounts answer answers bill bills book books budget budgets change changes charge charges chart charts check checks claim claims cost costs count counts cover covers draw draws estimate estimates export exports fit fits forecast forecasts function functions hold holds import imports label labels lead leads limit limits lie lies list lists mark marks match matches measure measures merge merges model models move moves name names need needs note notes offer offers order orders pay pays plan plans plot plots point points price prices process processes produce rate rates report reports rest rests result results run runs sample samples scale scales score scores seed seeds set sets shape shapes share shares show shows spread spreads stand stands start starts state states step steps stress table tables term terms test tests total totals track tracks trial trials use uses value values vary weight weights work works wins'.split(
    ' ',
  ),
)
