import type { Diagnostic } from './diagnostic';

/** The same finding with other paths, those on its way included, as for whoever looks from another folder. */
export function withPaths(diagnostic: Diagnostic, change: (path: string) => string): Diagnostic {
  const { path, flow } = diagnostic;
  const steps = flow?.map((step) => ({ ...step, path: change(step.path) }));
  return { ...diagnostic, path: change(path), ...(steps === undefined ? {} : { flow: steps }) };
}
