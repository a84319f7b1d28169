/** Options of the plugin in nx.json: what the inferred targets are called. */
export interface FastApiPluginOptions {
  readonly installTargetName?: string;
  readonly validateTargetName?: string;
  readonly testTargetName?: string;
  readonly typecheckTargetName?: string;
  readonly lintTargetName?: string;
  readonly serveTargetName?: string;
  readonly migrateTargetName?: string;
  readonly openapiTargetName?: string;
  readonly generateTargetName?: string;
}

/** The names of the targets, all given. */
export type TargetNames = Required<FastApiPluginOptions>;

export function normalizeOptions({
  installTargetName = 'install',
  validateTargetName = 'validate',
  testTargetName = 'test',
  typecheckTargetName = 'typecheck',
  lintTargetName = 'lint',
  serveTargetName = 'serve',
  migrateTargetName = 'migrate',
  openapiTargetName = 'openapi',
  generateTargetName = 'generate',
}: FastApiPluginOptions = {}): TargetNames {
  return {
    installTargetName,
    validateTargetName,
    testTargetName,
    typecheckTargetName,
    lintTargetName,
    serveTargetName,
    migrateTargetName,
    openapiTargetName,
    generateTargetName,
  };
}
