import type { ModuleSurface } from '@org/validator';

/**
 * What a text uses of a module: the exports whose names stand in it, each with its signature. A module may gather names of many entities;
 * who uses one of them depends on none of the others.
 */
export function usedSurface(text: string, surfaces: Iterable<ModuleSurface>): readonly (readonly [string, string])[] {
  const words = new Set(text.match(/\w+/g));
  return [...surfaces].flatMap(({ path, exports }) =>
    exports
      .filter(({ name }) => words.has(name))
      .map(({ name, kind, signature }): [string, string] => [`${path} ${name}`, `${kind} ${signature}`]),
  );
}
