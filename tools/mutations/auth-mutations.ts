import { roleMember } from '../../packages/generator-core/src/artifacts/python/python-value';
import type { ServiceSpec } from '../../packages/generator-core/src/spec/service-spec';
import type { Edit, Mutation } from './mutation';

const security = 'app/core/security.py';
const service = 'app/services/auth.py';
const limits = 'app/core/rate_limit.py';

/** Passwords, access tokens and refresh tokens. */
export function authMutations(spec: ServiceSpec): readonly Mutation[] {
  return spec.auth === undefined
    ? []
    : [...tokenMutations(), ...passwordMutations(), ...refreshMutations(), ...limitMutations(), ...signUpMutations(spec)];
}

function inAuth(protection: string, ...edits: readonly Edit[]): Mutation {
  return { protection, edits, tests: ['tests/test_auth.py'] };
}

function tokenMutations(): readonly Mutation[] {
  const optional = (claim: string, ...more: readonly Edit[]): Mutation =>
    inAuth(
      `access tokens need ${claim}`,
      { path: security, find: new RegExp(`^(REQUIRED_CLAIMS = \\[.*?)"${claim}"(?:, )?`, 'm'), replace: '$1' },
      ...more,
    );
  // PyJWT asks for a claim that it compares, so that the comparison goes, too.
  const options = (word: string): Edit => ({
    path: security,
    find: '"require": REQUIRED_CLAIMS',
    replace: `"require": REQUIRED_CLAIMS, "${word}": False`,
  });
  const anyKind: Edit = {
    path: security,
    find: 'if claims["typ"] != ACCESS_CLAIM:',
    replace: 'if claims.get("typ") not in (None, ACCESS_CLAIM):',
  };
  return [
    inAuth('the algorithm of tokens is fixed', {
      path: security,
      find: 'algorithms=[ALGORITHM]',
      replace: 'algorithms=["HS256", "HS384", "HS512", "none"]',
    }),
    inAuth('the signature of tokens is checked', options('verify_signature')),
    inAuth('expired tokens are refused', options('verify_exp')),
    inAuth('tokens of another issuer are refused', { path: security, find: /\n *issuer=ISSUER,/, replace: '' }),
    inAuth('tokens for another audience are refused', options('verify_aud')),
    inAuth('other kinds of tokens are refused', { path: security, find: 'if claims["typ"] != ACCESS_CLAIM:', replace: 'if False:' }),
    optional('exp'),
    optional('iat'),
    optional('jti'),
    optional('typ', anyKind),
    optional('iss', { path: security, find: /\n *issuer=ISSUER,/, replace: '' }),
    optional('aud', options('verify_aud')),
    inAuth('tokens of closed accounts are refused', {
      path: security,
      find: 'if user is None or not user.is_active:',
      replace: 'if user is None:',
    }),
  ];
}

