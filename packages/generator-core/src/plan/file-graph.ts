import type { Artifact } from './artifact';

/** The shape of Nx's project graph, with files for projects. */
export interface FileGraph {
  readonly nodes: Readonly<Record<string, { readonly name: string; readonly type: 'file'; readonly data: Artifact }>>;
  /** What each file needs; sources and targets sorted. */
  readonly dependencies: Readonly<Record<string, readonly FileDependency[]>>;
}

export interface FileDependency {
  readonly source: string;
  readonly target: string;
  readonly type: 'static';
}
