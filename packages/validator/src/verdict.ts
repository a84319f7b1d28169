export { recallVerdict, rememberVerdict } from './cache/verdict';
export type { VerdictPlace } from './cache/verdict';
export { readFiles } from './system/node-file-system';
export type { ReadFiles } from './system/node-file-system';
