import type { ProjectSurface, SurfaceExport, SurfaceModule } from '../resolve/project-surface';

/** Of the format; a reader of another one makes nothing of the text. */
export const SURFACE_VERSION = 1;

/** JSON with a line for each name, so that a diff shows what others can notice. The same surface gives the same bytes. */
export function formatSurface({ distribution, requires, modules, stored }: ProjectSurface): string {
  const document = {
    version: SURFACE_VERSION,
    ...(distribution === undefined ? {} : { distribution }),
    requires,
    ...(stored.length === 0 ? {} : { stored }),
    modules: modules.map(moduleDocument),
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
}

/** What is as usual is left out. */
function moduleDocument({ names, path, isOpen, fileless, all, exports, others, submodules, unbound }: SurfaceModule): unknown {
  const [module, ...aliases] = names;
  return {
    module,
    ...(aliases.length === 0 ? {} : { aliases }),
    path,
    ...(isOpen ? { open: true } : {}),
    ...(fileless === 'none' ? {} : { fileless }),
    ...(all === undefined ? {} : { all }),
    exports: Object.fromEntries(exports.map(({ name, ...rest }) => [name, exportDocument(rest)])),
    ...(others.length === 0 ? {} : { others: others.join(' ') }),
    ...(submodules.length === 0 ? {} : { submodules: submodules.join(' ') }),
    ...(unbound.length === 0 ? {} : { unbound: Object.fromEntries(unbound.map(({ name, status }) => [name, status])) }),
  };
}

function exportDocument({ kind, signature, call }: Omit<SurfaceExport, 'name'>): unknown {
  return { kind, signature: signature.includes('\n') ? signature.split('\n') : signature, ...(call === undefined ? {} : { call }) };
}
