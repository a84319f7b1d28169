import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject, type Diagnostic, type Project } from '@org/validator';
import { writeArtifact, type ArtifactWritten } from '../src/attempt/write-artifact';
import { buildContext } from '../src/context/build-context';
import { fitContext } from '../src/context/fit-context';
import { readPrompts } from '../src/context/prompt-store';
import { CandidateJudge } from '../src/gate/candidate-judge';
import { UNKNOWN_USAGE, type Completion } from '../src/model/completion';
import type { Artifact } from '../src/plan/artifact';
import type { PlannedService } from '../src/testing/planned-service';
import type { PlantedFault } from './read-planted-faults';

/** Rules about what a file imports: the faults that this project began with. */
const IMPORT_RULES = new Set([
  'unresolved-import',
  'unknown-symbol',
  'unresolved-attribute',
  'undeclared-distribution',
  'transitive-distribution',
  'import-cycle',
  'relative-import-beyond-top',
  'unknown-library-name',
  'undefined-name',
]);

/** What is wrong with a file on the disk, by whom it is seen. */
export interface Breakage {
  /** Rules of the validator, in the file or in those that use it. */
  readonly rules: readonly string[];
  /** What only the other gates tell: constructs that no file may hold, code left out, names that an object does not have. */
  readonly gates: readonly string[];
  readonly isImportRelated: boolean;
}

/** What reaches the disk when the text of the first fence, or the whole answer, is taken for the file. */
export interface UngatedOutcome {
  readonly text: string;
  readonly breakage: Breakage;
}

export interface GatedOutcome {
  readonly ends: ArtifactWritten['kind'];
  /** What reaches the disk. */
  readonly text: string;
  readonly breakage: Breakage;
  /** Rules against the first answer, or the reason why it is none; sorted. */
  readonly found: readonly string[];
  readonly firstWords: string;
  readonly calls: number;
}

/** Tries planted faults on one service, whose templates are right. */
export class FaultTrials {
  private readonly judge: CandidateJudge;
  private readonly project: Project;
  private readonly twins = new Map<string, Promise<ArtifactWritten>>();

  constructor(private readonly service: PlannedService) {
    this.judge = new CandidateJudge(service.templateTexts);
    this.project = openProject({ files: new Map(service.templateTexts) });
  }

  tryWithoutGates({ artifact, answer }: PlantedFault): UngatedOutcome {
    const text = naiveText(answer);
    return { text, breakage: this.breakageOf(artifact, text) };
  }

  async tryWithGates(fault: PlantedFault): Promise<GatedOutcome> {
    const written = await this.write(fault.artifact, { text: fault.answer, finishReason: fault.finishReason });
    const text = written.kind === 'accepted' ? written.text : this.templateOf(fault.artifact);
    const breakage = this.breakageOf(fault.artifact, text);
    return { ends: written.kind, text, breakage, ...firstFinding(written), calls: written.attempts.length };
  }

  /** The same file without the fault, through the same gates; many faults have the same twin. */
  tryTwin(fault: Pick<PlantedFault, 'artifact' | 'twin'>): Promise<ArtifactWritten> {
    const key = `${fault.artifact} ${fault.twin}`;
    const known = this.twins.get(key) ?? this.writeTwin(fault);
    this.twins.set(key, known);
    return known;
  }

  private writeTwin({ artifact, twin }: Pick<PlantedFault, 'artifact' | 'twin'>): Promise<ArtifactWritten> {
    const text = twin === 'template' ? this.templateOf(artifact) : readFileSync(join(__dirname, '../../..', twin), 'utf8');
    return this.write(artifact, { text: `\`\`\`python\n${text}\`\`\`\n`, finishReason: { unified: 'stop', raw: 'STOP' } });
  }

  private templateOf(path: string): string {
    return this.service.templateTexts.get(path)!;
  }

  private artifactAt(path: string): Artifact {
    const node = this.service.plan.graph.nodes[path];
    if (node === undefined) throw new Error(`The plan has no artifact ${path}.`);
    return node.data;
  }

  /** The real way of an answer, by a model that says the same each time it is asked. */
  private write(path: string, answer: Pick<Completion, 'text' | 'finishReason'>): Promise<ArtifactWritten> {
    const { spec, specText, plan } = this.service;
    const artifact = this.artifactAt(path);
    const prompts = readPrompts();
    const surfaceOf = (each: string) => this.judge.surfaceOf(each, new Map());
    const completion: Completion = { ...answer, usage: UNKNOWN_USAGE, modelVersion: undefined };
    return writeArtifact({
      context: fitContext(buildContext(artifact, { spec, specText, plan, surfaceOf, contract: '', prompts }), 24_000),
      prompts,
      maxOutputTokens: 1000,
      ask: async () => ({ kind: 'answered', completion, paid: undefined, milliseconds: 0 }),
      judge: (candidate) => this.judge.judge(artifact, candidate, new Map()),
    });
  }

  private breakageOf(path: string, text: string): Breakage {
    this.project.update(new Map([[path, text]]));
    const rules = namesOf(this.project.check().filter(({ certainty }) => certainty === 'certain'));
    this.project.update(new Map([[path, this.templateOf(path)]]));
    const ofTemplate = new Set(this.verdictOn(path, this.templateOf(path)).map(({ message }) => message));
    const gates = namesOf(this.verdictOn(path, text).filter(({ rule, message }) => !rules.includes(rule) && !ofTemplate.has(message)));
    return { rules, gates, isImportRelated: [...rules, ...gates].some((rule) => IMPORT_RULES.has(rule)) };
  }

  private verdictOn(path: string, text: string): readonly Diagnostic[] {
    return this.judge.judge(this.artifactAt(path), text, new Map()).diagnostics;
  }
}

/** The text of the first fence, or all of it: what tools without gates do. */
function naiveText(answer: string): string {
  return /^ *```[^\n]*\n([\s\S]*?)(?:^ *```|$(?![\s\S]))/m.exec(answer)?.[1] ?? answer;
}

function firstFinding({ attempts }: ArtifactWritten): { readonly found: readonly string[]; readonly firstWords: string } {
  const { outcome } = attempts[0]!;
  switch (outcome.kind) {
    case 'rejected':
      return { found: namesOf(outcome.diagnostics), firstWords: outcome.diagnostics[0]!.message };
    case 'unusable':
      return { found: [outcome.reason], firstWords: outcome.message };
    case 'accepted':
      return { found: [], firstWords: '' };
    case 'failed':
      throw new Error(outcome.failure.message);
  }
}

function namesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return [...new Set(diagnostics.map(({ rule }) => rule))].sort();
}
