import type { Tree } from '@nx/devkit';

/**
 * What to change in a project's Dockerfile so that it finds the library, which lies outside of the folder that the image is built from.
 * The folders are laid out as in the workspace: `/srv/../../libs/money` would be above the root, and uv refuses that.
 * Undefined when the Dockerfile installs nothing with uv, or knows the library already.
 */
export function imageAdvice(
  tree: Tree,
  { user, library, name }: { readonly user: string; readonly library: string; readonly name: string },
): string | undefined {
  const text = tree.read(`${user}/Dockerfile`, 'utf-8') ?? '';
  const copy = `COPY --from=${name} . /workspace/${library}`;
  if (!/\buv sync\b/.test(text) || text.includes(copy)) return undefined;
  const workFolder = /^WORKDIR\s+(\S+)/m.exec(text)?.[1] ?? '/';
  const isLaidOut = workFolder === `/workspace/${user}`;
  const lines = isLaidOut ? [copy] : [`ENV UV_PROJECT_ENVIRONMENT=${workFolder}/.venv`, `WORKDIR /workspace/${user}`, copy];
  return [
    `${user}/Dockerfile: the image is built from ${user} alone, where ${library} is not. What to do:`,
    isLaidOut ? `before its \`uv sync\`, add:` : `in the stage with \`uv sync\`, put in the place of WORKDIR ${workFolder}:`,
    ...lines.map((line) => `    ${line}`),
    `${isLaidOut ? 'and' : 'add --no-editable to that `uv sync`, and'} build with: docker build --build-context ${name}=${library} ${user}`,
  ].join('\n    ');
}
