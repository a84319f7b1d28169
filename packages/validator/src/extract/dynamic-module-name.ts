import { relativeModuleName } from '../python/relative-module-name';

const PLAIN_TEXT = /^["'](\.*)([A-Za-z_][\w.]*)["']$/;

/** The absolute module that `import_module(…)` or `__import__(…)` asks for, when its arguments are plain texts. */
export function dynamicModuleName([name = '', second, ...others]: readonly string[]): string | undefined {
  const [, dots = '', module] = PLAIN_TEXT.exec(name) ?? [];
  if (module === undefined || module.endsWith('.') || others.length > 0) return undefined;
  if (dots === '') return second === undefined || /^(package|fromlist)\s*=/.test(second) ? module : undefined;
  const anchor = PLAIN_TEXT.exec(second?.replace(/^package\s*=\s*/, '') ?? '')?.[2];
  return anchor === undefined ? undefined : relativeModuleName(anchor, dots.length, module);
}
