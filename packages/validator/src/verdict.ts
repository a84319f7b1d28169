/** The light entry of the package, `@org/validator/verdict`: what a kept verdict is found by, without anything that parses or judges. */
export { recallVerdict, rememberVerdict } from './cache/verdict';
export type { Verdict, VerdictPlace } from './cache/verdict';
export { readFiles } from './system/node-file-system';
export type { ReadFiles } from './system/node-file-system';
export { digestOf } from './system/read-source';
export { findCacheFolder } from './system/cache-folder';
