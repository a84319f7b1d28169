export interface KnowledgeGeneratorSchema {
  readonly action?: 'list' | 'export' | 'clear';
  /** For `export`: the file to write, from the workspace's root. */
  readonly file?: string;
  /** Only lessons about this rule. */
  readonly rule?: string;
  /** Only lessons about this kind of file. */
  readonly role?: string;
}
