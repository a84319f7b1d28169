/** FastAPI's own names are reachable by several modules; rules know the short one. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  'fastapi.applications.FastAPI': 'fastapi.FastAPI',
  'fastapi.routing.APIRouter': 'fastapi.APIRouter',
  'fastapi.routing.APIRoute': 'fastapi.APIRoute',
  'fastapi.params.Depends': 'fastapi.Depends',
  'fastapi.param_functions.Depends': 'fastapi.Depends',
  'fastapi.params.Security': 'fastapi.Security',
  'fastapi.param_functions.Security': 'fastapi.Security',
  'fastapi.params.Path': 'fastapi.Path',
  'fastapi.param_functions.Path': 'fastapi.Path',
  'typing_extensions.Annotated': 'typing.Annotated',
  'sqlalchemy.ext.declarative.declarative_base': 'sqlalchemy.orm.declarative_base',
  'sqlalchemy.orm.decl_api.DeclarativeBase': 'sqlalchemy.orm.DeclarativeBase',
};

export function shortName(name: string): string {
  return Object.hasOwn(SHORT_NAMES, name) ? SHORT_NAMES[name]! : name;
}
