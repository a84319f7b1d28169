import { defineFlowRule } from './define-flow-rule';

export const pathTraversal = defineFlowRule(
  {
    id: 'path-traversal',
    since: '0.3.0',
    severity: 'error',
    summary: 'Request data chooses which file is read, written or deleted.',
    why: 'With `..` or an absolute path, whoever sends the request leaves the folder that was meant.',
    whatToDo: 'Resolve the path and check it with `is_relative_to(folder)`, or keep its last part only (`Path(name).name`).',
    security: { cwe: 22, severity: 7.5 },
    examples: [
      {
        bad: '@app.get("/files")\ndef read(name: str):\n    return FileResponse(f"files/{name}")',
        good: '@app.get("/files")\ndef read(name: str):\n    path = (FILES / name).resolve()\n    if not path.is_relative_to(FILES):\n        raise HTTPException(404)\n    return FileResponse(path)',
      },
    ],
  },
  'path',
  'a client can choose another file.',
);
