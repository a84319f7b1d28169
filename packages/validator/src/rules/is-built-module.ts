/** Whether a build step writes modules of that name, which repositories leave out: protoc, setuptools-scm. */
export function isBuiltModule(module: string): boolean {
  return /(^|\.)(\w+_pb2(_grpc)?|_version|_scm_version)$/.test(module);
}
