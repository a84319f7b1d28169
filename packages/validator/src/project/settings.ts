/** Which findings a project wants to hear of: `[tool.fastapi-validate]` of its pyproject.toml, or options of the command. */
export interface Settings {
  /** Only these rules of ours, beside what `lint` asks for; all when undefined. */
  readonly select: readonly string[] | undefined;
  /** Not these rules; wins over `select`. */
  readonly ignore: readonly string[];
  /** In files that match the pattern, not these rules. */
  readonly perPathIgnores: readonly { readonly pattern: string; readonly rules: readonly string[] }[];
  /** Codes and prefixes of ruff's rules to run on each file, such as `B` and `ASYNC`; none when left out. */
  readonly lint: readonly string[];
  /** Files of which nothing is reported. They are read all the same, so that imports of them resolve. */
  readonly exclude: readonly string[];
}

export type SettingsOutcome =
  | { readonly kind: 'settings'; readonly settings: Settings }
  /** One sentence for each fault. */
  | { readonly kind: 'invalid'; readonly faults: readonly string[] };
