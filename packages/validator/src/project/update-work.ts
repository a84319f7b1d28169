/** What an update made the project do: sorted paths. */
export interface UpdateWork {
  /** Files whose text was read anew. */
  readonly parsed: readonly string[];
  /** Files whose imports and names were connected with the project again. */
  readonly linked: readonly string[];
  /** Files whose rules ran again. */
  readonly checked: readonly string[];
  /** Whether the load order and the wiring of the whole project were followed again. */
  readonly isRewired: boolean;
}
