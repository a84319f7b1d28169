/** What an update made the project do: sorted paths. */
export interface UpdateWork {
  /** Files whose text was read anew. */
  readonly parsed: readonly string[];
  /** Files whose rules ran again. */
  readonly checked: readonly string[];
}
