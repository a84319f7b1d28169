import { isDevelopmentGroup } from './development-group';
import { readIni } from './read-ini';
import type { ManifestRequirements, StatedRequirement } from './requirements';

/** `install_requires` and `options.extras_require` of a setup.cfg. */
export function readSetupConfiguration(text: string): ManifestRequirements {
  const sections = readIni(text);
  const install = sections.get('options')?.get('install_requires');
  const extras = [...(sections.get('options.extras_require') ?? [])];
  const isFile = install?.startsWith('file:') === true;
  const requiresPython = sections.get('options')?.get('python_requires');
  return {
    isStated: install !== undefined && !isFile,
    isOpen: isFile,
    requirements: [
      ...lines(isFile ? '' : (install ?? ''), undefined),
      ...extras.flatMap(([extra, value]) => lines(value, isDevelopmentGroup(extra) ? extra : undefined)),
    ],
    ...(requiresPython === undefined ? {} : { requiresPython }),
  };
}

function lines(value: string, group: string | undefined): readonly StatedRequirement[] {
  return value
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({ text, group }));
}

const LITERAL_LIST = /\[(?:[\s,]|#[^\n]*|"[^"\n]*"|'[^'\n]*')*\]/y;

/** `install_requires=[…]` of a setup.py when it is a list of plain texts; any other way to state it is open. */
export function readSetupScript(text: string): ManifestRequirements {
  const call = /\binstall_requires\s*=\s*/.exec(text);
  if (call === null) return { isStated: false, isOpen: /\binstall_requires\b/.test(text), requirements: [] };
  LITERAL_LIST.lastIndex = call.index + call[0].length;
  const list = LITERAL_LIST.exec(text)?.[0];
  if (list === undefined) return { isStated: false, isOpen: true, requirements: [] };
  const entries = [...list.replace(/#[^\n]*/g, '').matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(([, double, single]) => (double ?? single)!);
  const extras = /\bextras_require\b/.test(text);
  return { isStated: true, isOpen: extras, requirements: entries.map((entry) => ({ text: entry, group: undefined })) };
}
