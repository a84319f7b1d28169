import { describe, expect, test } from 'vitest';
import type { FinishReason } from '../model/completion';
import { extractCandidate } from './extract-candidate';

const stop: FinishReason = { unified: 'stop', raw: 'STOP' };
const CODE = 'import json\n\n\ndef read(text: str) -> object:\n    """Read `text`."""\n    return json.loads(text)\n';

function extract(text: string, finishReason = stop) {
  return extractCandidate({ text, finishReason }, 'app/services/read.py');
}

describe('code is found', () => {
  test.each<[string, string, readonly string[]]>([
    ['alone', CODE, []],
    ['in a fence', `\`\`\`python\n${CODE}\`\`\``, ['fences']],
    ['in a fence without a language', `\`\`\`\n${CODE}\`\`\`\n`, ['fences']],
    ['in a fence nobody closed', `\`\`\`python\n${CODE}`, ['fences', 'prose']],
    ['in a longer fence', `\`\`\`\`py\n${CODE}\`\`\`\``, ['fences']],
    ['between words', `Here is the file:\n\n\`\`\`python\n${CODE}\`\`\`\n\nIt reads JSON.`, ['fences', 'prose']],
    [
      'between words, without a fence',
      `Sure! Here is the file you asked for.\n\n${CODE}\nThis function reads JSON text and returns it.`,
      ['prose'],
    ],
    ['with Windows line ends and a byte order mark', `\uFEFF${CODE.replaceAll('\n', '\r\n')}`, []],
    ['beside a block for the shell', `\`\`\`python\n${CODE}\`\`\`\n\`\`\`bash\npip install x\n\`\`\``, ['fences', 'prose']],
    ['twice the same', `\`\`\`python\n${CODE}\`\`\`\nAgain:\n\`\`\`python\n${CODE}\`\`\``, ['fences', 'prose']],
    [
      'named before the fence, with another file beside it',
      `**app/other.py**\n\`\`\`python\nx = 1\n\`\`\`\n**app/services/read.py**\n\`\`\`python\n${CODE}\`\`\``,
      ['fences', 'prose'],
    ],
    [
      'named in the fence',
      `\`\`\`python app/other.py\nx = 1\n\`\`\`\n\`\`\`python title="services/read.py"\n${CODE}\`\`\``,
      ['fences', 'prose'],
    ],
    [
      'with an example of use that names another file',
      `\`\`\`python\n${CODE}\`\`\`\nIn main.py:\n\`\`\`python\nread("1")\n\`\`\``,
      ['fences', 'prose'],
    ],
  ])('%s', (_name, text, stripped) => {
    expect(extract(text)).toEqual({ kind: 'candidate', text: CODE, stripped });
  });

  test('a comment with the path stays: it is part of the file', () => {
    expect(extract(`\`\`\`python\n# app/services/read.py\n${CODE}\`\`\``)).toMatchObject({ text: `# app/services/read.py\n${CODE}` });
  });
});

describe('what cannot be used has a name', () => {
  const ended = (unified: FinishReason['unified'], raw: string): FinishReason => ({ unified, raw });
  test.each<[string, string, FinishReason, string, string]>([
    ['nothing', ' \n', stop, 'empty', 'The answer has no text.'],
    ['an empty block', '```python\n```', stop, 'empty', 'The block of code is empty.'],
    ['cut off', CODE, ended('length', 'MAX_TOKENS'), 'truncated', 'The answer ended where no more tokens were allowed.'],
    ['filtered', CODE, ended('content-filter', 'RECITATION'), 'refusal', "The provider's filter ended the answer (RECITATION)."],
    ['an unknown end', CODE, ended('other', 'NEW_WORD'), 'unknown-finish', 'The answer ended with "NEW_WORD", which is no success.'],
    [
      'a refusal',
      "I'm sorry, but I can't help with that.",
      stop,
      'refusal',
      'The model declines: "I\'m sorry, but I can\'t help with that."',
    ],
    ['words', 'The file should read JSON.', stop, 'no-code', 'The answer has no code: "The file should read JSON."'],
    ['another language', '```yaml\na: 1\n```', stop, 'no-code', 'The answer has no Python, only yaml.'],
    [
      'two files',
      `\`\`\`python\n${CODE}\`\`\`\n\`\`\`python\nx = 1\n\`\`\``,
      stop,
      'several-blocks',
      'The answer has 2 blocks of Python, and nothing says which is app/services/read.py.',
    ],
    [
      'another file',
      '```python\n# app/other.py\nx = 1\n```',
      stop,
      'wrong-file',
      'The answer writes app/other.py instead of app/services/read.py.',
    ],
  ])('%s', (_name, text, finishReason, reason, message) => {
    expect(extract(text, finishReason)).toEqual({ kind: 'unusable', reason, message });
  });
});
