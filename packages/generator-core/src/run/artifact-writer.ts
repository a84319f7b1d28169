import type { Attempt } from '../attempt/attempt';
import { askModel, type AskingModel } from '../attempt/ask-model';
import { writeArtifact, type ArtifactWritten } from '../attempt/write-artifact';
import { buildContext, type ContextSource } from '../context/build-context';
import { buildWriteRequest } from '../context/build-request';
import type { TaskSource } from '../context/describe-task';
import { fitContext } from '../context/fit-context';
import type { ArtifactContext } from '../context/artifact-context';
import { signaturesOf } from '../context/signatures-of';
import { CandidateJudge } from '../gate/candidate-judge';
import { canonicalSpec } from '../keys/canonical-spec';
import { canonicalSpecText } from '../keys/canonical-spec-text';
import { needsHash } from '../keys/needs-hash';
import { promptKey } from '../keys/prompt-key';
import type { CompletionRequest } from '../model/language-model';
import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import type { ArtifactKey } from '../promote/artifact-key';
import { textHash } from '../promote/text-hash';
import type { ServiceSpec } from '../spec/service-spec';
import { neededTexts } from './needed-texts';

export interface WriterOptions {
  readonly spec: ServiceSpec;
  readonly specText: string;
  readonly plan: GenerationPlan;
  /** The templates' texts by path, through their gates already: what a model does not better stays as they are. */
  readonly templateTexts: ReadonlyMap<string, string>;
  readonly prompts: ReadonlyMap<string, string>;
  readonly asking: AskingModel;
  /** What mended files of an artifact's kind before; nothing unless given. */
  readonly lessonsFor?: (artifact: Artifact) => readonly string[];
  /** Tokens of a prompt's context, and of an answer. */
  readonly contextTokens?: number;
  readonly answerTokens?: number;
  readonly onAttempt?: (path: string, attempt: Attempt) => void;
}

const ANSWER_TOKENS = 16_384;
const CONTEXT_TOKENS = 24_000;

/** Has a model write single files of a plan, each judged against the files it needs. */
export class ArtifactWriter {
  private readonly judge: CandidateJudge;
  private readonly canonical: Pick<WriterOptions, 'spec' | 'specText'>;

  constructor(private readonly options: WriterOptions) {
    this.judge = new CandidateJudge(options.templateTexts);
    this.canonical = { spec: canonicalSpec(options.spec), specText: canonicalSpecText(options.specText) };
  }

  /**
   * `written` has what was accepted so far; what the file needs and is not in it stands as its template has it.
   * `earlier` are the attempts that a run has shown to be wrong: the same policy goes on from there.
   */
  write(path: string, written: ReadonlyMap<string, string>, earlier: readonly Attempt[] = []): Promise<ArtifactWritten> {
    const { asking, prompts, answerTokens = ANSWER_TOKENS, lessonsFor, onAttempt } = this.options;
    const artifact = this.artifactAt(path);
    const accepted = neededTexts(path, this.options.plan, written);
    return writeArtifact({
      context: this.contextOf(artifact, accepted),
      prompts,
      maxOutputTokens: answerTokens,
      lessons: lessonsFor?.(artifact) ?? [],
      ask: (request, remembered) => askModel(path, { request, remembered }, asking),
      judge: (candidate) => this.judge.judge(artifact, candidate, accepted),
      onAttempt: (attempt) => onAttempt?.(path, attempt),
      earlier,
    });
  }

  /** The first request for a file, with the templates' files for all that is not written. */
  firstRequest(path: string): CompletionRequest {
    const { prompts, answerTokens = ANSWER_TOKENS, lessonsFor } = this.options;
    const artifact = this.artifactAt(path);
    const context = this.contextOf(artifact, new Map());
    return buildWriteRequest({ context, prompts, maxOutputTokens: answerTokens, lessons: lessonsFor?.(artifact) ?? [] });
  }

  /**
   * What the first request for a file depends on, as hashes: no order and no comment of the spec, no lesson, and of the files around it
   * what the request shows of them. `written` is as in `write`.
   */
  keyOf(path: string, written: ReadonlyMap<string, string>): ArtifactKey {
    const { prompts, asking, answerTokens = ANSWER_TOKENS, contextTokens = CONTEXT_TOKENS } = this.options;
    const artifact = this.artifactAt(path);
    const source = { ...this.options, ...this.canonical };
    const { modules, distant, provides } = buildContext(
      artifact,
      this.surroundings(artifact, neededTexts(path, this.options.plan, written), source),
    );
    const shown = modules.map(({ name, interface: text }): [string, string] => [name, text]);
    return {
      ...promptKey(artifact, { ...source, prompts }),
      needs: needsHash([...shown, ...distant.map((line): [string, string] => [line, '']), ['', provides]]),
      model: textHash(JSON.stringify([asking.model.provider, asking.model.id, answerTokens, contextTokens])),
    };
  }

  /** Whether a text that was accepted once passes its gates beside these. */
  fits(path: string, text: string, written: ReadonlyMap<string, string>): boolean {
    const judgement = this.judge.judge(this.artifactAt(path), text, neededTexts(path, this.options.plan, written));
    return judgement.diagnostics.length === 0 && judgement.text === text;
  }

  private contextOf(artifact: Artifact, accepted: ReadonlyMap<string, string>): ArtifactContext {
    const { contextTokens = CONTEXT_TOKENS } = this.options;
    return fitContext(buildContext(artifact, this.surroundings(artifact, accepted, this.options)), contextTokens);
  }

  private surroundings(
    artifact: Artifact,
    accepted: ReadonlyMap<string, string>,
    { spec, specText, plan, prompts }: TaskSource,
  ): ContextSource {
    const surfaceOf = (path: string) => this.judge.surfaceOf(path, accepted);
    return { spec, specText, plan, prompts, surfaceOf, contract: signaturesOf(surfaceOf(artifact.path)) };
  }

  private artifactAt(path: string): Artifact {
    return this.options.plan.graph.nodes[path]!.data;
  }
}