function passwordMutations(): readonly Mutation[] {
  return [
    inAuth('passwords are checked', {
      path: security,
      find: 'return password_hasher.verify_and_update(password, hashed)',
      replace: 'return True, password_hasher.verify_and_update(password, hashed)[1]',
    }),
    inAuth('an unknown login costs as much as a wrong password', {
      path: security,
      find: 'password_hasher.verify(password, _dummy_hash())',
      replace: '_dummy_hash()',
    }),
    inAuth('passwords are checked off the event loop', {
      path: security,
      find: /asyncio\.to_thread\(_verify_password, password, hashed\)/,
      replace: 'asyncio.sleep(0, _verify_password(password, hashed))',
    }),
    inAuth('passwords are hashed off the event loop', {
      path: security,
      find: /asyncio\.to_thread\(password_hasher\.hash, password\)/,
      replace: 'asyncio.sleep(0, password_hasher.hash(password))',
    }),
    inAuth('old hashes are made anew', { path: service, find: 'if new_hash is not None:', replace: 'if False and new_hash is not None:' }),
    inAuth('closed accounts cannot log in', {
      path: service,
      find: 'if user is None or not is_right or not user.is_active:',
      replace: 'if user is None or not is_right:',
    }),
    inAuth('guesses at an account are limited', {
      path: service,
      find: /await get_rate_limiter\(\)\.take\(\s*account[\s\S]*?\n {4}\)/,
      replace: 'pass',
    }),
    inAuth('requests from an address are limited', {
      path: limits,
      find: /await get_rate_limiter\(\)\.take\([\s\S]*?\n {4}\)/,
      replace: 'pass',
    }),
    inAuth('new tokens are not cached', {
      path: 'app/routers/auth.py',
      find: /("\/refresh",\s*dependencies=\[Depends\(limit_by_address\)), Depends\(forbid_caching\)/,
      replace: '$1',
    }),
    inAuth('answers with tokens are not cached', { path: 'app/routers/auth.py', find: '"no-store"', replace: '"private"' }),
  ];
}

function refreshMutations(): readonly Mutation[] {
  const condition = (text: RegExp): Edit => ({
    path: service,
    find: new RegExp(`\\n *${text.source},(?=[\\s\\S]*\\.values\\(used_at)`),
    replace: '',
  });
  return [
    inAuth('refresh tokens are stored as hashes', {
      path: service,
      find: 'return hashlib.sha256(refresh_token.encode()).hexdigest()',
      replace: 'return refresh_token',
    }),
    inAuth('refresh tokens are good once', condition(/RefreshToken\.used_at\.is_\(None\)/)),
    inAuth('expired refresh tokens are refused', condition(/RefreshToken\.expires_at > utc_now\(\)/)),
    inAuth('revoked refresh tokens are refused', condition(/RefreshToken\.revoked_at\.is_\(None\)/)),
    inAuth('reuse of a refresh token ends its family', {
      path: service,
      find: /await revoke\(session, refresh_token\)\n/,
      replace: 'pass\n',
    }),
    inAuth('the end of a family outlives the refusal', {
      path: service,
      find: /\n *await session\.commit\(\)\n( *raise UnauthorizedError\("The refresh token)/,
      replace: '\n$1',
    }),
    inAuth('closed accounts cannot refresh', {
      path: service,
      find: 'if claimed is None or user is None or not user.is_active:',
      replace: 'if claimed is None or user is None:',
    }),
    inAuth('log-out ends the family', {
      path: 'app/routers/auth.py',
      find: 'await auth_service.revoke(session, data.refresh_token)',
      replace: 'pass',
    }),
  ];
}

function signUpMutations(spec: ServiceSpec): readonly Mutation[] {
  const { auth } = spec;
  const user = spec.entities.find(({ isUser }) => isUser);
  if (auth === undefined || user === undefined || !(auth.register || user.access.create)) return [];
  const path = 'app/schemas/_base.py';
  const tests = ['tests/test_auth.py', `tests/test_${user.module}.py`];
  const another = auth.roles.filter((role) => role !== auth.defaultRole).at(-1);
  return [
    ...(auth.register && another !== undefined
      ? [
          inAuth('who signs up gets the least role', {
            path: 'app/routers/auth.py',
            find: /\brole=Role\.\w+/,
            replace: `role=${roleMember(another)}`,
          }),
        ]
      : []),
    ...(auth.register && user.fields.some(({ name, type }) => name === auth.login && type.kind === 'email')
      ? [inAuth('capitals make no other email', { path, find: /, AfterValidator\((?:str\.lower|normal_email)\)(?=\])/, replace: ', None' })]
      : []),
    {
      protection: 'short passwords are refused',
      edits: [{ path, find: 'min_length=12, max_length=128', replace: 'max_length=128' }],
      tests,
    },
    {
      protection: 'endless passwords are refused',
      edits: [{ path, find: 'min_length=12, max_length=128', replace: 'min_length=12' }],
      tests,
    },
    {
      protection: 'common passwords are refused',
      edits: [{ path, find: / or password\.lower\(\)\.rstrip\(.*?\) in COMMON_PASSWORDS/, replace: '' }],
      tests,
    },
    { protection: 'passwords of a few letters are refused', edits: [{ path, find: 'len(set(password)) < 5 or ', replace: '' }], tests },
  ];
}

function limitMutations(): readonly Mutation[] {
  return [
    inAuth('a good log-in counts from none again', { path: service, find: 'await get_rate_limiter().forget(account)', replace: 'pass' }),
    inAuth('addresses are counted apart', { path: limits, find: ' {client_address(request)}', replace: '' }),
  ];
}
