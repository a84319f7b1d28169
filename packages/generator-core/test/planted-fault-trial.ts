import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findUnwrittenCode, openProject, type Diagnostic, type Project } from '@org/validator';
import { writeArtifact, type ArtifactWritten } from '../src/attempt/write-artifact';
import { buildContext } from '../src/context/build-context';
import { fitContext } from '../src/context/fit-context';
import { readPrompts } from '../src/context/prompt-store';
import { CandidateJudge } from '../src/gate/candidate-judge';
import { findForbiddenConstructs } from '../src/gate/find-forbidden-constructs';
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
  /** Constructs that no file may hold, and code that was left out. */
  readonly policy: readonly string[];
  readonly isImportRelated: boolean;
}

export interface Trial {
  /** What is written by who takes the first fence, or the whole answer. */
  readonly without: { readonly text: string; readonly breakage: Breakage };
  readonly with: {
    readonly ends: 'given-up' | 'accepted';
    /** What reaches the disk. */
    readonly text: string;
    readonly breakage: Breakage;
    /** Rules against the first answer, or the reason why it is none; sorted. */
    readonly found: readonly string[];
    readonly firstWords: string;
    readonly calls: number;
  };
}

/** Tries planted faults on one service, whose templates are right. */
export class FaultTrials {
  private readonly judge: CandidateJudge;
  private readonly project: Project;

  constructor(private readonly service: PlannedService) {
    this.judge = new CandidateJudge(service.templateTexts);
    this.project = openProject({ files: new Map(service.templateTexts) });
  }

  async try(fault: PlantedFault): Promise<Trial> {
    const written = await this.write(fault.artifact, { text: fault.answer, finishReason: fault.finishReason });
    const template = this.templateOf(fault.artifact);
    const text = written.kind === 'accepted' ? written.text : template;
    const naive = naiveText(fault.answer);
    return {
      without: { text: naive, breakage: this.breakageOf(fault.artifact, naive) },
      with: {
        ends: written.kind,
        text,
        breakage: this.breakageOf(fault.artifact, text),
        ...firstFinding(written),
        calls: written.attempts.length,
      },
    };
  }

  /** The same file without the fault, through the same gates. */
  tryTwin({ artifact, twin }: Pick<PlantedFault, 'artifact' | 'twin'>): Promise<ArtifactWritten> {
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
    const surfaceOf = (each: string) => this.judge.surfaceOf(each, new Map());
    const completion: Completion = { ...answer, usage: UNKNOWN_USAGE, modelVersion: undefined };
    return writeArtifact({
      context: fitContext(buildContext(artifact, { spec, specText, plan, surfaceOf, contract: '' }), 24_000),
      prompts: readPrompts(),
      maxOutputTokens: 1000,
      ask: async () => ({ kind: 'answered', completion, paid: undefined }),
      judge: (candidate) => this.judge.judge(artifact, candidate, new Map()),
    });
  }

  private breakageOf(path: string, text: string): Breakage {
    this.project.update(new Map([[path, text]]));
    const rules = namesOf(this.project.check().filter(({ certainty }) => certainty === 'certain'));
    this.project.update(new Map([[path, this.templateOf(path)]]));
    const template = new Set(findForbiddenConstructs(this.artifactAt(path), this.templateOf(path)).map(({ message }) => message));
    const forbidden = findForbiddenConstructs(this.artifactAt(path), text).filter(({ message }) => !template.has(message));
    const unwritten = findUnwrittenCode(text).map(({ kind }) => kind);
    const policy = [...new Set([...namesOf(forbidden), ...unwritten])].sort();
    return { rules, policy, isImportRelated: rules.some((rule) => IMPORT_RULES.has(rule)) };
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
