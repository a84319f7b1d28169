import type { Attempt } from '../attempt/attempt';
import { askModel, type AskingModel } from '../attempt/ask-model';
import { writeArtifact, type ArtifactWritten } from '../attempt/write-artifact';
import { buildContext } from '../context/build-context';
import { buildWriteRequest } from '../context/build-request';
import { fitContext } from '../context/fit-context';
import type { ArtifactContext } from '../context/artifact-context';
import { signaturesOf } from '../context/signatures-of';
import { CandidateJudge } from '../gate/candidate-judge';
import type { CompletionRequest } from '../model/language-model';
import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';
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

/** Has a model write single files of a plan, each judged against the files it needs. */
export class ArtifactWriter {
  private readonly judge: CandidateJudge;

  constructor(private readonly options: WriterOptions) {
    this.judge = new CandidateJudge(options.templateTexts);
  }

  /**
   * `written` has what was accepted so far; what the file needs and is not in it stands as its template has it.
   * `earlier` are the attempts that a run has shown to be wrong: the same policy goes on from there.
   */
  write(path: string, written: ReadonlyMap<string, string>, earlier: readonly Attempt[] = []): Promise<ArtifactWritten> {
    const { asking, prompts, answerTokens = 16_384, lessonsFor, onAttempt } = this.options;
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
    const { prompts, answerTokens = 16_384, lessonsFor } = this.options;
    const artifact = this.artifactAt(path);
    const context = this.contextOf(artifact, new Map());
    return buildWriteRequest({ context, prompts, maxOutputTokens: answerTokens, lessons: lessonsFor?.(artifact) ?? [] });
  }

  private contextOf(artifact: Artifact, accepted: ReadonlyMap<string, string>): ArtifactContext {
    const { spec, specText, plan, prompts, contextTokens = 24_000 } = this.options;
    const surfaceOf = (path: string) => this.judge.surfaceOf(path, accepted);
    const contract = signaturesOf(surfaceOf(artifact.path));
    return fitContext(buildContext(artifact, { spec, specText, plan, surfaceOf, contract, prompts }), contextTokens);
  }

  private artifactAt(path: string): Artifact {
    return this.options.plan.graph.nodes[path]!.data;
  }
}
