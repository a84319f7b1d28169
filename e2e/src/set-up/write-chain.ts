import { writeFiles } from '../../../tools/write-files';

/**
 * Python libraries `lib-00`, `lib-01`, … in `libs/`: each imports `price` from the one before; every fifth imports `tax` from the first, too.
 * Nothing but a `pyproject.toml` says that they are projects.
 */
export function writeChain(workspaceFolder: string, length: number): void {
  writeFiles(workspaceFolder, chainFiles(length));
}

/** Name of a library by its place. */
export function libraryAt(position: number): string {
  return `lib-${String(position).padStart(2, '0')}`;
}

/** The module that has the library's functions, from the workspace root. */
export function moduleOf(position: number): string {
  return `libs/${libraryAt(position)}/src/${packageAt(position)}/prices.py`;
}

/** Whether the library uses `tax` of the first one. */
export function usesTax(position: number): boolean {
  return position > 0 && position % 5 === 0;
}

function packageAt(position: number): string {
  return libraryAt(position).replace('-', '_');
}

function chainFiles(length: number): readonly (readonly [path: string, text: string])[] {
  return Array.from({ length }, (_, position) => position).flatMap((position) => {
    const folder = `libs/${libraryAt(position)}`;
    return [
      [`${folder}/pyproject.toml`, pyprojectOf(position)],
      [`${folder}/README.md`, `# ${libraryAt(position)}\n`],
      [`${folder}/src/${packageAt(position)}/__init__.py`, ''],
      [moduleOf(position), pricesOf(position)],
    ] as const;
  });
}

function needsOf(position: number): readonly number[] {
  if (position === 0) return [];
  return usesTax(position) && position > 1 ? [0, position - 1] : [position - 1];
}

function pyprojectOf(position: number): string {
  const needs = needsOf(position).map(libraryAt);
  return [
    '[project]',
    `name = "${libraryAt(position)}"`,
    'version = "0.1.0"',
    'requires-python = ">=3.11"',
    `dependencies = [${needs.map((need) => `"${need}"`).join(', ')}]`,
    ...needs.flatMap((need) => ['', `[tool.uv.sources.${need}]`, `path = "../${need}"`, 'editable = true']),
    '',
  ].join('\n');
}

function pricesOf(position: number): string {
  if (position === 0)
    return 'def price(amount: int) -> int:\n    return amount\n\n\ndef tax(amount: int) -> int:\n    return amount // 5\n';
  const before = packageAt(position - 1);
  const imports = [`from ${before}.prices import price as price_before`];
  if (usesTax(position)) imports.unshift(`from ${packageAt(0)}.prices import tax`);
  const result = usesTax(position) ? 'price_before(amount) + tax(amount)' : 'price_before(amount) + 1';
  return `${imports.join('\n')}\n\n\ndef price(amount: int) -> int:\n    return ${result}\n`;
}
