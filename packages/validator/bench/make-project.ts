const FILES_PER_PACKAGE = 30;

/** A project of about `count` files, the same for the same number: packages, relative and absolute imports, re-exports, star imports, routers, tests. */
export function makeProject(count: number): ReadonlyMap<string, string> {
  const packages = Math.max(1, Math.round(count / FILES_PER_PACKAGE));
  const files = new Map<string, string>([['app/__init__.py', '']]);
  for (let index = 0; index < packages; index += 1) addPackage(files, index);
  const names = Array.from({ length: packages }, (_, index) => `p${index}`);
  const wiring = names.map((name) => `from app.${name} import router as ${name}\napp.include_router(${name}, prefix="/${name}")\n`);
  files.set('app/main.py', `from fastapi import FastAPI\n\napp = FastAPI()\n${wiring.join('')}`);
  return files;
}

function addPackage(files: Map<string, string>, index: number): void {
  const folder = `app/p${index}`;
  const modules = FILES_PER_PACKAGE - 5;
  files.set(`${folder}/__init__.py`, 'from .routes import router\nfrom .models import *\n');
  files.set(`${folder}/models.py`, '__all__ = ["Item", "Order"]\n\nclass Item:\n    pass\n\nclass Order:\n    pass\n');
  files.set(`${folder}/deps.py`, 'def get_item(item_id: int):\n    return item_id\n');
  files.set(`${folder}/routes.py`, routesText());
  files.set(`tests/test_p${index}.py`, `from app.p${index} import Item, router\n\ndef test_it():\n    assert Item and router\n`);
  for (let number = 0; number < modules; number += 1) files.set(`${folder}/m${number}.py`, moduleText(index, number));
}

function routesText(): string {
  const routes = Array.from(
    { length: 10 },
    (_, index) => `@router.get("/r${index}/{item_id}")\ndef read_${index}(item=Depends(get_item)):\n    return item\n`,
  );
  return `from fastapi import APIRouter, Depends\nfrom .deps import get_item\n\nrouter = APIRouter()\n\n${routes.join('\n')}`;
}

function moduleText(index: number, number: number): string {
  const sibling = number === 0 ? 'from .models import Item as before\n' : `from .m${number - 1} import work_${number - 1} as before\n`;
  const other = `from app.p${Math.floor(index / 2)}.models import Order\n`;
  const functions = Array.from({ length: 8 }, (_, each) => `def helper_${each}(first, second=2):\n    return first\n`);
  return `${sibling}${other}\ndef work_${number}(first):\n    return before, Order, helper_0(first)\n\n${functions.join('\n')}`;
}
