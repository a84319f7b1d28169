/** Paths of the web layer's files that others import. */
export const webPaths = {
  logs: 'app/core/logs.py',
  rateLimit: 'app/core/rate_limit.py',
  telemetry: 'app/core/telemetry.py',
  middleware: 'app/core/middleware.py',
  openapi: 'app/core/openapi.py',
  authSchema: 'app/schemas/auth.py',
  servicesPackage: 'app/services/__init__.py',
  authService: 'app/services/auth.py',
  unimplemented: 'app/services/_unimplemented.py',
  routersPackage: 'app/routers/__init__.py',
  authRouter: 'app/routers/auth.py',
  healthRouter: 'app/routers/health.py',
  main: 'app/main.py',
  extensions: 'app/extensions/__init__.py',
  exportOpenapi: 'app/export_openapi.py',
  router: (module: string): string => `app/routers/${module}.py`,
} as const;
