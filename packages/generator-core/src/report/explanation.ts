/** Why an artifact was made, or was not. */
export type Explanation =
  | {
      readonly kind: 'made';
      readonly path: string;
      /**
       * `new`: no run made it before. `spec`, `template`, `model`: its part of the spec, its template or prompts, the model is another.
       * `unknown`: what it was made from is not known, after a merge for one. `asked`: all are made again.
       * `unfit`: what a model wrote no longer fits the service, and no model was asked.
       */
      readonly because: 'new' | 'spec' | 'template' | 'model' | 'unknown' | 'asked' | 'unfit';
    }
  /** Files that it needs show others something else now; none where it needs other files than before. */
  | { readonly kind: 'made'; readonly path: string; readonly because: 'needs'; readonly needs: readonly string[] }
  | {
      readonly kind: 'kept';
      readonly path: string;
      /**
       * `same`: made from the same. `fits`: a model wrote it, and it fits still, whatever it would be written from now.
       * `written-once`: never written again. `user`: written by the user, or deleted, so that no model is asked.
       */
      readonly because: 'same' | 'fits' | 'written-once' | 'user';
    };
