import type { SecretKind } from './secret-fact';
import { SECRET_FORMS } from './secret-forms.data';

/** Whoever knows them can sign tokens or read sessions. */
const SIGNING_NAME = /(^|_)(secret_?key|jwt_?(secret|key)|(signing|encryption)_?key|(signing|session|auth|token)_?secret|jwt_secret_key)$/i;
const SECRET_NAME = /(^|_)(secret|secret_?key|client_?secret|app_?secret|password|passwd|pwd|private_?key|signing_?key|encryption_?key)$/i;
const KEY_NAME = /(^|_)(api_?key|apikey|token|access_?key|credentials?)$/i;
/** Nobody draws these at random. */
const WORDS =
  /change|example|sample|dummy|fake|placeholder|your|xxx|\*\*\*|todo|insert|replace|redacted|secret|passw|testing|test[-_]|[-_]test|default|0123|1234|abcd|deadbeef|key|token|[<>{}$\s]|\.\.\./i;
const TO_FILL_IN = /change|example|sample|dummy|placeholder|your|xxx|\*\*\*|todo|insert|replace|redacted|default|<.*>|\.\.\./i;

/** What a literal looks like, bound to that name; undefined when it is nothing to hide. */
export function classifySecret(value: string, name: string | undefined): { readonly kind: SecretKind; readonly name: string } | undefined {
  const form = SECRET_FORMS.find((each) => each.form.test(value));
  if (form !== undefined) return TO_FILL_IN.test(value) || entropyOf(value) < 3 ? undefined : { kind: form.kind, name: form.name };
  if (name === undefined || value.length > 512) return undefined;
  const kind = kindByName(value, name);
  return kind === undefined ? undefined : { kind, name };
}

function kindByName(value: string, name: string): SecretKind | undefined {
  const isSigning = SIGNING_NAME.test(name);
  if (isSigning || SECRET_NAME.test(name)) {
    if (!WORDS.test(value) && (isRandom(value) || (/passw|pwd/i.test(name) && isPassword(value)))) return 'random';
    return isSigning ? kindOfWords(value, name) : undefined;
  }
  return KEY_NAME.test(name) && !WORDS.test(value) && isRandom(value) ? 'random-key' : undefined;
}

/** The name of a variable or of a field is no key; neither is text with an interpolation. */
function kindOfWords(value: string, name: string): SecretKind | undefined {
  if (value.length < 3 || /^[A-Z][A-Z0-9_]*$|^[\w.]*[a-z](_key|_secret)$|[{}]|^\w+:\/|^\//.test(value) || value === name) return undefined;
  return TO_FILL_IN.test(value) ? 'placeholder' : 'guessable';
}

/** Some part without separators mixes letters and digits as no word does. */
function isRandom(value: string): boolean {
  if (!/^[\w+/=.~!@#%^&*-]+$/.test(value) || /^(\/|\.|https?:)/.test(value)) return false;
  return value.split(/[-_.:/+=~!@#%^&*]/).some((part) => {
    if (/^[0-9a-f]+$/i.test(part)) return part.length >= 24 && /\d/.test(part) && /[a-f]/i.test(part) && entropyOf(part) >= 3;
    return part.length >= 16 && changesOf(part) >= 5 && entropyOf(part) >= 3.4;
  });
}

function isPassword(value: string): boolean {
  return /^[\w!@#%^&*-]{8,64}$/.test(value) && [/[a-z]/, /[A-Z]/, /\d/, /[!@#%^&*]/].every((kind) => kind.test(value));
}

/** How often it goes from digits to letters, or back. */
function changesOf(text: string): number {
  return (text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g) ?? []).length;
}

/** Bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
