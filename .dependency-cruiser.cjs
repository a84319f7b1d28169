/**
 * The floors of the code, checked by `node tools/check-floors.mjs` (docs/architecture.md says why they are as they are).
 * Each rule's `comment` is what a developer reads when it fails: why the rule is there, and the mend.
 * A new folder is one row below; a folder that has no row fails the rule `*-has-a-floor`.
 */

/** Bottom first. A folder imports from lower floors and from itself; two folders of one floor do not know each other. */
const validatorFloors = [
  { diagnostics: '^diagnostics/', python: '^python/', algorithms: '^algorithms/' },
  { text: '^text/', system: '^system/' },
  { scan: '^scan/', parse: '^parse/' },
  { extract: '^extract/' },
  { resolve: '^resolve/' },
  { graph: '^graph/' },
  { rules: '^rules/' },
  { project: '^project/' },
  { report: '^report/', cache: '^cache/' },
  { command: '^command/', testing: '^testing/', index: '^(index|verdict)\\.ts$', imports: '^imports\\.ts$' },
  { cli: '^cli\\.ts$' },
];

/** `plan/artifact` and its like are types that every floor shares; the planning itself stands above the roles it asks. */
const coreFloors = [
  { spec: '^spec/', project: '^project/', 'ruff-options': '^render/ruff-options\\.ts$' },
  { 'plan-types': '^plan/(artifact|file-graph|generation-plan)\\.ts$', pins: '^pins/' },
  { errors: '^errors/', artifacts: '^artifacts/', merge: '^merge/' },
  {
    edit: '^edit/',
    plan: '^plan/(?!(artifact|file-graph|generation-plan)\\.ts$)',
    render: '^render/(?!ruff-options\\.ts$)',
    promote: '^promote/',
    model: '^model/',
    sandbox: '^sandbox/',
  },
  { budget: '^budget/', journal: '^journal/', context: '^context/', trial: '^trial/', telemetry: '^telemetry/', migration: '^migration/' },
  { attempt: '^attempt/', keys: '^keys/' },
  { gate: '^gate/', knowledge: '^knowledge/' },
  { report: '^report/' },
  { run: '^run/' },
  { testing: '^testing/', index: '^index\\.ts$' },
];

/** The edges: the only places that may touch the disk. All else takes values and gives values. */
const edges = [
  'packages/validator/src/system/',
  'packages/validator/src/cache/extract-facts.ts',
  'packages/validator/src/parse/grammar.ts',
  'packages/generator-core/src/render/template-store.ts',
  'packages/generator-core/src/pins/python-pins.ts',
  'packages/generator-core/src/pins/library-names.ts',
  'packages/generator-core/src/context/prompt-store.ts',
  'packages/generator-core/src/journal/file-journal.ts',
  'packages/generator-core/src/merge/open-git-merger.ts',
  'packages/generator-core/src/sandbox/',
  'packages/generator-core/src/trial/open-trial.ts',
  'packages/generator-core/src/trial/uv-environment.ts',
  'packages/nx-plugin/src/adapters/',
  'packages/nx-plugin/src/plugins/',
];

const specFiles = '\\.spec\\.ts$|/src/testing/';

module.exports = {
  forbidden: [
    ...floorRules('validator', validatorFloors),
    ...floorRules('generator-core', coreFloors),
    ...packageRules(),
    ...edgeRules(),
    ...shapeRules(),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js', '.json', '.node', '.d.ts'],
    },
  },
};

function floorRules(packageName, floors) {
  const source = `^packages/${packageName}/src/`;
  const groups = floors.flatMap((floor, level) =>
    Object.entries(floor).map(([name, pattern]) => ({ name, level, path: source + pattern.replace('^', '') })),
  );
  const list = floors.map((floor) => Object.keys(floor).join(' ')).join(' → ');
  const imports = groups.map((group) => ({
    name: `${packageName}-${group.name}-imports-downwards`,
    severity: 'error',
    comment:
      `Why: ${packageName}'s floors are, bottom first, ${list}; a floor that knows the ones above it cannot be read, tested or replaced alone. ` +
      `What to do: move what \`${group.name}\` needs to \`${group.name}\` or below it, or take it as an argument from the caller above.`,
    from: { path: group.path, pathNot: specFiles },
    to: { path: groups.filter((other) => other !== group && other.level >= group.level).map(({ path }) => path) },
  }));
  const hasFloor = {
    name: `${packageName}-has-a-floor`,
    severity: 'error',
    comment: `Why: a folder without a floor may import anything. What to do: add the folder to the ${packageName} table at the top of .dependency-cruiser.cjs, above all it imports.`,
    from: { path: source, pathNot: [specFiles, ...groups.map(({ path }) => path)] },
    to: {},
  };
  return [...imports.filter((rule) => rule.to.path.length > 0), hasFloor];
}

