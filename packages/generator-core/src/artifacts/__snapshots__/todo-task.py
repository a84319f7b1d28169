"""Routes of tasks."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response, status

from app.core.config import API_PREFIX
from app.core.database import SessionDep
from app.core.errors import problems
from app.core.openapi import CREATED
from app.core.security import CurrentViewer
from app.repositories.task import TaskRepository
from app.schemas._base import Page
from app.schemas.task import TaskCreate, TaskQuery, TaskRead, TaskUpdate

router = APIRouter(prefix="/tasks", tags=["tasks"])


async def get_task_repository(session: SessionDep, viewer: CurrentViewer) -> TaskRepository:
    return TaskRepository(session, viewer)


TaskRepositoryDep = Annotated[TaskRepository, Depends(get_task_repository)]


@router.get("", responses=problems(401, 422))
async def list_tasks(
    tasks: TaskRepositoryDep, query: Annotated[TaskQuery, Query()]
) -> Page[TaskRead]:
    """One page of tasks."""
    items, total = await tasks.page(query)
    return Page(
        items=[TaskRead.model_validate(item) for item in items],
        total=total,
        limit=query.limit,
        offset=query.offset,
    )


@router.post(
    "", status_code=status.HTTP_201_CREATED, responses=CREATED | problems(400, 401, 413, 422)
)
async def create_task(tasks: TaskRepositoryDep, data: TaskCreate, response: Response) -> TaskRead:
    """Add a task."""
    task = await tasks.create(data)
    response.headers["Location"] = f"{API_PREFIX}/tasks/{task.id}"
    return TaskRead.model_validate(task)


@router.get("/{task_id}", responses=problems(401, 404, 422))
async def read_task(tasks: TaskRepositoryDep, task_id: UUID) -> TaskRead:
    """Read a task."""
    task = await tasks.get(task_id)
    return TaskRead.model_validate(task)


@router.patch("/{task_id}", responses=problems(400, 401, 404, 413, 422))
async def update_task(tasks: TaskRepositoryDep, task_id: UUID, data: TaskUpdate) -> TaskRead:
    """Change what is sent of a task, and nothing else."""
    task = await tasks.update(task_id, data)
    return TaskRead.model_validate(task)


@router.delete(
    "/{task_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(401, 404, 422)
)
async def delete_task(tasks: TaskRepositoryDep, task_id: UUID) -> None:
    """Delete a task."""
    await tasks.delete(task_id)
