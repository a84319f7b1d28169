import type { RunOptions } from '../project/schema';

export interface EntityGeneratorSchema extends RunOptions {
  /** `Review`, `order-item`. */
  readonly name: string;
  /** Name or folder of the service. */
  readonly project?: string;
  /** Fields and relations with commas between: `stars: int min=1, book: belongs_to Book`. */
  readonly fields?: string;
  /** More fields, each an argument of its own. */
  readonly _?: readonly string[];
  readonly access?: string;
  readonly owner?: string;
  readonly tenant?: string;
  readonly unique?: string;
  readonly description?: string;
}
