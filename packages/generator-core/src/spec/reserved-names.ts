/** Names that generated Python cannot use, and why; the reason ends a sentence that starts with the name. */
function reserve(reason: string, names: string): readonly (readonly [string, string])[] {
  return names.split(/\s+/).map((name) => [name, reason] as const);
}

const pythonKeywords = reserve(
  'is a keyword of Python',
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield',
);

/** Names of columns, relations, computed values, inputs and parts of structures. */
export const reservedFieldNames: ReadonlyMap<string, string> = new Map([
  ...pythonKeywords,
  ...reserve(
    'is the name of a Python type, which annotations in the same class would no longer see',
    'bool bytes date datetime dict float int list object set str time tuple uuid decimal',
  ),
  ...reserve('is what the same class calls the module of dates', 'dt'),
  ...reserve('is a decorator that the same class uses', 'property classmethod staticmethod'),
  ...reserve('is the first parameter of Python methods', 'self cls'),
  ...reserve('is used by SQLAlchemy on every model', 'metadata registry'),
  ...reserve(
    'is an attribute of every Pydantic model',
    'copy json schema construct validate parse_obj parse_raw parse_file from_orm schema_json update_forward_refs',
  ),
]);

/** Columns that the generator adds to every entity. */
export const generatedColumns: ReadonlyMap<string, string> = new Map(
  reserve('is added to every entity by the generator', 'id created_at updated_at'),
);

/** Columns that the generator adds to an entity with `version: true`. */
export const generatedVersionColumns: ReadonlyMap<string, string> = new Map(
  reserve('is added by the generator to an entity with "version: true"', 'version'),
);

/** Columns by which a service with `soft_delete` knows deleted rows, whichever table they are in. */
export const generatedSoftDeleteColumns: ReadonlyMap<string, string> = new Map(
  reserve('marks deleted rows in a service with "soft_delete"', 'deleted_at'),
);

/** Columns and inputs that the generator adds to the user entity. */
export const generatedUserColumns: ReadonlyMap<string, string> = new Map(
  reserve('is added to the user entity by the generator', 'hashed_password password role is_active'),
);

/** Query parameters of every list route. */
export const listParameters: ReadonlyMap<string, string> = new Map(
  reserve('is already a query parameter of list routes', 'limit offset sort q'),
);

/** Names of entities, enums and structures. */
export const reservedClassNames: ReadonlyMap<string, string> = new Map([
  ...reserve('is a constant of Python', 'None True False Ellipsis NotImplemented'),
  ...reserve(
    'is a class of the generated code',
    'Base Page Problem Role Viewer Settings Token TokenPair RefreshToken RefreshTokenInput StrictModel ReadModel TimestampMixin SoftDeleteMixin AppError NotFound NotFoundError Conflict ConflictError Forbidden ForbiddenError Unauthorized UnauthorizedError UnprocessableError OperationNotImplementedError ServiceUnavailableError Login Credentials CurrentUser CurrentViewer OptionalViewer SessionDep TokenDep OptionalTokenDep Action Email Url Key Json Int32 Int64 QueryInt32 QueryInt64 NaiveTime UtcDatetime JsonDocument ItemT ModelT BigIntKey ExactDecimal UTCDateTime',
  ),
  ...reserve(
    'is a name that the generated code imports',
    'Any UUID Decimal Enum StrEnum Annotated Literal Optional Union Generic TypeVar TypeAlias Protocol ClassVar Callable Sequence Mapping Iterable Iterator AsyncIterator BaseModel ConfigDict Field BaseSettings EmailStr HttpUrl Mapped DeclarativeBase Column ForeignKey Table MetaData Integer BigInteger String Text Boolean Date DateTime Time Float Numeric JSON Uuid LargeBinary Index CheckConstraint UniqueConstraint Session AsyncSession AsyncEngine Select Depends APIRouter FastAPI Request Response Query Path Body Security HTTPException OAuth2PasswordBearer Exception Warning ValueError TypeError KeyError ColumnElement Double FiniteFloat StrictBool SQLAlchemyError IntegrityError InstrumentedAttribute Awaitable AsyncGenerator AsyncClient AsyncConnection ASGITransport OAuth2PasswordRequestForm PasswordHash',
  ),
]);

/** Modules beside those of the entities. */
export const reservedModules: ReadonlyMap<string, string> = new Map([
  ...pythonKeywords,
  ...reserve(
    'is a module of the generated code',
    'app auth base enums errors factories health keyset links main mixins page problem seed structs summaries tenancy types',
  ),
  ...reserve('is the first parameter of Python methods', 'self cls'),
  ...reserve('has a test file of the generated code', 'access contract migrations traps'),
]);

/** Functions beside those of the operations; `list_books`, `read_book` and so on are checked against the entities. */
export const reservedOperationNames: ReadonlyMap<string, string> = new Map([
  ...pythonKeywords,
  ...reserve(
    'is a function of the generated routers',
    'router log_in log_out refresh register read_me check_live check_ready forbid_caching',
  ),
  ...reserve('is a name that the generated routers import', 'hash_password problems require_role status'),
  ...reserve('is a module of the generated code', 'auth health'),
]);

/** First parts of paths that the generator serves itself. */
export const reservedPaths: ReadonlyMap<string, string> = new Map(
  reserve('is served by the generated code', '/auth /health /docs /redoc /openapi.json /live /ready'),
);

/** Tables beside those of the entities. */
export const reservedTables: ReadonlyMap<string, string> = new Map(
  reserve('is a table of the generated code', 'alembic_version refresh_tokens'),
);
