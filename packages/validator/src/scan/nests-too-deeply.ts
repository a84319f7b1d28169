import { DEEPEST_NESTING } from '../python/deepest-nesting';
import { scanLayout } from './scan-layout';

const MAY_NEST = new RegExp(`^[ \\t\\f]{${DEEPEST_NESTING.levels}}`, 'm');

/** Whether blocks or brackets stand in each other deeper than Python reads. Parsers that recurse may come to the end of the stack there. */
export function nestsTooDeeply(text: string): boolean {
  return MAY_NEST.test(text) && scanLayout(text).faults.some(({ kind }) => kind === 'nesting');
}
