/** A minor version of Python 3, such as `3.12`. */
export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
}

export const DEFAULT_PYTHON_VERSION: PythonVersion = { major: 3, minor: 12 };

/** Reads `3.12`, `3.12.1`, and the lowest version of a specifier such as `>=3.11,<4`. */
export function parsePythonVersion(text: string): PythonVersion | undefined {
  const found = [...text.matchAll(/(<|<=|!=)?\s*(\d+)\.(\d+)/g)].filter((match) => match[1] === undefined);
  const first = found[0];
  return first === undefined ? undefined : { major: Number(first[2]), minor: Number(first[3]) };
}
