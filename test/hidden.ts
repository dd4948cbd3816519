// What a terminal, a log or a sheet could act on, or nobody could see. Written without the code under test.

const MARKS =
  '\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\uffff'

export const HIDDEN = new RegExp(`[\\u0000-\\u001f${MARKS}]`)
/** The same, except that a line may end. */
export const HIDDEN_IN_LINES = new RegExp(`[\\u0000-\\u0009\\u000b-\\u001f${MARKS}]`)
