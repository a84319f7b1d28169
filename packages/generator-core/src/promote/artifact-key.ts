/** What an artifact depends on, as hashes, so that a run can say which part changed. */
export interface ArtifactKey {
  /** Of its part of the spec. */
  readonly spec: string;
  /** Of the template, or of the prompts, that make it. */
  readonly template: string;
  /** Of the surfaces of what it needs. */
  readonly needs: string;
  /** The model and its parameters; undefined where a template makes it. */
  readonly model?: string | undefined;
}
