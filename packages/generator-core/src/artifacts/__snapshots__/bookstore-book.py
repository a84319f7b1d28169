"""Routes of books."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response, status

from app.core.config import API_PREFIX
from app.core.database import SessionDep
from app.core.errors import problems
from app.core.openapi import CREATED, OPTIONAL_TOKEN
from app.core.security import CurrentViewer, OptionalViewer, require_role
from app.models.enums import Role
from app.repositories.book import BookRepository
from app.schemas._base import Page
from app.schemas.best_sellers import BestSellersInput, BestSellersItemRead
from app.schemas.book import (
    BookCreate,
    BookQuery,
    BookRead,
    BookReadForStaff,
    BookUpdate,
    book_read,
)
from app.services import best_sellers as best_sellers_service

router = APIRouter(prefix="/books", tags=["books"])


async def get_public_book_repository(session: SessionDep, viewer: OptionalViewer) -> BookRepository:
    return BookRepository(session, viewer)


PublicBookRepositoryDep = Annotated[BookRepository, Depends(get_public_book_repository)]


async def get_book_repository(session: SessionDep, viewer: CurrentViewer) -> BookRepository:
    return BookRepository(session, viewer)


BookRepositoryDep = Annotated[BookRepository, Depends(get_book_repository)]


@router.get("", responses=problems(401, 422), openapi_extra=OPTIONAL_TOKEN)
async def list_books(
    books: PublicBookRepositoryDep, query: Annotated[BookQuery, Query()], viewer: OptionalViewer
) -> Page[BookReadForStaff | BookRead]:
    """One page of books."""
    items, total = await books.page(query)
    return Page(
        items=[book_read(item, viewer) for item in items],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(require_role(Role.STAFF))],
    responses=CREATED | problems(400, 401, 403, 409, 413, 422),
)
async def create_book(
    books: BookRepositoryDep, data: BookCreate, response: Response, viewer: CurrentViewer
) -> BookReadForStaff | BookRead:
    """Add a book."""
    book = await books.create(data)
    response.headers["Location"] = f"{API_PREFIX}/books/{book.id}"
    return book_read(book, viewer)


@router.get("/best-sellers", responses=problems(401, 422, 501), openapi_extra=OPTIONAL_TOKEN)
async def best_sellers(
    data: Annotated[BestSellersInput, Query()], session: SessionDep, viewer: OptionalViewer
) -> list[BestSellersItemRead]:
    """Books by number sold in paid or shipped orders of the last `days` days, most first."""
    result = await best_sellers_service.best_sellers(session, viewer, data)
    await BookRepository(session, viewer).reload_all([item.book for item in result])
    return [
        BestSellersItemRead(book=book_read(item.book, viewer), sold=item.sold) for item in result
    ]


@router.get("/{book_id:uuid}", responses=problems(401, 404, 422), openapi_extra=OPTIONAL_TOKEN)
async def read_book(
    books: PublicBookRepositoryDep, book_id: UUID, viewer: OptionalViewer
) -> BookReadForStaff | BookRead:
    """Read a book."""
    book = await books.get(book_id)
    return book_read(book, viewer)


@router.patch(
    "/{book_id:uuid}",
    dependencies=[Depends(require_role(Role.STAFF))],
    responses=problems(400, 401, 403, 404, 409, 413, 422),
)
async def update_book(
    books: BookRepositoryDep, book_id: UUID, data: BookUpdate, viewer: CurrentViewer
) -> BookReadForStaff | BookRead:
    """Change what is sent of a book, and nothing else."""
    book = await books.update(book_id, data)
    return book_read(book, viewer)


@router.delete(
    "/{book_id:uuid}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(require_role(Role.STAFF))],
    responses=problems(401, 403, 404, 409, 422),
)
async def delete_book(books: BookRepositoryDep, book_id: UUID) -> None:
    """Delete a book."""
    await books.delete(book_id)
