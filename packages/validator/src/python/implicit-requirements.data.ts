/** Names that work only with another distribution installed, which no import shows: module → name → that distribution. */
export const NEEDED_BY_NAME: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fastapi: { Form: 'python-multipart', File: 'python-multipart', UploadFile: 'python-multipart' },
  'fastapi.security': { OAuth2PasswordRequestForm: 'python-multipart', OAuth2PasswordRequestFormStrict: 'python-multipart' },
  pydantic: { EmailStr: 'email-validator', NameEmail: 'email-validator' },
};

/** The scheme of a database address → distributions of which one must be there; the first is the one to recommend. */
export const NEEDED_BY_SCHEME: Readonly<Record<string, readonly string[]>> = {
  'mysql+aiomysql': ['aiomysql'],
  'mysql+asyncmy': ['asyncmy'],
  'mysql+mysqldb': ['mysqlclient'],
  'mysql+pymysql': ['pymysql'],
  'postgresql+asyncpg': ['asyncpg'],
  'postgresql+pg8000': ['pg8000'],
  'postgresql+psycopg': ['psycopg', 'psycopg-binary', 'psycopg-c'],
  'postgresql+psycopg2': ['psycopg2-binary', 'psycopg2'],
  'sqlite+aiosqlite': ['aiosqlite'],
};
