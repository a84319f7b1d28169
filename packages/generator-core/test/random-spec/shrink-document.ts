type Document = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

interface Shrinking {
  /** Whether a smaller document still fails in the way that is looked for. */
  readonly fails: (candidate: Document) => boolean;
  readonly mostTrials: number;
}

/** Takes away what can go, the greatest parts first, until nothing more can or the trials are used up. */
export function shrinkDocument(
  document: Document,
  { fails, mostTrials }: Shrinking,
): { readonly smallest: Document; readonly trials: number } {
  let smallest = document;
  let trials = 0;
  for (let depth = 1; depth <= 5;) {
    const paths = pathsAt(smallest, depth);
    let hasShrunk = false;
    for (const path of paths) {
      if (trials >= mostTrials) return { smallest, trials };
      const candidate = without(smallest, path) as Document;
      if (JSON.stringify(candidate) === JSON.stringify(smallest)) continue;
      trials += 1;
      if (!fails(candidate)) continue;
      smallest = candidate;
      hasShrunk = true;
      // The items after one that went have moved up.
      if (typeof path.at(-1) === 'number') break;
    }
    // What went may have been needed by what stands above it.
    depth = hasShrunk ? Math.max(1, depth - 1) : depth + 1;
  }
  return { smallest, trials };
}

/** Places of a document that deep, last ones first: later parts rest on earlier ones. */
function pathsAt(value: unknown, depth: number): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  const paths =
    depth === 1
      ? entries.map(([key]) => [key])
      : entries.flatMap(([key, inner]) => pathsAt(inner, depth - 1).map((path) => [key, ...path]));
  return [...paths].reverse();
}

/** The document without what stands at the path; a mapping or a list that becomes empty goes, too. */
function without(value: unknown, [step, ...rest]: Path): unknown {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => (index === step ? (rest.length === 0 ? [] : [without(item, rest)]) : [item]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (key !== step) return [[key, inner]];
      if (rest.length === 0) return [];
      const left = without(inner, rest);
      return isEmpty(left) && key !== 'fields' ? [] : [[key, left]];
    }),
  );
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
