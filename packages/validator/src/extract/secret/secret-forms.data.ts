import type { SecretKind } from './secret-fact';

/** Forms that issuers gave their keys so that they can be found. */
export const SECRET_FORMS: readonly {
  readonly name: string;
  readonly form: RegExp;
  readonly kind: Extract<SecretKind, 'known-form' | 'maybe-public'>;
}[] = [
  { name: 'AWS access key', form: /^(AKIA|ASIA)[A-Z2-7]{16}$/, kind: 'known-form' },
  { name: 'GitHub token', form: /^(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})$/, kind: 'known-form' },
  { name: 'GitLab token', form: /^glpat-[\w-]{20,}$/, kind: 'known-form' },
  { name: 'Slack token', form: /^xox[abeprs]-\d{8,}-[A-Za-z0-9-]{20,}$/, kind: 'known-form' },
  { name: 'Slack webhook', form: /^https:\/\/hooks\.slack\.com\/services\/T\w{8,}\/B\w{8,}\/\w{20,}$/, kind: 'known-form' },
  { name: 'Stripe key', form: /^[sr]k_live_[0-9A-Za-z]{24,}$/, kind: 'known-form' },
  { name: 'SendGrid key', form: /^SG\.[\w-]{22}\.[\w-]{43}$/, kind: 'known-form' },
  { name: 'OpenAI key', form: /^sk-(proj-[\w-]{40,}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})$/, kind: 'known-form' },
  { name: 'Anthropic key', form: /^sk-ant-\w+-[\w-]{80,}$/, kind: 'known-form' },
  { name: 'private key', form: /-----BEGIN [A-Z ]*PRIVATE KEY-----(\s|\\n|\\\s)*[A-Za-z0-9+/=\\\s]{100,}/, kind: 'known-form' },
  { name: 'Google API key', form: /^AIza[\w-]{35}$/, kind: 'maybe-public' },
  { name: 'JSON Web Token', form: /^eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}$/, kind: 'maybe-public' },
];

/** The beginnings of the forms, to leave out most files at once. */
export const FORM_STARTS =
  /AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|hooks\.slack|k_live_|["']SG\.|["']sk-|PRIVATE KEY-----|AIza|["']eyJ/;
