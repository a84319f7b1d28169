/** All that a model is told about one file to write. Same plan and same accepted files, same context. */
export interface ArtifactContext {
  readonly path: string;
  /** What the file is for, as a clause: `, the function of the operation pay_order`. */
  readonly purpose: string;
  /** One paragraph about the service. */
  readonly service: string;
  /** The folders of the service, a line each: it does not grow with the files. */
  readonly tree: string;
  /** What the file may import, nearest to the task first. */
  readonly modules: readonly KnownModule[];
  /** One line for each module behind those: its name and the names in it. */
  readonly distant: readonly string[];
  /** Signatures of what the file must define. */
  readonly provides: string;
  /** How it must behave, which no signature says: the brief of its role, with what the plan decided for this file. Empty where the role has none. */
  readonly brief: string;
  /** Its part of the spec, in YAML. */
  readonly slice: string;
}

export interface KnownModule {
  readonly name: string;
  /** Signatures, one after the other; only names where the budget asked for it. */
  readonly interface: string;
}
