// The part of zod that holds its messages in forty languages, and what builds put in its place: billcast writes its own messages in one.
export const LANGUAGES = /zod\/v4\/locales\/index\.js$/
export const ENGLISH = "export { default as en } from './en.js'"
