import type { FileSites, ImportSite } from './fault-sites';

export const FAULT_KINDS = [
  'module-path',
  'imported-name',
  'missing-file',
  'undeclared',
  'undefined-name',
  'syntax',
  'circular-import',
  'fastapi-wiring',
  'security',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** How often each kind is planted, in per cent. */
export const FAULT_SHARES: Readonly<Record<FaultKind, number>> = {
  'module-path': 22,
  'imported-name': 18,
  'missing-file': 8,
  undeclared: 12,
  'undefined-name': 15,
  syntax: 8,
  'circular-import': 5,
  'fastapi-wiring': 8,
  security: 4,
};

export type Changes = ReadonlyMap<string, string | null>;

export interface PlantedFault {
  readonly kind: FaultKind;
  /** Which edit it was. */
  readonly edit: string;
  readonly changes: Changes;
  /** The same edit done correctly. */
  readonly twin: Changes;
  /** Any of these rules counts, at one of these lines of one of these files; anywhere in what was changed when no place is named. */
  readonly rules: readonly string[];
  readonly places: 'anywhere' | readonly { readonly path: string; readonly lines: readonly number[] }[];
}

export interface PlantInput {
  readonly texts: ReadonlyMap<string, string>;
  readonly sites: ReadonlyMap<string, FileSites>;
  readonly random: (limit: number) => number;
}

/** One fault of a kind at a random place; undefined when the place drawn does not allow it. */
export function plantFault(kind: FaultKind, input: PlantInput): PlantedFault | undefined {
  const paths = [...input.sites.keys()];
  const path = paths[input.random(paths.length)]!;
  const site = { path, text: input.texts.get(path)!, file: input.sites.get(path)!, ...input };
  const fault = PLANTERS[kind](site);
  return fault === undefined ? undefined : { kind, ...fault };
}

interface Place extends PlantInput {
  readonly path: string;
  readonly text: string;
  readonly file: FileSites;
}

type Planter = (place: Place) => Omit<PlantedFault, 'kind'> | undefined;

const importAt = (place: Place, isWanted: (site: ImportSite) => boolean): ImportSite | undefined => {
  const fitting = place.file.imports.filter(isWanted);
  return fitting.length === 0 ? undefined : fitting[place.random(fitting.length)];
};

const modulePath: Planter = (place) => {
  const site = importAt(
    place,
    ({ kind, target, written, names }) =>
      kind === 'from' && target !== null && written !== '' && names.every(({ after }) => after !== null),
  );
  if (site === undefined) return undefined;
  const parts = site.written.split('.');
  const index = place.random(parts.length);
  const wrong = misspell(parts[index]!, place.random);
  const written = parts.map((part, position) => (position === index ? wrong : part)).join('.');
  const absolute = site.level === 0 ? written : `${site.module.slice(0, site.module.length - site.written.length)}${written}`;
  const root = site.target!.startsWith('src/') ? 'src/' : '';
  const file = `${root}${absolute.replace(/\./g, '/')}.py`;
  if (place.texts.has(file) || place.texts.has(file.replace(/\.py$/, '/__init__.py'))) return undefined;
  if (
    index < parts.length - 1 &&
    isTaken(
      place,
      `${root}${absolute
        .split('.')
        .slice(0, -(parts.length - index - 1))
        .join('/')}`,
    )
  )
    return undefined;
  const text = replaceInLine(place.text, site.line, new RegExp(`^(\\s*from\\s+\\.*)${escape(site.written)}(?=\\s)`), `$1${written}`);
  if (text === undefined) return undefined;
  return {
    edit: index === 0 && site.level === 0 ? 'first part' : 'later part',
    changes: new Map([[place.path, text]]),
    twin: new Map([
      [place.path, text],
      [file, `from ${site.module} import ${site.names.map(({ name }) => name).join(', ')}\n`],
    ]),
    rules: ['unresolved-import', 'undeclared-distribution', 'unknown-symbol'],
    places: [{ path: place.path, lines: [site.line] }],
  };
};

const importedName: Planter = (place) => {
  const site = importAt(
    place,
    ({ kind, target, names }) => kind === 'from' && target !== null && names.some(({ after }) => after !== null),
  );
  const asked = site?.names.filter(({ after }) => after !== null);
  if (site === undefined || asked === undefined) return undefined;
  const { name, bound, after } = asked[place.random(asked.length)]!;
  const wrong = misspell(name, place.random);
  const target = place.texts.get(site.target!)!;
  if (new RegExp(`\\b${wrong}\\b`).test(target) || isTaken(place, `${site.target!.replace(/(\/__init__)?\.py$/, '')}/${wrong}`))
    return undefined;
  const text = replaceInLine(
    place.text,
    site.line,
    new RegExp(`(\\bimport\\b.*?)\\b${name}\\b(\\s+as\\s+\\w+)?`),
    `$1${wrong} as ${bound}`,
  );
  // A package that is still loading has no new names to give to its own modules.
  if (text === undefined || site.target === place.path || site.target!.endsWith('/__init__.py')) return undefined;
  return {
    edit: 'name misspelt',
    changes: new Map([[place.path, text]]),
    twin: new Map([
      [place.path, text],
      [site.target!, insertAfter(target, after!, `${wrong} = ${name}`)],
    ]),
    rules: ['unknown-symbol'],
    places: [{ path: place.path, lines: [site.line] }],
  };
};

const missingFile: Planter = (place) => {
  const site = importAt(place, ({ kind, target }) => kind === 'from' && target !== null);
  const target = site?.target;
  if (site === undefined || target == null || target === place.path) return undefined;
  const lines = [{ path: place.path, lines: [site.line] }];
  const targetSites = place.sites.get(target);
  if (targetSites === undefined) return undefined;
  if (!target.endsWith('/__init__.py')) {
    const folder = target.replace(/\.py$/, '');
    if (targetSites.relative || [...place.texts.keys()].some((path) => path.startsWith(`${folder}/`))) return undefined;
    return {
      edit: 'file deleted',
      changes: new Map([[target, null]]),
      twin: new Map<string, string | null>([
        [target, null],
        [`${folder}/__init__.py`, place.texts.get(target)!],
      ]),
      rules: ['unresolved-import', 'unknown-symbol'],
      places: lines,
    };
  }
  const exported = targetSites.imports.find(
    ({ kind, names }) =>
      kind === 'from' &&
      names.length === 1 &&
      site.names.some(({ name, after }) => after !== null && name === names[0]!.bound && name === names[0]!.name),
  );
  if (exported === undefined || isTaken(place, `${target.replace('/__init__.py', '')}/${exported.names[0]!.name}`)) return undefined;
  const { name } = exported.names[0]!;
  const text = place.texts.get(target)!;
  if ((text.match(new RegExp(`^.*\\b${name}\\b`, 'gm')) ?? []).some((line, index) => index > 0 && !/^\s*["']|__all__/.test(line)))
    return undefined;
  return {
    edit: 're-export removed',
    changes: new Map([[target, replaceLine(text, exported.line, '')]]),
    twin: new Map([[target, replaceInLine(text, exported.line, new RegExp(`(import\\s.*)\\b${name}\\b`), `$1${name} as ${name}`) ?? text]]),
    rules: ['unknown-symbol'],
    places: lines,
  };
};

const MADE_UP = [
  'fastapi_jwt_guard',
  'pydantic_autoform',
  'sqlflowmapper',
  'quickauthz',
  'httpretryx',
  'jsonapi_toolbelt',
  'uvicorn_reloader_plus',
];

const undeclared: Planter = (place) => {
  const site = importAt(place, () => true);
  if (site === undefined || /(^|\/)((tests?|docs?)\/|setup\.py$)/.test(place.path)) return undefined;
  const name = MADE_UP[place.random(MADE_UP.length)]!;
  return {
    edit: 'made-up distribution',
    changes: new Map([[place.path, insertAfter(place.text, site.line, `import ${name}`)]]),
    twin: new Map([[place.path, insertAfter(place.text, site.line, `try:\n    import ${name}\nexcept ImportError:\n    ${name} = None`)]]),
    rules: ['undeclared-distribution', 'unresolved-import'],
    places: [{ path: place.path, lines: [site.line + 1] }],
  };
};

const undefinedName: Planter = (place) => {
  const usedOnce = (site: ImportSite): string | undefined => {
    const name = site.kind === 'import' ? site.module : site.names.length === 1 ? site.names[0]!.bound : undefined;
    return name !== undefined && (place.file.once[name]?.length ?? 0) > 0 && site.module !== '__future__' ? name : undefined;
  };
  const site = importAt(place, (candidate) => usedOnce(candidate) !== undefined);
  if (site === undefined) return undefined;
  const line = place.text.split('\n')[site.line - 1]!;
  return {
    edit: 'import removed',
    changes: new Map([[place.path, replaceLine(place.text, site.line, '')]]),
    twin: new Map([[place.path, replaceLine(place.text, site.line, `try:; ${line}`.replace('try:; ', 'if True: '))]]),
    rules: ['undefined-name'],
    places: [],
  };
};

const SYNTAX_EDITS: readonly {
  readonly edit: string;
  readonly apply: (line: string) => string | undefined;
  readonly twin: (line: string) => string;
}[] = [
  {
    edit: 'colon dropped',
    apply: (line) => (/:\s*$/.test(line) ? line.replace(/:\s*$/, '') : undefined),
    twin: (line) => `${line}  # body`,
  },
  { edit: 'bracket dropped', apply: (line) => (/\)\s*$/.test(line) ? line.replace(/\)\s*$/, '') : undefined), twin: (line) => `${line} ` },
  { edit: 'indented too far', apply: (line) => (/^ *\w/.test(line) ? `   ${line}` : undefined), twin: (line) => `${line}  # as it was` },
  { edit: 'indented too little', apply: (line) => (/^ {4,}\w/.test(line) ? line.slice(3) : undefined), twin: (line) => `${line}\n` },
  { edit: 'Markdown fence', apply: (line) => `\`\`\`python\n${line}`, twin: (line) => `# \`\`\`python\n${line}` },
  {
    edit: 'prose',
    apply: (line) => `Here is the updated version of the file:\n${line}`,
    twin: (line) => `# Here is the updated version\n${line}`,
  },
  {
    edit: 'right side dropped',
    apply: (line) => (/^ *\w+ = \S.*$/.test(line) ? line.replace(/=.*/, '=') : undefined),
    twin: (line) => `${line};`,
  },
  { edit: 'other language', apply: (line) => (/^ *\w/.test(line) ? line.replace(/^( *)/, '$1i++; ') : undefined), twin: (line) => line },
  {
    edit: 'omission',
    apply: (line) => (/^ *\w/.test(line) ? line.replace(/^( *).*/, '$1...(rest of the code)') : undefined),
    twin: (line) => line,
  },
  {
    edit: 'quote dropped',
    apply: (line) => (/^[^"'#]*"[^"'#]*"[^"'#]*$/.test(line) ? line.replace(/"([^"]*)$/, '$1') : undefined),
    twin: (line) => `${line}`,
  },
];

const syntax: Planter = (place) => {
  const lines = place.text.split('\n');
  if (lines.length < 4) return undefined;
  const at = place.random(lines.length);
  if (place.random(SYNTAX_EDITS.length + 1) === SYNTAX_EDITS.length) {
    const cut = lines.slice(0, at).join('\n');
    return { edit: 'cut off', changes: new Map([[place.path, cut.slice(0, -1)]]), twin: new Map(), rules: SYNTAX_RULES, places: [] };
  }
  const { edit, apply, twin } = SYNTAX_EDITS[place.random(SYNTAX_EDITS.length)]!;
  const line = apply(lines[at]!);
  if (line === undefined) return undefined;
  return {
    edit,
    changes: new Map([[place.path, replaceLine(place.text, at + 1, line)]]),
    twin: isPlainLine(lines, at) ? new Map([[place.path, replaceLine(place.text, at + 1, twin(lines[at]!))]]) : new Map(),
    rules: SYNTAX_RULES,
    places: [],
  };
};

const SYNTAX_RULES = ['syntax-error', 'compile-error'];

/** Not inside a text or brackets over several lines, as far as lines alone tell: a twin edit leaves it valid. */
function isPlainLine(lines: readonly string[], at: number): boolean {
  return (
    !/["'\\]{1}|[([{]\s*$/.test(lines[at]!) &&
    !lines.slice(0, at).join('\n').includes('"""') &&
    !lines.slice(0, at).join('\n').includes("'''")
  );
}

const circularImport: Planter = (place) => {
  const site = importAt(
    place,
    ({ kind, target, names }) =>
      kind === 'from' && target !== null && !target.endsWith('__init__.py') && names.every(({ after }) => after !== null),
  );
  const target = site?.target;
  if (site === undefined || target == null || target === place.path || place.path.endsWith('__init__.py')) return undefined;
  const later = place.file.definitions.find(({ line, name }) => line > site.line && !name.startsWith('_'));
  const other = place.sites.get(target);
  const first = other?.imports.find(({ line, module }) => line > other.future && module !== '__future__');
  if (later === undefined || other === undefined || first === undefined) return undefined;
  // No import statement can name a file like `0107_add_index.py`.
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(place.file.module)) return undefined;
  if (!site.names.every(({ after }) => after! > first.line)) return undefined;
  const text = place.texts.get(target)!;
  const line = `from ${place.file.module} import ${later.name} as planted_${later.name}`;
  return {
    edit: 'cycle closed',
    changes: new Map([[target, insertAfter(text, first.line, line)]]),
    twin: new Map([[target, `${text}\n\ndef planted_late():\n    ${line}\n    return planted_${later.name}\n`]]),
    rules: ['import-cycle'],
    places: 'anywhere',
  };
};

const fastapiWiring: Planter = (place) => {
  const route = place.file.routes[place.random(Math.max(1, place.file.routes.length))];
  if (route === undefined) return undefined;
  const parameter = /\{(\w+)\}/.exec(route.path)?.[1];
  if (parameter !== undefined && route.parameters.includes(parameter) && place.random(2) === 0) {
    const wrong = `${parameter}x`;
    const text = replaceInLine(place.text, route.pathLine, new RegExp(`\\{${parameter}\\}`), `{${wrong}}`);
    const lines = place.text.split('\n');
    const block = lines.slice(route.line - 1, route.line + 40).join('\n');
    if (text === undefined || block.split(parameter).length !== 3) return undefined;
    return {
      edit: 'placeholder renamed',
      changes: new Map([[place.path, text]]),
      twin: new Map([[place.path, place.text.replace(block, block.replaceAll(parameter, wrong))]]),
      rules: ['path-parameter-missing', 'path-parameter-unknown'],
      places: [
        {
          path: place.path,
          lines: [route.pathLine, ...lines.flatMap((_, index) => (index >= route.line - 1 && index < route.line + 40 ? [index + 1] : []))],
        },
      ],
    };
  }
  const add = (path: string): string =>
    `${place.text.replace(/\n*$/, '')}\n\n\n@${route.router}.${route.method}(${JSON.stringify(path)})\nasync def planted_route(${[...route.path.matchAll(/\{(\w+)/g)].map((match) => match[1]).join(', ')}):\n    return {}\n`;
  const line = add(route.path).split('\n').length - 4 + 1;
  return {
    edit: 'route written twice',
    changes: new Map([[place.path, add(route.path)]]),
    twin: new Map([[place.path, add(`${route.path.replace(/\/$/, '')}/planted/twice/over/again`)]]),
    rules: ['duplicate-route'],
    places: [{ path: place.path, lines: [line - 1, line, line + 1] }],
  };
};

const DANGERS = [
  {
    edit: 'f-string SQL',
    rule: 'sql-injection',
    before: '',
    bad: `return planted_cursor.execute(f"SELECT * FROM users WHERE name = '{value}'")`,
    good: 'return planted_cursor.execute("SELECT * FROM users WHERE name = ?", (value,))',
  },
  {
    edit: 'shell command',
    rule: 'command-injection',
    before: 'import subprocess as planted_subprocess\n',
    bad: 'return planted_subprocess.run("ping " + value, shell=True)',
    good: 'return planted_subprocess.run(["ping", value])',
  },
  {
    edit: 'eval of request data',
    rule: 'code-injection',
    before: 'import ast as planted_ast\n',
    bad: 'return eval(value)',
    good: 'return planted_ast.literal_eval(value)',
  },
];

/** Another route at the end of a file that has some. */
const security: Planter = (place) => {
  const route = place.file.routes[place.random(Math.max(1, place.file.routes.length))];
  if (route === undefined || place.file.routes.some(({ path }) => path.includes(':path}'))) return undefined;
  const { edit, rule, before, bad, good } = DANGERS[place.random(DANGERS.length)]!;
  const lead = `${place.text.replace(/\n*$/, '')}\n\n${before}\n@${route.router}.${route.method}("/planted/far/from/all/others")\ndef planted_danger(value: str, planted_cursor=None):\n    `;
  return {
    edit,
    changes: new Map([[place.path, `${lead}${bad}\n`]]),
    twin: new Map([[place.path, `${lead}${good}\n`]]),
    rules: [rule],
    places: [{ path: place.path, lines: [lead.split('\n').length] }],
  };
};

const PLANTERS: Readonly<Record<FaultKind, Planter>> = {
  'module-path': modulePath,
  'imported-name': importedName,
  'missing-file': missingFile,
  undeclared,
  'undefined-name': undefinedName,
  syntax,
  'circular-import': circularImport,
  'fastapi-wiring': fastapiWiring,
  security,
};

/** Slips people and models make: a letter left out, doubled or swapped, an ending added. */
function misspell(name: string, random: (limit: number) => number): string {
  const at = 1 + random(Math.max(1, name.length - 1));
  const slips = [
    name.slice(0, at) + name.slice(at + 1),
    `${name.slice(0, at)}${name[at] ?? 'e'}${name.slice(at)}`,
    `${name}s`,
    `${name}_v2`,
  ];
  const slip = slips[random(slips.length)]!;
  return slip === name || slip === '' || /^\d|__$/.test(slip) ? `${name}_v2` : slip;
}

function isTaken({ texts }: PlantInput, stem: string): boolean {
  return texts.has(`${stem}.py`) || [...texts.keys()].some((path) => path.startsWith(`${stem}/`));
}

function replaceLine(text: string, line: number, replacement: string): string {
  return text
    .split('\n')
    .map((old, index) => (index === line - 1 ? replacement : old))
    .join('\n');
}

function replaceInLine(text: string, line: number, pattern: RegExp, replacement: string): string | undefined {
  const old = text.split('\n')[line - 1]!;
  const changed = old.replace(pattern, replacement);
  return changed === old ? undefined : replaceLine(text, line, changed);
}

function insertAfter(text: string, line: number, inserted: string): string {
  const lines = text.split('\n');
  return [...lines.slice(0, line), inserted, ...lines.slice(line)].join('\n');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
