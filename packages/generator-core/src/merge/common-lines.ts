import { diffComm } from 'node-diff3';
import { splitLines } from './split-lines';

/** The lines that both texts have, in their order. */
export function commonLines(left: string, right: string): string {
  return diffComm(splitLines(left), splitLines(right))
    .flatMap(({ common }) => common ?? [])
    .join('');
}
