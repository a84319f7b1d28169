import type { RunOptions } from '../project/schema';

export interface OperationGeneratorSchema extends RunOptions {
  /** `pay_order`, `pay-order`. */
  readonly name: string;
  /** Name or folder of the service. */
  readonly project?: string;
  /** What it does, in plain words. */
  readonly describe: string;
  /** `POST /orders/{order_id}/pay`. */
  readonly route?: string;
  readonly entity?: string;
  readonly method?: string;
  readonly access?: string;
  /** Inputs with commas between. */
  readonly input?: string;
  /** More inputs, each an argument of its own. */
  readonly _?: readonly string[];
  readonly output?: string;
  readonly status?: number;
  readonly errors?: string;
  readonly example?: boolean;
}
