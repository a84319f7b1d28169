import type { CheckedCall } from '../extract/service/checked-call';
import type { Expression } from '../extract/service/expression';
import type { FunctionFacts, ServiceFacts } from '../extract/service/service-facts';
import type { DefinitionIndex } from '../graph/service/definition-index';
import { isTest } from '../graph/service/is-test';
import { readDependency } from '../graph/service/list-dependencies';
import { readParameter } from '../graph/service/read-parameter';
import { sourceInCall } from '../graph/service/source-in-call';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport } from './rule';

const DECODE = /^(jwt(\.api_jwt)?|jose(\.jwt)?)\.decode$/;
const SCHEME = /^fastapi\.security\.(\w+\.)*(OAuth2\w*|HTTPBearer|APIKey\w+)$/;
const UNVERIFIED = /["']verify_signature["']\s*:\s*False|\bverify_signature\s*=\s*False/;
const SECRET_NAME = /(secret|secret_?key)$/i;

/** Each of them was run with PyJWT 2 and python-jose 3. */
export const jwtWithoutAlgorithms = defineServiceRule(
  {
    id: 'jwt-without-algorithms',
    since: '0.3.0',
    severity: 'error',
    summary: 'A token is read without a check that protects it.',
    why: 'Without `algorithms` python-jose takes the one the token names, and PyJWT refuses every token; without the signature anybody can write the token.',
    whatToDo: 'Write `jwt.decode(token, key, algorithms=["HS256"])` with the algorithm the tokens are signed with.',
    security: { cwe: 347, severity: 8.1 },
    examples: [
      {
        bad: 'def user(token: str = Depends(oauth2)):\n    return jwt.decode(token, options={"verify_signature": False})',
        good: 'def user(token: str = Depends(oauth2)):\n    return jwt.decode(token, SECRET_KEY, algorithms=["HS256"])',
      },
    ],
  },
  ({ index }) =>
    index.itemsOf('jwt-without-algorithms', (path) => {
      const service = isTest(path) ? undefined : index.project.summaries.get(path)?.service;
      return service === undefined ? [] : readsOf(path, service, index).flatMap((read) => reportRead(read, index));
    }),
);

interface TokenRead {
  readonly path: string;
  readonly service: ServiceFacts;
  readonly checked: CheckedCall;
  readonly library: string;
  /** The function has another call that reads tokens. */
  readonly hasSibling: boolean;
}

function readsOf(path: string, service: ServiceFacts, index: DefinitionIndex): readonly TokenRead[] {
  const reads = service.checkedCalls.flatMap((checked) => {
    const name = index.externalName(path, checked.call.callee);
    return name === undefined || !DECODE.test(name) ? [] : [{ path, service, checked, library: name.split('.')[0]! }];
  });
  return reads.map((read) => {
    const { functionOffset } = read.checked;
    return { ...read, hasSibling: reads.some(({ checked }) => checked !== read.checked && checked.functionOffset === functionOffset) };
  });
}

function reportRead(read: TokenRead, index: DefinitionIndex): readonly PlacedReport[] {
  const { path, checked } = read;
  if (checked.call.hasSplat) return [];
  const fault = unverified(read, index) ?? weakAlgorithms(read) ?? withoutAlgorithms(read);
  return fault === undefined ? [] : [{ path, span: checked.call.callee.span, ...fault }];
}

type Fault = Pick<PlacedReport, 'message' | 'certainty'>;

/** To look into a token before it is checked, or one that came straight from its issuer, is no fault. */
function unverified(read: TokenRead, index: DefinitionIndex): Fault | undefined {
  const { keywords } = read.checked.call;
  const isOff = UNVERIFIED.test(sourceInCall(read.checked, keywords['options']) ?? '');
  if (!isOff && sourceInCall(read.checked, keywords['verify']) !== 'False') return undefined;
  const isCertain = isOff && !read.hasSibling && takesBearer(read, index);
  return {
    certainty: isCertain ? 'certain' : 'possible',
    message: isCertain
      ? 'The signature of the token a client sends is not checked: anybody can write one. Give the key and `algorithms`, and leave the option out.'
      : 'The signature of this token is not checked: whoever sent it may have written it. Give the key and `algorithms`, unless it is checked elsewhere.',
  };
}

function weakAlgorithms({ checked }: TokenRead): Fault | undefined {
  const source = sourceInCall(checked, checked.call.keywords['algorithms'] ?? checked.call.positional[2]);
  if (source === undefined || !/["']none["']/i.test(source)) return undefined;
  return {
    certainty: 'possible',
    message:
      '`algorithms` lists `none`: older libraries then take tokens without a signature. Leave only the algorithm the tokens are signed with.',
  };
}

/** PyJWT takes the algorithm from a `PyJWK` key. */
function withoutAlgorithms({ checked: { call }, library }: TokenRead): Fault | undefined {
  const { positional, keywords } = call;
  if (keywords['algorithms'] !== undefined || positional.length > 2) return undefined;
  const mend = 'Add `algorithms=["HS256"]`, with the algorithm the tokens are signed with.';
  if (library === 'jose')
    return { certainty: 'certain', message: `Without \`algorithms\` the token says itself how it is to be checked. ${mend}` };
  const key = positional[1] ?? keywords['key'];
  const isText = key?.kind === 'text' || (key?.kind === 'reference' && SECRET_NAME.test(key.reference.names.at(-1)!));
  return {
    certainty: isText ? 'certain' : 'possible',
    message: `Without \`algorithms\` PyJWT refuses every token, and before version 2 the token said itself how it is to be checked. ${mend}`,
  };
}

/** What is read is a parameter that a security scheme of FastAPI fills. */
function takesBearer({ path, service, checked }: TokenRead, index: DefinitionIndex): boolean {
  const owner = service.functions.find(({ offset }) => offset === checked.functionOffset);
  const [token] = checked.call.positional;
  const name = token?.kind === 'reference' ? token.reference.names[0] : undefined;
  const parameter = owner?.parameters.find((each) => each.name === name);
  return owner !== undefined && parameter !== undefined && isBearer(path, parameter, index);
}

function isBearer(path: string, parameter: FunctionFacts['parameters'][number], index: DefinitionIndex): boolean {
  return readParameter(path, parameter, index).marks.some((mark) => {
    const use = readDependency(mark.path, mark.call, index);
    return use !== undefined && isScheme(use.path, use.dependency, index);
  });
}

function isScheme(path: string, dependency: Expression | undefined, index: DefinitionIndex): boolean {
  const definition = index.definitionOf(path, dependency);
  const made = dependency?.kind === 'call' ? { path, call: dependency } : undefined;
  const value = definition?.kind === 'assignment' ? definition.assignment.value : undefined;
  const found = made ?? (definition !== undefined && value?.kind === 'call' ? { path: definition.path, call: value } : undefined);
  return found !== undefined && SCHEME.test(index.externalName(found.path, found.call.callee) ?? '');
}
