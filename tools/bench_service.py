"""Generated routes of the bookstore against hand-written ones with the same SQL, in one process.

Run by tools/bench-service.ts in the folder of the service. Both kinds stand in one application, behind
the same middleware; blocks of requests take turns, and processor time is counted, not the clock's.
"""

import asyncio
import gc
import itertools
import json
import statistics
import sys
import time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, Response
from sqlalchemy import event, func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from app.core.database import SessionDep, get_engine, get_session_factory
from app.core.security import CurrentUser, create_access_token
from app.main import create_app
from app.models.book import Book
from app.models.category import Category
from app.models.enums import OrderStatus, Role
from app.models.order import Order
from app.models.order_item import OrderItem
from app.schemas._base import Page
from app.schemas.book import BookRead
from app.schemas.category import CategoryCreate, CategoryRead
from app.schemas.order import OrderRead
from tests.factories import make_author, make_book, make_order, make_order_item, make_user

router = APIRouter(prefix="/by-hand")


@router.get("/books/{book_id}")
async def read_book(book_id: UUID, session: SessionDep) -> BookRead:
    statement = (
        select(Book)
        .where(Book.id == book_id)
        .options(
            selectinload(Book.authors),
            joinedload(Book.category, innerjoin=True),
            undefer(Book.rating),
        )
    )
    book = await session.scalar(statement)
    if book is None:
        raise HTTPException(404)
    return BookRead.model_validate(book)


@router.get("/orders")
async def list_orders(
    session: SessionDep,
    user: CurrentUser,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
    status: OrderStatus | None = None,
) -> Page[OrderRead]:
    conditions = [Order.customer_id == user.id]
    if status is not None:
        conditions.append(Order.status == status)
    orders = await session.scalars(
        select(Order)
        .where(*conditions)
        .options(selectinload(Order.items).options(joinedload(OrderItem.book, innerjoin=True)))
        .order_by(Order.id)
        .limit(limit)
        .offset(offset)
    )
    items = [OrderRead.model_validate(order) for order in orders]
    total = await session.scalar(select(func.count()).select_from(Order).where(*conditions))
    return Page(items=items, total=total or 0, limit=limit, offset=offset)


@router.post("/categories", status_code=201)
async def create_category(
    data: CategoryCreate, session: SessionDep, user: CurrentUser, response: Response
) -> CategoryRead:
    if user.role not in (Role.STAFF, Role.ADMIN):
        raise HTTPException(403)
    category = Category(**data.model_dump())
    session.add(category)
    await session.flush()
    response.headers["Location"] = f"/api/v1/categories/{category.id}"
    return CategoryRead.model_validate(category)


async def call(app, method, path, *, token=None, body=None, expected=200):
    """One request, without a client that would cost as much as the service."""
    headers = [(b"host", b"test"), (b"content-type", b"application/json")]
    if token is not None:
        headers.append((b"authorization", f"Bearer {token}".encode()))
    content = b"" if body is None else json.dumps(body).encode()
    path, _, query = path.partition("?")
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method}
    scope |= {"scheme": "http", "path": path, "raw_path": path.encode(), "root_path": ""}
    scope |= {"query_string": query.encode(), "headers": headers}
    scope |= {"client": ("127.0.0.1", 1), "server": ("test", 80)}
    status, parts = 0, []

    async def receive():
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message):
        nonlocal status
        status = message.get("status", status)
        parts.append(message.get("body", b""))

    await app(scope, receive, send)
    assert status == expected, (method, path, status, b"".join(parts))
    return json.loads(b"".join(parts))


async def make_routes(app):
    """Name of each route and a request to it, of both kinds: the prefix tells them apart."""
    async with get_session_factory()() as session:
        customer = await make_user(session)
        staff = await make_user(session, role=Role.STAFF)
        book = await make_book(session, authors=[await make_author(session) for _ in range(2)])
        for _ in range(20):
            order = await make_order(session, customer=customer)
            for _ in range(2):
                await make_order_item(session, order=order, book=await make_book(session))
    token, staff_token = create_access_token(customer), create_access_token(staff)
    numbers = itertools.count()

    def create(prefix):
        body = {"name": f"by {next(numbers)}"}
        return call(app, "POST", f"{prefix}/categories", token=staff_token, body=body, expected=201)

    return {
        "GET one book": lambda prefix: call(app, "GET", f"{prefix}/books/{book.id}"),
        "list of 20 orders": lambda prefix: call(app, "GET", f"{prefix}/orders?limit=20", token=token),
        "create a category": create,
    }


GENERATED, BY_HAND = "/api/v1", "/by-hand"


async def statements_of(request, prefix):
    sent = []

    def record(_connection, _cursor, statement, *_):
        sent.append(statement)

    event.listen(get_engine().sync_engine, "before_cursor_execute", record)
    answer = await request(prefix)
    event.remove(get_engine().sync_engine, "before_cursor_execute", record)
    return sent, answer


async def block_time(request, prefix, size):
    """Microseconds of processor time for one request, over a block of them."""
    gc.collect()
    started = time.process_time_ns()
    for _ in range(size):
        await request(prefix)
    return (time.process_time_ns() - started) / size / 1000


async def compare(name, request, *, rounds, size):
    generated, answer = await statements_of(request, GENERATED)
    by_hand, other = await statements_of(request, BY_HAND)
    # Whoever looks in the table wants both to do the same work.
    assert answer.keys() == other.keys(), (answer, other)
    for prefix in (GENERATED, BY_HAND):
        await block_time(request, prefix, size)
    pairs = []
    for index in range(rounds):
        order = (GENERATED, BY_HAND) if index % 2 == 0 else (BY_HAND, GENERATED)
        times = {prefix: await block_time(request, prefix, size) for prefix in order}
        pairs.append((times[GENERATED], times[BY_HAND]))
    return {
        "route": name,
        "statements": [len(generated), len(by_hand)],
        "same": generated == by_hand,
        "generated": statistics.median(first for first, _ in pairs),
        "byHand": statistics.median(second for _, second in pairs),
        "ratio": statistics.median(first / second for first, second in pairs),
    }


async def main(rounds, size):
    app = create_app()
    app.include_router(router)
    routes = await make_routes(app)
    for name, request in routes.items():
        print("RESULT", json.dumps(await compare(name, request, rounds=rounds, size=size)), flush=True)
    await get_engine().dispose()


asyncio.run(main(*(int(word) for word in sys.argv[1:])))