function packageRules() {
  return [
    {
      name: 'validator-knows-no-other-package',
      severity: 'error',
      comment:
        'Why: the validator is useful alone, to people without our generator and without Nx. What to do: pass what is needed as a value, or put the code into the package that has both.',
      from: { path: '^packages/validator/' },
      to: { path: ['packages/(generator-core|nx-plugin)/', '^@org/(generator-core|fastapi)'] },
    },
    {
      name: 'core-knows-no-plugin',
      severity: 'error',
      comment: 'Why: the core generates without Nx. What to do: give the core a value or a function as an argument; nx-plugin passes it.',
      from: { path: '^packages/generator-core/' },
      to: { path: ['packages/nx-plugin/', '^@org/fastapi'] },
    },
    {
      name: 'nx-only-in-the-plugin',
      severity: 'error',
      comment:
        'Why: the two lower packages run without Nx, and a second copy of the devkit is the classic plugin fault. What to do: keep the Nx part in packages/nx-plugin and hand plain values down.',
      from: { path: '^packages/(validator|generator-core)/' },
      to: { path: ['(^|node_modules/)nx(/|$)', '(^|node_modules/)@nx/'] },
    },
    {
      name: 'devkit-internal-only-in-nx-compat',
      severity: 'error',
      comment:
        "Why: Nx may change '@nx/devkit/internal' and 'nx/src' with any version. What to do: take it through packages/nx-plugin/src/nx-compat.ts, which says for which versions it is there (for the graph: nx-plugin-cache.ts).",
      from: { path: '^packages/nx-plugin/src/', pathNot: [specFiles, '/nx-(compat|plugin-cache)\\.ts$'] },
      to: { path: ['@nx/devkit/(dist/)?internal', '(^|node_modules/)nx/(src|dist/src)/'] },
    },
    {
      name: 'packages-meet-at-their-index',
      severity: 'error',
      comment:
        "Why: what is not in a package's index may change any day, and a relative path breaks when the package is installed. What to do: import '@org/validator' or '@org/generator-core' (in tests also its '/testing'), and export the name from that package's src/index.ts (what must load fast: '@org/validator/imports' and '/verdict').",
      from: { path: '^packages/([^/]+)/src/' },
      to: {
        path: 'packages/(validator|generator-core|nx-plugin)/',
        pathNot: [
          '^packages/$1/',
          'packages/(validator|generator-core|nx-plugin)/(dist|src)/((testing/)?index|imports|verdict)\\.(d\\.ts|js|ts)$',
        ],
      },
    },
    {
      name: 'packages-are-not-reached-by-path',
      severity: 'error',
      comment:
        "Why: a relative path into another package breaks when the packages are installed. What to do: import it by its name, '@org/…'.",
      from: { path: '^packages/([^/]+)/src/' },
      to: { path: '^packages/[^/]+/src/', pathNot: '^packages/$1/' },
    },
  ];
}

function edgeRules() {
  return [
    {
      name: 'disk-only-at-the-edges',
      severity: 'error',
      comment: `Why: cores take values and give values, so that a test needs no disk and the same input gives the same bytes. What to do: read the file at one of the edges (${edges.join(', ')}) and pass its text.`,
      from: { path: '^packages/[^/]+/src/', pathNot: [specFiles, ...edges.map((path) => `^${path.replaceAll('.', '\\.')}`)] },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'processes-at-named-edges',
      severity: 'error',
      comment:
        'Why: validator and core start no program, but for what core shuts in, the uv that makes an environment for it, and git where texts are merged; that is what makes them safe to run anywhere. What to do: do it in packages/nx-plugin/src and pass the outcome, or run it by generator-core/src/sandbox.',
      from: {
        path: '^packages/(validator|generator-core)/src/',
        pathNot: [specFiles, '^packages/generator-core/src/(sandbox/|trial/uv-environment\\.ts$|merge/open-git-merger\\.ts$)'],
      },
      to: { path: '^(node:)?(child_process|cluster|net|tls|dgram|http|https|http2)$' },
    },
    {
      name: 'threads-only-in-the-cache',
      severity: 'error',
      comment:
        'Why: everything but the making of facts and the start of the command is a function of values, whichever thread it runs in. What to do: let packages/validator/src/cache share the work out.',
      from: {
        path: '^packages/[^/]+/src/',
        pathNot: [specFiles, '^packages/validator/src/cache/', '^packages/validator/src/command/run-(in-thread|worker)\\.ts$'],
      },
      to: { path: '^(node:)?worker_threads$' },
    },
    {
      name: 'no-network-in-the-plugin',
      severity: 'error',
      comment:
        'Why: what the plugin does depends on its declared inputs only, or the cache would lie. What to do: leave the network to the tools the user runs (uv, npm).',
      from: { path: '^packages/nx-plugin/src/', pathNot: specFiles },
      to: { path: '^(node:)?(tls|dgram|http|https|http2)$' },
    },
  ];
}

function shapeRules() {
  return [
    {
      name: 'no-cycle',
      severity: 'error',
      comment:
        'Why: files in a cycle can only be understood and tested together. What to do: move the shared part to a file of its own that both import.',
      from: { path: '^packages/[^/]+/src/' },
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      severity: 'error',
      comment:
        'Why: a file that nothing imports and that imports nothing is dead. What to do: import it where it is meant to be used, or delete it.',
      from: { orphan: true, path: '^packages/[^/]+/src/', pathNot: [specFiles, '\\.d\\.ts$', '/index\\.ts$'] },
      to: {},
    },
    {
      name: 'no-import-of-tests',
      severity: 'error',
      comment:
        'Why: tests are not packed, so that the import breaks at the user. What to do: move the shared helper to src/testing/ and import it from the tests only.',
      from: { path: '^packages/[^/]+/src/', pathNot: specFiles },
      to: { path: ['\\.spec\\.ts$', '^packages/[^/]+/(src|dist)/testing/'] },
    },
    {
      name: 'no-undeclared-dependency',
      severity: 'error',
      comment:
        "Why: it works here because another package brings it, and fails at the user. What to do: add it to this package's own package.json, or do without.",
      from: { path: '^packages/[^/]+/src/', pathNot: specFiles },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-dependency',
      severity: 'error',
      comment:
        'Why: development dependencies are not installed at the user. What to do: move it to `dependencies` of the package that imports it.',
      from: { path: '^packages/[^/]+/src/', pathNot: specFiles },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm', 'npm-peer'] },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      comment:
        'Why: an import that leads nowhere breaks when the file is loaded. What to do: correct the path; for a package of ours run `npm run build` first.',
      from: { path: '^packages/[^/]+/src/' },
      to: { couldNotResolve: true },
    },
  ];
}
